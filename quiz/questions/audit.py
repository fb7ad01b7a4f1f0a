from collections.abc import Iterator
from quiz.questions.items import Finding, Item
from quiz.questions.world import World
def blocks(item: Item, world: World) -> Iterator[Finding]:
    return iter(())
def warnings(item: Item, world: World) -> Iterator[Finding]:
    return iter(())
