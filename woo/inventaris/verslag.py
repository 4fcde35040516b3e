"""The differences as a table in plain Dutch, for the terminal: what is wrong, what would change, which documents are found."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from woo.domain.inventaris import Inventarisregel
from woo.inventaris.fouten import Ernst
from woo.inventaris.lezen import Inventaris
from woo.inventaris.vergelijken import Gewijzigd, Verschil

_WIDEST = 60
_ON_A_LINE = 15


def tell_sheet(lijst: Inventaris) -> Iterator[str]:
    """The lines about the sheet itself: remarks, errors, and what is worth a look."""
    yield f"Gelezen: {lijst.rijen} rijen, waarvan {len(lijst.regels)} zonder fout."
    yield from lijst.opmerkingen
    for ernst, kop in ((Ernst.FOUT, "Fouten"), (Ernst.LET_OP, "Let op")):
        those = [str(each) for each in lijst.meldingen if each.ernst is ernst]
        if those:
            yield ""
            yield f"{kop} ({len(those)})"
            yield from (f"  {line}" for line in those)


def tell_difference(verschil: Verschil, titels: Mapping[str, str]) -> Iterator[str]:
    """The lines about what would change; `titels` are those of the documents, by id."""
    yield ""
    yield "Verschil met wat er staat"
    for count, word in (
        (len(verschil.nieuw), "nieuw"),
        (len(verschil.gewijzigd), "gewijzigd"),
        (len(verschil.verdwenen), "verdwenen"),
        (verschil.verplaatst, "alleen van plaats veranderd"),
        (verschil.gelijk - verschil.verplaatst, "gelijk"),
    ):
        yield f"{count:>8}  {word}"
    yield from _block("Nieuw", _columns(verschil.nieuw, titels))
    yield from _block("Gewijzigd", (_changed(each, titels) for each in verschil.gewijzigd))
    yield from _block("Verdwenen", _columns(verschil.verdwenen, titels))
    yield from _about_documents(verschil, titels)


def _about_documents(verschil: Verschil, titels: Mapping[str, str]) -> Iterator[str]:
    def named(id: str) -> str:
        return f"{id} “{_short(titels.get(id, '?'))}”"

    linked = sum(regel.document_id is not None for regel in verschil.regels)
    yield ""
    yield f"Documenten: {linked} rijen met hun document, {len(verschil.regels) - linked} zonder"
    yield from _block(
        "Geen document gevonden (op nummer, kenmerk, bestandsnaam of titel)",
        _in_lines(verschil.zonder_document),
    )
    yield from _block(
        "Niet gekoppeld: er is niet één document dat bij deze rij alleen hoort",
        (f"{nummer}: {', '.join(map(named, ids))}" for nummer, ids in verschil.dubbelzinnig),
    )
    yield from _block("Documenten zonder rij", map(named, verschil.zonder_regel))
    yield from _block(
        "Mag niet openbaar worden: trek in vóór de publicatie openbaar wordt",
        (f"{nummer}: document {named(id)}" for nummer, id in verschil.straks),
    )
    yield from _block(
        "GEBLOKKEERD: volgens de lijst niet openbaar, maar het document is openbaar. Trek het eerst in",
        (
            f"{nummer}: document {named(id)}   woo withdraw {id} --reason '…'"
            for nummer, id in verschil.geblokkeerd
        ),
    )


def _in_lines(numbers: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(numbers), _ON_A_LINE):
        yield ", ".join(map(_short, numbers[start : start + _ON_A_LINE]))


def _block(kop: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield ""
        yield kop
        yield from (f"  {line}" for line in listed)


def _columns(regels: Sequence[Inventarisregel], titels: Mapping[str, str]) -> Iterator[str]:
    if not regels:
        return
    table = [("nummer", "beoordeling", "gronden", "datum", "documentnaam", "document")]
    table += [
        (
            _short(regel.nummer),
            _plain(regel.beoordeling) + (" (opgeschort)" if regel.opgeschort else ""),
            _short(_plain((*regel.gronden, *regel.bijzonderheden))),
            _plain(regel.datum),
            _short(regel.documentnaam),
            (regel.document_id and _short(titels.get(regel.document_id, regel.document_id))) or "–",
        )
        for regel in regels
    ]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _changed(each: Gewijzigd, titels: Mapping[str, str]) -> str:
    def shown(regel: Inventarisregel, name: str) -> str:
        value = getattr(regel, name)
        show: Callable[[str], str] = (lambda id: titels.get(id, id)) if name == "document_id" else str
        return _short(
            show(value) if isinstance(value, str) and not isinstance(value, StrEnum) else _plain(value)
        )

    parts = [
        # the other columns may hold names: that they changed is all that is told
        "andere kolommen"
        if name == "overig"
        else f"{name.removesuffix('_id')} {shown(each.oud, name)} → {shown(each.nieuw, name)}"
        for name in each.velden
    ]
    return f"{each.nieuw.nummer}: {'; '.join(parts)}"


def _plain(value: object) -> str:
    match value:
        case None | () | "":
            return "–"
        case bool():
            return "ja" if value else "nee"
        case tuple():
            return "; ".join(map(_plain, value))
        case StrEnum():
            return value.value.replace("_", " ")
        case date():
            return value.isoformat()
    return str(value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"
