"""Read plain text and Markdown: page by page where form feeds say so, else cut between paragraphs."""

from collections.abc import Iterator

from woo.sandbox.office.blocks import Block, number_parts, warned
from woo.sandbox.office.charset import Charset, find_charset, lines_of
from woo.sandbox.office.flow import PAGE_BREAK
from woo.sandbox.task import Answer, Request

_MOST_LINES = 100
"""Lines without an empty one between them after which a part may end."""


def read(request: Request) -> Iterator[Answer]:
    """Yield the parts of a text file, in any character set and of any length.

    Raises:
        Refusal: too_many_parts.
    """
    file = request.files[0]
    charset = find_charset(file)
    yield from number_parts(_blocks(lines_of(file, charset), charset), request.number("pages"))
    if charset.warning is not None:
        yield from warned([charset.warning])


def _blocks(lines: Iterator[str], charset: Charset) -> Iterator[Block]:
    """Give the paragraphs, the empty lines before one with it."""
    page = 1
    held: list[str] = []
    for line in lines:
        stretches = line.split(PAGE_BREAK) if charset.has_pages else [line]
        for index, stretch in enumerate(stretches):
            if index:
                yield from _block(held, page if charset.has_pages else None)
                held, page = [], page + 1
            if len(held) >= _MOST_LINES or (not stretch.strip() and held and held[-1].strip()):
                yield from _block(held, page if charset.has_pages else None)
                held = []
            held.append(stretch.rstrip("\n"))
    yield from _block(held, page if charset.has_pages else None)


def _block(held: list[str], page: int | None) -> Iterator[Block]:
    if any(line.strip() for line in held):
        yield Block("\n".join(held), page=page)
