"""What `woo export` does: the export of the API, written to a file or a pipe, and gone on with after a cut."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

from search_api import params, queries
from search_api.export_file import Kept, kept_of
from search_api.opening import opened_parts
from search_api.parts import Parts
from search_api.problems import ProblemError
from search_api.routes.export import PARAMETERS, Wanted, export, read_wanted
from search_api.walking import Walk
from woo.cli.exits import ExitCode, fail
from woo.domain.errors import InvalidValue, Unavailable
from woo.index.query import Soort
from woo.settings import Settings

_NO_ZIP = "goes on with csv and jsonl; a ZIP has its end at its end: export the rest to another file with --filter na=CURSOR"


def write_export(
    settings: Settings,
    formaat: str,
    query: str,
    filters: Sequence[str],
    *,
    output: Path | None,
    resume: bool,
) -> str:
    """Write an export and say how much it is; ends the command with what is wrong where it cannot.

    Without `output` it goes to stdout. With `resume` the rows that are whole in `output` are kept, and what follows
    them is added.
    """
    wanted = _wanted(formaat, query, filters)
    with _target(wanted, output, resume=resume) as (file, kept):
        if kept.complete:
            return f"{kept.rows} documents; nothing followed the last row, so the file was whole already"
        with opened_parts(settings) as parts:
            walk = _walk(parts, wanted, kept)
            _write(export(parts, walk, wanted, header=not kept.bytes), file, output)
    told = f"{walk.totaal} documents were found at the start"
    return f"{told}; went on behind {kept.rows} rows" if kept.rows else told


def _wanted(formaat: str, query: str, filters: Sequence[str]) -> Wanted:
    pairs = [("formaat", formaat), *([("zoek", query)] if query.strip() else [])]
    for given in filters:
        naam, is_pair, value = given.partition("=")
        if not is_pair:
            fail(ExitCode.USAGE, f"--filter {given!r} is no NAME=VALUE, such as publisher=gm0153")
        pairs.append((naam, value))
    try:
        return read_wanted(queries.read(urlencode(pairs, errors="replace").encode(), PARAMETERS))
    except ProblemError as error:
        fail(ExitCode.REFUSED, error.problem.detail)


@contextmanager
def _target(wanted: Wanted, output: Path | None, *, resume: bool) -> Iterator[tuple[IO[bytes], Kept]]:
    """The place to write to, and what is there already."""
    if resume and (output is None or wanted.formaat == "zip"):
        why = "needs a file to go on with (-o FILE)" if output is None else _NO_ZIP
        fail(ExitCode.USAGE, f"--resume {why}")
    if output is None:
        yield sys.stdout.buffer, Kept()
        return
    if not resume and output.exists():
        fail(ExitCode.USAGE, f"{output} exists; remove it, or go on with it by --resume")
    try:
        file = output.open("r+b" if output.exists() else "xb")
    except OSError as error:
        fail(ExitCode.REFUSED, f"{output} cannot be written: {error.strerror}")
    with file:
        kept = (
            kept_of(file, wanted.formaat, scheiding=wanted.scheiding)
            if resume and file.readable()
            else Kept()
        )
        file.truncate(kept.bytes)
        file.seek(kept.bytes)
        yield file, kept


def _walk(parts: Parts, wanted: Wanted, kept: Kept) -> Walk:
    values = wanted.values if kept.cursor is None else {**wanted.values, "na": [kept.cursor]}
    try:
        question = params.question(values, Soort.DOCUMENT, parts.lijsten)
        return Walk(parts, question, most=wanted.most)
    except ProblemError as error:
        fail(ExitCode.REFUSED, error.problem.detail)
    except InvalidValue as error:
        if error.field == "na" and kept.cursor is not None:
            fail(
                ExitCode.REFUSED,
                "the file belongs to another search, filter or order; give the same ones again",
            )
        raise


def _write(pieces: Iterator[bytes], file: IO[bytes], output: Path | None) -> None:
    way_out = "" if output is None else "; give the command again with --resume"
    try:
        for piece in pieces:
            file.write(piece)
        file.flush()
    except Unavailable as error:
        fail(ExitCode.UNREACHABLE, f"{error}{way_out}")
    except OSError as error:
        fail(ExitCode.REFUSED, f"it cannot be written: {error.strerror}{way_out}")
