"""Tells what a benchmark measured: in lines for people, or as JSON."""

import json
from collections.abc import Iterable

import typer


def tell(measured: object, lines: Iterable[str], *, as_json: bool) -> None:
    """Print the figures as JSON, or else these lines."""
    if as_json:
        typer.echo(json.dumps(measured))
        return
    for line in lines:
        typer.echo(line)
