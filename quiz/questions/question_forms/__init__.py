"""One pure module for each form of question."""
