"""Put the rows of a table in parts: some hundreds of rows each, named by their numbers."""

from collections.abc import Iterable, Iterator

from woo.sandbox.office.blocks import PART, Block

_MOST_ROWS = 200


def row_blocks(rows: Iterable[tuple[int, str]], named: str) -> Iterator[Block]:
    """Give a block for every 200 rows, or fewer when they are long.

    Args:
        rows: Number (counted from 1) and text of each row; empty ones are passed over.
        named: What the label says before the rows, ending in a space where there is something; `Blad Kosten, `.
    """
    held: list[str] = []
    size = first = last = 0
    for number, text in rows:
        text = text.rstrip()
        if not text:
            continue
        if held and (number - first >= _MOST_ROWS or size + len(text) > PART):
            yield _block(held, named, first, last)
            held, size = [], 0
        if not held:
            first = number
        held.append(text)
        last = number
        size += len(text) + 1
    if held:
        yield _block(held, named, first, last)


def _block(held: list[str], named: str, first: int, last: int) -> Block:
    span = f"rij {first}" if first == last else f"rijen {first}-{last}"
    label = f"{named}{span}" if named else f"{span[0].upper()}{span[1:]}"
    return Block("\n".join(held), label=label, begins=True)
