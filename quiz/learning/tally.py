"""“Three of five”: how many were right, in words where words are usual. Pure."""

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def tally(right: float, counted: int) -> str:
    """“None of five”, “Three of five”, “All five”, “11 of 12”, “2.5 of 5”: both in one style."""
    if not counted:
        return "All left out"
    if right != int(right):
        return f"{right:.1f} of {counted}"
    if counted == right == 2:
        return "Both"
    whole = counted if counted >= len(WORDS) else WORDS[counted]
    if 1 < counted == right:
        return f"All {whole}"
    if not right or counted < len(WORDS):
        return f"{WORDS[int(right)].capitalize()} of {whole}"
    return f"{int(right)} of {whole}"
