"""Builds the story of each form of document: letter, e-mail, note, inventory, report."""

from collections.abc import Callable, Mapping
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
)
from reportlab.platypus.tableofcontents import TableOfContents

from ingest.demo.dossier import Stuk
from ingest.demo.figuren import chart
from ingest.demo.huisstijl import STIJLEN, Huisstijl, stylesheet
from ingest.demo.opmaak import Opmaak
from ingest.demo.pagina import H, Papier, W, lay_out
from ingest.demo.tellingen import UREN, counts
from woo.domain.maanden import voluit

_INVENTARIS = ("Nr.", "Datum", "Omschrijving", "Soort", "Beoordeling", "Grond", "Toelichting")


def draw(stuk: Stuk) -> bytes:
    """Return the PDF of a document; raises KeyError or ValueError where its dossier lacks a part or has a wrong one."""
    return _VORMEN[stuk.vorm](stuk, STIJLEN[stuk.stijl])


def _brief(stuk: Stuk, stijl: Huisstijl) -> bytes:
    sheet = stylesheet(stijl)
    opmaak = Opmaak(stijl, sheet)

    def story() -> list[Flowable]:
        return [
            *opmaak.flowables(stuk.tekst),
            KeepTogether(
                [
                    Spacer(1, 6),
                    *(opmaak.paragraph(line, "adres") for line in _lines(stuk.delen["ondertekening"])),
                ]
            ),
        ]

    head = _reference(stuk, opmaak)
    papier = Papier(stijl, stuk.titel, "brief")
    return lay_out(lambda: [_LetterHead(head(), stuk, opmaak), *story()], papier)


class _LetterHead(Flowable):  # type: ignore[misc] # reportlab has no types
    """Address on the left and reference on the right, drawn in the space above the text of a letter's first page."""

    def __init__(self, reference: Table, stuk: Stuk, opmaak: Opmaak) -> None:
        super().__init__()
        self._reference = reference
        self._address = [opmaak.paragraph(line, "adres") for line in _lines(stuk.delen["aan"])]
        self._subject = opmaak.paragraph(f"**Betreft: {stuk.delen['onderwerp']}**")

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._width = width
        self._subject_height = self._subject.wrap(width, 200)[1]
        return width, self._subject_height + 16

    def draw(self) -> None:
        y = 162 + self._subject_height
        for line in self._address:
            height = line.wrap(300, 100)[1]
            line.drawOn(self.canv, 0, y - height)
            y -= height
        _, height = self._reference.wrap(150, 300)
        self._reference.drawOn(self.canv, self._width - 150, 162 + self._subject_height - height + 4)
        self._subject.drawOn(self.canv, 0, 16)


def _reference(stuk: Stuk, opmaak: Opmaak) -> Callable[[], Table]:
    pairs = {"Datum": dutch_date(stuk), **stuk.delen.get("kop", {})}

    def table() -> Table:
        cells = [
            [[opmaak.paragraph(label, "label"), opmaak.paragraph(str(value), "klein")]]
            for label, value in pairs.items()
        ]
        return Table(
            cells,
            colWidths=[150],
            style=[("LEFTPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)],
        )

    return table


def _email(stuk: Stuk, stijl: Huisstijl) -> bytes:
    opmaak = Opmaak(stijl, stylesheet(stijl))

    def story() -> list[Flowable]:
        flowables: list[Flowable] = []
        for bericht in stuk.delen["berichten"]:
            pairs = [
                (label.capitalize(), bericht[label])
                for label in ("van", "verzonden", "aan", "cc", "onderwerp", "bijlagen")
                if label in bericht
            ]
            flowables += [
                HRFlowable("100%", 1.6 if not flowables else 0.6, color=HexColor("#222222"), spaceAfter=5),
                _pairs(pairs, opmaak, 66),
                Spacer(1, 9),
                *opmaak.flowables(bericht["tekst"]),
                Spacer(1, 10),
            ]
        return flowables

    plain = STIJLEN["inwoner"]
    paper = Huisstijl(
        "",
        "",
        stijl.kleur,
        HexColor("#9aa5a2"),
        stijl.gewoon,
        stijl.vet,
        stijl.cursief,
        stijl.korps,
        plain.voet,
        plain.logo,
    )
    return lay_out(story, Papier(paper, stuk.titel, "staand"))


def _notitie(stuk: Stuk, stijl: Huisstijl) -> bytes:
    opmaak = Opmaak(stijl, stylesheet(stijl), _directives(stuk, stijl))
    kop = stuk.delen.get("kop", {})

    def story() -> list[Flowable]:
        opening: list[Flowable] = [Spacer(1, 40 if stijl.naam else 0)]
        if naam := stuk.delen.get("kopregel"):
            opening.append(opmaak.paragraph(naam, "h1"))
        if kop:
            opening += [_pairs([*kop.items()], opmaak, 92), Spacer(1, 14)]
        return [*opening, *opmaak.flowables(stuk.tekst)]

    return lay_out(story, Papier(stijl, stuk.titel, "staand"))


def _inventaris(stuk: Stuk, stijl: Huisstijl) -> bytes:
    opmaak = Opmaak(stijl, stylesheet(stijl))
    width = H - 112
    shares = (0.05, 0.09, 0.33, 0.11, 0.12, 0.12, 0.18)
    rows = [[str(cell) for cell in row] for row in stuk.delen["rijen"]]
    if wrong := [row for row in rows if len(row) != len(_INVENTARIS)]:
        raise ValueError(
            f"{stuk.bestand}: a row of the inventory has {len(_INVENTARIS)} cells, not {wrong[0]}"
        )

    def story() -> list[Flowable]:
        return [
            Spacer(1, 32),
            opmaak.paragraph(stuk.titel, "h2"),
            *opmaak.flowables(stuk.tekst),
            opmaak.table(_INVENTARIS, rows, [width * share for share in shares]),
        ]

    return lay_out(story, Papier(stijl, stuk.titel, "liggend"))


def _rapport(stuk: Stuk, stijl: Huisstijl) -> bytes:
    sheet = stylesheet(stijl)
    opmaak = Opmaak(stijl, sheet, _directives(stuk, stijl))

    def story() -> list[Flowable]:
        contents = TableOfContents(
            levelStyles=[
                sheet["tekst"].clone(
                    "inhoud1", fontName=stijl.vet, leading=stijl.korps * 1.3, spaceBefore=3, spaceAfter=0
                ),
                sheet["tekst"].clone("inhoud2", leftIndent=14, leading=stijl.korps * 1.3, spaceAfter=0),
            ],
            dotsMinLevel=0,
        )
        body: list[Flowable] = []
        for flowable in opmaak.flowables(stuk.tekst):
            name = getattr(getattr(flowable, "style", None), "name", "")
            if isinstance(flowable, Paragraph) and name in ("h1", "h2"):
                flowable.in_inhoud = True
                if name == "h1":
                    body.append(PageBreak())
            body.append(flowable)
        return [
            NextPageTemplate("staand"),
            Spacer(1, 1),
            PageBreak(),
            opmaak.paragraph("Inhoud", "h1"),
            contents,
            *body,
        ]

    papier = Papier(stijl, stuk.titel, "omslag", str(stuk.delen["ondertitel"]), dutch_date(stuk))
    return lay_out(story, papier, contents=True)


def _directives(stuk: Stuk, stijl: Huisstijl) -> dict[str, Callable[[str], list[Flowable]]]:
    figuren: Mapping[str, Any] = stuk.delen.get("figuren", {})
    secties: list[Mapping[str, Any]] = stuk.delen.get("secties", [])

    def figuur(name: str) -> list[Flowable]:
        return [KeepTogether([Spacer(1, 4), chart(figuren[name], stijl), Spacer(1, 8)])]

    def tellingen(_: str) -> list[Flowable]:
        opmaak = Opmaak(stijl, stylesheet(stijl))
        widths = [(W - 133) * share for share in (0.27, *[0.0775] * len(UREN), 0.11)]
        return [
            KeepTogether(
                [
                    opmaak.paragraph(
                        f"{number}. {sectie['naam']} ({sectie['plaatsen']} plaatsen, {sectie['regime']})",
                        "h3",
                    ),
                    opmaak.table(("Dag", *UREN, "Hoogst"), counts(sectie), widths),
                    Spacer(1, 16),
                ]
            )
            for number, sectie in enumerate(secties, 1)
        ]

    return {"figuur": figuur, "tellingen": tellingen}


def _pairs(pairs: list[tuple[str, Any]], opmaak: Opmaak, width: float) -> Table:
    cells = [
        [opmaak.paragraph(f"**{label}**", "adres"), opmaak.paragraph(str(value), "adres")]
        for label, value in pairs
    ]
    style = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
    return Table(cells, colWidths=[width, W - 133 - width], style=style, hAlign="LEFT")


def _lines(text: str) -> list[str]:
    return [line.strip() or "\u00a0" for line in text.strip().splitlines()]


def dutch_date(stuk: Stuk) -> str:
    """Write the date of a document as 4 maart 2026."""
    return voluit(stuk.datum)


_VORMEN: dict[str, Callable[[Stuk, Huisstijl], bytes]] = {
    "brief": _brief,
    "email": _email,
    "notitie": _notitie,
    "inventaris": _inventaris,
    "rapport": _rapport,
}
