"""The command `woo search`: what the public would find, as text or as the JSON of the API."""

import json
from collections.abc import Callable, Iterator
from typing import Annotated

import typer

from search_api import answers, params
from search_api.limits import MAX_AANTAL
from search_api.main import opened
from search_api.parts import Parts
from search_api.problems import ProblemError
from search_api.searching import Answer, search
from woo.cli.exits import ExitCode, fail, told_errors
from woo.index.query import Soort
from woo.settings import Settings


def add_commands(app: typer.Typer, load: Callable[[], Settings]) -> None:
    """Add `search` to the command line."""

    @app.command("search")
    def search_command(
        query: Annotated[str, typer.Argument(help="The query, in the language of the search box.")],
        as_json: Annotated[bool, typer.Option("--json", help="The same JSON as the API.")] = False,
        aantal: Annotated[int, typer.Option(min=1, max=MAX_AANTAL, help="How many results.")] = 20,
    ) -> None:
        """Search as the public does: what is not public, or is withdrawn, is not found."""
        with told_errors(), opened(load()) as site:
            parts: Parts = site.state.parts
            answer = _answered(parts, query, aantal)
        if as_json:
            typer.echo(json.dumps(answers.documenten(answer, parts.site), ensure_ascii=False))
        else:
            typer.echo("\n".join(_lines(answer)))


def _answered(parts: Parts, query: str, aantal: int) -> Answer:
    """Answer a query as the API does; where that says 400 the command ends with its words and code 1."""
    values = {"zoek": [query], "aantal": [str(aantal)]} if query.strip() else {"aantal": [str(aantal)]}
    try:
        return search(parts, params.question(values, Soort.DOCUMENT, parts.lijsten))
    except ProblemError as error:
        fail(ExitCode.REFUSED, error.problem.detail)


def _lines(answer: Answer) -> Iterator[str]:
    """The answer for a reader: the total, and per document its title, id and pages."""
    yield "1 document" if answer.totaal == 1 else f"{answer.totaal} documents"
    for found in answer.found:
        yield f"\n{found.kaart['officieleTitel']}\n  {found.kaart['publisher']['naam']}  {found.kaart['id']}"
        yield from (f"  p. {treffer.pagina}: {treffer.fragment.text}" for treffer in found.treffers)
