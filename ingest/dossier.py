"""What `woo verzoek show` tells: a request with its term counted both ways, its decisions and their procedures."""

from collections.abc import Iterator
from datetime import date

from woo.domain.besluit import Woobesluit
from woo.domain.procedure import Procedure
from woo.domain.termijn import termijnstand
from woo.domain.verzoek import Wooverzoek
from woo.domain.verzoekstatus import status
from woo.registry import Reading


def told_dossier(reading: Reading, verzoek_id: str, vandaag: date) -> Iterator[str]:
    """Yield the lines, in plain Dutch with the ids that other commands take, never who asked; raises NotFound."""
    of = reading.dossier
    verzoek = of.verzoek(verzoek_id)
    besluiten = of.besluiten(verzoek_id)
    procedures = of.procedures([besluit.id for besluit in besluiten])
    yield f"{verzoek.id} verzoek {verzoek.kenmerk}: {verzoek.onderwerp}"
    yield f"  ontvangen {verzoek.ontvangen_op}"
    yield f"  uiterste datum {verzoek.uiterste_datum() or 'onbekend: de termijn staat stil'}"
    yield f"  uiterste datum als de wachttijd meetelt {verzoek.uiterste_datum(met_opschorting=False)}"
    yield f"  status {status(verzoek, besluiten, vandaag).naam.lower()}"
    yield f"  organisatie {verzoek.organisatie or '-'}"
    yield from _befell(verzoek)
    for besluit in besluiten:
        yield from _besluit(verzoek, besluit)
        yield from (_procedure(each) for each in procedures if each.besluit_id == besluit.id)


def _befell(verzoek: Wooverzoek) -> Iterator[str]:
    """What befell it beside its term, each with the number that `woo verzoek strike` takes."""
    for nummer, each in enumerate(verzoek.preciseringen, 1):
        yield f"  precisering {nummer} gevraagd {each.gevraagd_op}, beantwoord {each.beantwoord_op or '-'}"
    for nummer, sent in enumerate(verzoek.doorzendingen, 1):
        yield f"  doorzending {nummer} op {sent.op} aan {sent.aan}: {sent.deel or 'het hele verzoek'}"
    for nummer, op in enumerate(verzoek.ingebrekestellingen, 1):
        yield f"  ingebrekestelling {nummer} op {op}"
    if verzoek.ingetrokken_op is not None:
        yield f"  ingetrokken door de verzoeker op {verzoek.ingetrokken_op}"


def _besluit(verzoek: Wooverzoek, besluit: Woobesluit) -> Iterator[str]:
    deel = "besluit" if besluit.deelbesluit is None else f"deelbesluit {besluit.deelbesluit}"
    yield f"{besluit.id} {deel} {besluit.kenmerk} van {besluit.datum}: {besluit.uitkomst.value}"
    stand = termijnstand(verzoek, besluit)
    met, zonder = stand.met_opschorting, stand.zonder_opschorting
    yield f"  dagen {met.dagen}, met wachttijd {zonder.dagen}; te laat {_over(met.over)}, met wachttijd {_over(zonder.over)}"
    if besluit.gronden:
        yield f"  gronden {', '.join(besluit.gronden)}"
    if besluit.herziet is not None and besluit.herziening is not None:
        yield f"  vervangt {besluit.herziet} ({besluit.herziening.value})"
    yield f"  publicatie {besluit.publicatie_id or '-'}"


def _over(over: int | None) -> str:
    return "-" if over is None else str(max(over, 0))


def _procedure(procedure: Procedure) -> str:
    einde = "" if procedure.uitkomst is None else f", {procedure.uitkomst.value} op {procedure.beslist_op}"
    ecli = "" if procedure.ecli is None else f" ({procedure.ecli})"
    return f"{procedure.id} {procedure.soort.value} van {procedure.datum}{einde}{ecli}"
