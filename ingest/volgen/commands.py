"""The commands of following: who follows, webhooks, and what visitors reported."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.loading import Load
from woo.domain.errors import InvalidValue

if TYPE_CHECKING:
    from datetime import datetime

    from woo.volgers import Melding, Webhook

_Id = Annotated[str, typer.Argument(help="Id of the webhook, from `woo webhooks lijst`.")]
_AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def add_volgen_commands(app: typer.Typer, load: Load) -> None:
    """Add `volgers`, `webhooks` and `meldingen` to the command line."""
    _add_volgers(app, load)
    _add_webhooks(app, load)
    _add_meldingen(app, load)


def _add_volgers(app: typer.Typer, load: Load) -> None:
    group = typer.Typer(no_args_is_help=True, help="Who follows a search by e-mail.")

    @group.command("aantallen")
    def aantallen(as_json: _AsJson = False) -> None:
        """Say how many follow, never who."""
        with told_errors():
            from woo.volgers import open_volgers

            with open_volgers(load()) as opslag:
                counts = opslag.volgers.counts()
        told = {one.value: number for one, number in counts.bevestigd.items()}
        if as_json:
            typer.echo(json.dumps({**told, "onbevestigd": counts.onbevestigd}, indent=2))
            return
        for name, number in {**told, "onbevestigd": counts.onbevestigd}.items():
            typer.echo(f"{number:>8}  {name}")

    @group.command("verwijder")
    def verwijder(
        adres: Annotated[str, typer.Argument(help="The e-mail address, as someone asks to be forgotten.")],
    ) -> None:
        """Remove an address and everything that it follows."""
        with told_errors():
            from woo.volgers import open_volgers

            with open_volgers(load()) as opslag:
                gone = opslag.volgers.remove(adres.strip())
        typer.echo(f"{gone} followed searches of this address were removed.")

    app.add_typer(group, name="volgers")


def _add_webhooks(app: typer.Typer, load: Load) -> None:
    group = typer.Typer(
        no_args_is_help=True, help="Addresses that are told of what is published or withdrawn."
    )
    _add_webhook_toevoegen(group, load)
    _add_webhook_lijst(group, load)
    _add_webhook_test(group, load)

    @group.command("verwijder")
    def verwijder(id: _Id) -> None:
        """Remove a webhook; nothing more is sent to it."""
        with told_errors():
            from woo.volgers import open_volgers

            with open_volgers(load()) as opslag:
                opslag.webhooks.remove(id)
        typer.echo(f"Webhook {id} was removed.")

    @group.command("hervat")
    def hervat(id: _Id) -> None:
        """Send again to a webhook at rest: what waits first, as far back as events are kept (30 days)."""
        with told_errors():
            from woo.usecases.platform import utc_now
            from woo.volgers import open_volgers

            with open_volgers(load()) as opslag:
                opslag.webhooks.wake(id, now=utc_now())
        typer.echo(f"Webhook {id} is sent to again.")

    app.add_typer(group, name="webhooks")


def _add_webhook_toevoegen(group: typer.Typer, load: Load) -> None:
    @group.command("toevoegen")
    def toevoegen(
        url: Annotated[
            str, typer.Argument(help="Address that takes the POST, with https://.", metavar="URL")
        ],
        zoek: Annotated[
            str, typer.Option(help="Only what this query finds, in the language of the search field.")
        ] = "",
    ) -> None:
        """Register a webhook; the secret with which its messages are signed goes to stdout, once."""
        with told_errors():
            from ingest.adressen import checked_url
            from woo.index.vraag import Vraag
            from woo.usecases.platform import utc_now
            from woo.volgers import open_volgers

            settings = load()
            try:
                checked_url(url, private=settings.volgen.webhook_private)
                _check_query(zoek)
            except InvalidValue as error:
                fail(ExitCode.USAGE, str(error))
            with open_volgers(settings) as opslag:
                made = opslag.webhooks.add(url, Vraag(zoek).as_json(), now=utc_now())
        typer.echo(made.geheim)
        typer.echo(f"Webhook {made.id} is told of what happens from now on.", err=True)
        typer.echo("Keep the secret in a safe place now; it is not shown again.", err=True)


def _check_query(zoek: str) -> None:
    """Raise InvalidValue for a query that would be asked as another one: a webhook has no page that says so."""
    from ingest.setup import load_analysis
    from woo.index.askable import askable
    from woo.index.parse import parse

    parsed = parse(zoek)
    asked = askable(parsed, load_analysis())
    if asked.node != parsed.node:
        why = f"it would be searched as: {asked.opgevat_als}"
        raise InvalidValue("zoek", zoek, why)


def _add_webhook_lijst(group: typer.Typer, load: Load) -> None:
    @group.command("lijst")
    def lijst(as_json: _AsJson = False) -> None:
        """List the webhooks, how delivery goes and why one rests; never their secrets."""
        with told_errors():
            from woo.volgers import open_volgers

            with open_volgers(load()) as opslag:
                last = opslag.stroom.laatste()
                told = [_webhook_told(one, last) for one in opslag.webhooks.all()]
        if as_json:
            typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for one in told:
            asked = f"  {one['zoek']}" if one["zoek"] else ""
            why = (
                f"  {one['pogingen']} failures since {one['mislukt_sinds']}: {one['fout']}"
                if one["fout"]
                else ""
            )
            typer.echo(f"{one['id']}  {one['staat']:<8}  {one['wachtend']} waiting  {one['url']}{asked}{why}")


def _add_webhook_test(group: typer.Typer, load: Load) -> None:
    @group.command("test")
    def test(id: _Id) -> None:
        """Send a message of type `test` now, signed like any other, and say what came back."""
        with told_errors():
            from ingest.volgen.bezorger import Bericht, Bezorger, NotDelivered
            from ingest.volgen.haken import encoded
            from woo.projection import utc_text
            from woo.usecases.platform import utc_now
            from woo.volgers import open_volgers

            settings, now = load(), utc_now()
            with open_volgers(settings) as opslag:
                webhook = opslag.webhooks.get(id)
            body = encoded({"type": "test", "timestamp": utc_text(now), "data": {}})
            bericht = Bericht(f"{id}.test.{int(now.timestamp())}", body)
            try:
                Bezorger(settings.volgen).deliver(webhook.url, webhook.geheim, bericht, now=now)
            except NotDelivered as error:
                fail(ExitCode.REFUSED, f"not delivered: {error}")
        typer.echo("Delivered.")


def _add_meldingen(app: typer.Typer, load: Load) -> None:
    group = typer.Typer(help="What visitors reported about documents.")

    @group.callback(invoke_without_command=True)
    def meldingen(context: typer.Context, as_json: _AsJson = False) -> None:
        """List what visitors reported and nobody dealt with yet, oldest first."""
        if context.invoked_subcommand is not None:
            return
        with told_errors():
            from woo.volgers import open_volgers

            with open_volgers(load()) as opslag:
                found = opslag.meldingen.listed()
                more = opslag.meldingen.count_open() - len(found)
        if as_json:
            typer.echo(json.dumps([_melding_told(one) for one in found], ensure_ascii=False, indent=2))
        for one in [] if as_json else found:
            page = f" page {one.pagina}" if one.pagina else ""
            typer.echo(f"{one.id}  {_moment(one.op)}  {one.soort.value}  document {one.document_id}{page}")
            typer.echo(
                f"    {' '.join(one.tekst.split()) or '(no text)'}{f'  <{one.adres}>' if one.adres else ''}"
            )
        if more > 0:
            typer.echo(f"There are {more} more.", err=True)

    @group.command("afgehandeld")
    def afgehandeld(
        id: Annotated[str, typer.Argument(help="Id of the report, from `woo meldingen`.")],
    ) -> None:
        """Note that a report was dealt with; it is removed after some weeks (volgen.melding_dagen)."""
        with told_errors():
            from woo.usecases.platform import utc_now
            from woo.volgers import open_volgers

            with open_volgers(load()) as opslag:
                opslag.meldingen.done(id, now=utc_now())
        typer.echo(f"Report {id} was dealt with.")

    app.add_typer(group, name="meldingen")


def _webhook_told(one: "Webhook", last: int) -> dict[str, Any]:
    return {
        "id": one.id,
        "url": one.url,
        "zoek": one.vraag.get("zoek", ""),
        "staat": "rust" if one.rust else "mislukt" if one.fout else "goed",
        "wachtend": last - one.gezien_tot,
        "pogingen": one.pogingen,
        "mislukt_sinds": None if one.mislukt_sinds is None else _moment(one.mislukt_sinds),
        "fout": one.fout,
        "geleverd_op": None if one.geleverd_op is None else _moment(one.geleverd_op),
    }


def _melding_told(one: "Melding") -> dict[str, Any]:
    return {
        "id": one.id,
        "op": _moment(one.op),
        "soort": one.soort.value,
        "document": one.document_id,
        "pagina": one.pagina,
        "versie": one.versie,
        "tekst": one.tekst,
        "email": one.adres,
    }


def _moment(moment: "datetime") -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
