"""Read a table in a text file: delimiter and character set found out, quotes and broken quotes honoured."""

import csv
from collections.abc import Iterator
from itertools import chain, islice

from woo.sandbox.delimiter import likely_delimiter, told_delimiter
from woo.sandbox.office.blocks import number_parts, warned
from woo.sandbox.office.cells import row_text
from woo.sandbox.office.charset import find_charset, lines_of
from woo.sandbox.office.rows import row_blocks
from woo.sandbox.task import Answer, Request

_SAMPLE_LINES = 100
_LONGEST_FIELD = 2**17


def read(request: Request) -> Iterator[Answer]:
    """Yield the rows of a csv or tsv file (RFC 4180, and what spreadsheet programs make of it).

    Raises:
        Refusal: too_many_parts.
    """
    file = request.files[0]
    charset = find_charset(file)
    warnings = {charset.warning} if charset.warning is not None else set()
    lines = lines_of(file, charset)
    sample = list(islice(lines, _SAMPLE_LINES))
    told = told_delimiter(sample[0]) if sample else None
    delimiter = told or likely_delimiter(lambda each: list(_rows(iter(sample), each, set())))
    rows = _rows(chain(sample[1:] if told else sample, lines), delimiter, warnings)
    numbered = enumerate((row_text(row) for row in rows), start=1)
    yield from number_parts(row_blocks(numbered, ""), request.number("pages"))
    yield from warned(warnings)


def _rows(lines: Iterator[str], delimiter: str, warnings: set[str]) -> Iterator[list[str]]:
    """Give the rows; those in which a quote is never closed are taken line by line."""
    csv.field_size_limit(_LONGEST_FIELD)
    taken: list[str] = []

    def watched() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    while True:
        reader = csv.reader(watched(), delimiter=delimiter)
        try:
            for row in reader:
                taken.clear()
                yield row
            return
        except csv.Error:
            warnings.add("broken_quotes")
            yield from (line.rstrip("\n").split(delimiter) for line in taken)
            taken.clear()
