"""The fictional municipality that the browser visits: every kind of publicatie, document, row and tombstone, once."""

from pathlib import Path
from typing import Any

from tests.api.bronverslag import GOED_VERSLAG, VERSLAG
from tests.api.dossiers import add_dossier, replace_twice
from tests.api.site import ENSCHEDE, WOO_VERZOEK, PublicSite, load_analysis, load_lijsten, make_settings
from woo.domain.document import Pagina, Relatie, Relatiesoort
from woo.domain.formaat import BY_EXTENSIE
from woo.domain.inventaris import Beoordeling, Inventarisregel
from woo.sandbox import Sandbox
from woo.storage.port import BRONNEN, ORGANISATIES, STATISTIEKEN

NORM = "De provincie hanteert voor stikstof een open norm, waardoor per vergunning moet worden onderbouwd wat mag."
FILLER = (
    "Het college heeft het verzoek beoordeeld aan de hand van de Wet open overheid en gevraagd om advies."
)
MAIL = {"WOO_MAIL__HOST": "mail.zuiderveld.example", "WOO_MAIL__SENDER": "woo@zuiderveld.example"}
REFUSED = "112"
_MANY_ROWS = 60
"""More than one page of the inventory shows."""

_TELLING = {"opTijd": 31, "teLaat": 12, "onbekend": 3, "dagenMediaan": 34.0, "dagenGemiddeld": 39.2}
_CIJFERS: dict[str, Any] = {
    "aantalPublicaties": 46,
    "maanden": [{"maand": f"2024-{n:02}", "aantal": 3 + n * 5 % 7} for n in range(1, 13)],
    "publicaties": [{"maand": "2024-03", "informatiecategorie": WOO_VERZOEK, "aantal": 46}],
    "documenten": 1240,
    "paginas": 18_455,
    "moeilijkLeesbarePaginas": 212,
    "verzoeken": {
        "aantal": 46,
        "uitkomsten": {
            "openbaar": 9,
            "deelsOpenbaar": 28,
            "nietOpenbaar": 5,
            "reedsOpenbaar": 1,
            "geenDocumenten": 3,
        },
        "metOpschorting": _TELLING,
        "zonderOpschorting": {**_TELLING, "opTijd": 22, "teLaat": 21},
    },
}

_BLAD: dict[str, Any] = {
    "aantalPublicaties": 46,
    "perJaar": [
        {"jaar": str(jaar), "informatiecategorie": code, "aantal": jaar % 7 + 3}
        for jaar in range(2017, 2026)
        for code in (WOO_VERZOEK, "c_fdaee95e", "c_db4862c3")
    ],
    "documenten": 1240,
    "paginas": 18_455,
    "paginasMetTekst": 18_243,
    "gescandeDocumenten": 310,
    "metadata": {
        "creatiedatum": 1198,
        "documentsoort": 1012,
        "taal": 1240,
        "omschrijving": 340,
        "kenmerk": 1240,
    },
    "opTijd": 31,
    "beslist": 43,
    "laatstePublicatie": "2024-03-30T08:00:00Z",
    "laatsteOogst": None,
}
_NIETS = {"paginas": 0, "paginasMetTekst": 0, "documenten": 0, "metadata": {}, "gescandeDocumenten": 0}
ORGANISATIECIJFERS: dict[str, Any] = {
    ENSCHEDE: _BLAD,
    "gm0363": {**_BLAD, "aantalPublicaties": 12, "paginasMetTekst": 9_000, "opTijd": 0, "beslist": 0},
    "gm0003": {**_BLAD, "aantalPublicaties": 3, "laatsteOogst": "2024-03-31T04:00:00Z"},
    "ws0155": {**_BLAD, **_NIETS, "aantalPublicaties": 1, "opTijd": 0, "beslist": 0},
}
"""One with figures, one of which no terms are known, one that was merged, and one without documents."""


def build(folder: Path, sandbox: Sandbox) -> PublicSite:
    """Make the site; what tests look for they find by its title (`documents`, `publicaties`)."""
    site = PublicSite(folder, make_settings(folder, **MAIL), load_analysis(), load_lijsten(), sandbox)
    _add_request(site)
    _add_related(site)
    gone = site.add_publicatie("Weggehaald")
    site.withdraw(gone, titel="Zaak aan de Kade")
    _add_whole_dossier(site)
    cijfers = {"bijgewerktOp": "2024-04-01T08:00:00Z", "alles": _CIJFERS}
    site.store.show_site(
        STATISTIEKEN, {**cijfers, "organisaties": dict.fromkeys((ENSCHEDE, "gm0363"), _CIJFERS)}
    )
    site.store.show_site(
        BRONNEN, {"bijgewerktOp": "2024-04-01T08:00:00Z", "verslagen": [VERSLAG, GOED_VERSLAG]}
    )
    site.store.show_site(
        ORGANISATIES, {"bijgewerktOp": "2024-04-01T08:00:00Z", "organisaties": ORGANISATIECIJFERS}
    )
    return site


def documents(site: PublicSite) -> dict[str, str]:
    """The id of each document by its title."""
    return {document.officiele_titel: document.id for document, _, _ in site.shown.values()}


def publicaties(site: PublicSite) -> dict[str, str]:
    """The id of each publicatie with documents by its title."""
    return {publicatie.officiele_titel: publicatie.id for _, publicatie, _ in site.shown.values()}


def refused_row(site: PublicSite) -> str:
    """The id of the page of a row of an inventory, refused with grounds."""
    dossier = publicaties(site)["Woo-verzoek 2024-0114"]
    return Inventarisregel(dossier, 12, REFUSED, "Memo", Beoordeling.NIET_OPENBAAR).id


def _add_request(site: PublicSite) -> None:
    publicatie = site.add_publicatie(
        "Woo-verzoek 2024-0114: natuurvergunning Biomassacentrale Oostrand",
        kenmerk="2024-0114",
        omschrijving="Iemand vroeg om alle documenten over de vergunning.",
    )
    pages = [f"Blad {number}\n{FILLER}\n\n{NORM if number in (2, 4) else FILLER}" for number in range(1, 6)]
    site.add_document(publicatie, "Besluit op Woo-verzoek", pages, volgnummer=1)
    site.add_document(
        publicatie, "E-mailwisseling", [f"Re: model\n{NORM}", ""], volgnummer=2, naam="mail.pdf"
    )
    for number in range(3, 30):
        site.add_document(publicatie, f"Bijlage {number}", volgnummer=number)


def _add_related(site: PublicSite) -> None:
    """A thread of messages of which the second has a sheet, that looks like another, as attachment; a scan read badly."""
    publicatie = site.add_publicatie("Woo-verzoek over de begroting")
    rijen = [f"Post\tBedrag\nZwaluw {number}\t1.200" for number in range(1, 9)]
    delen = [
        Pagina(number, tekst, "xlsx", label=f"Blad Kosten en baten van het jaar 2023, rijen {number}")
        for number, tekst in enumerate(rijen, 1)
    ]
    sheet = BY_EXTENSIE[".xlsx"].mime
    begroting, kopie = (
        site.add_parts(publicatie, titel, delen, naam="begroting.xlsx", mime=sheet)
        for titel in ("Begroting", "Begroting (kopie)")
    )
    vaag = [Pagina(1, "Zwaluw", "ocr", zekerheid=0.4), Pagina(2, "", "geen", leesbaar=False)]
    site.add_parts(publicatie, "Vage scan", vaag, naam="scan.pdf", mime="application/pdf")
    mails = [site.add_document(publicatie, f"Bericht {number}", [f"Re\n{FILLER}"]) for number in (1, 2, 3)]
    relaties = [
        Relatie(mails[1].id, Relatiesoort.REACTIE_OP, mails[0].id),
        Relatie(mails[2].id, Relatiesoort.REACTIE_OP, mails[1].id),
        Relatie(mails[1].id, Relatiesoort.HEEFT_BIJLAGE, begroting.id),
        Relatie(begroting.id, Relatiesoort.LIJKT_OP, kopie.id, 0.97),
    ]
    for document in (*mails, begroting, kopie):
        site.relate(document, *(each for each in relaties if document.id in (each.van, each.naar)))


def _add_whole_dossier(site: PublicSite) -> None:
    """A publicatie with request, decisions, court, a long inventory and history; a document taken back, and one replaced."""
    shown = add_dossier(site, more=_MANY_ROWS)
    for number, gronden in ((REFUSED, ("5.1.2.e", "5.2.1")), ("113", ())):
        site.add_row(
            shown.publicatie,
            number,
            f"Memo zilverreiger {number}",
            Beoordeling.NIET_OPENBAAR,
            gronden=gronden,
        )
    taken = site.add_document(shown.publicatie, "Nota met adressen")
    site.withdraw(taken, titel="Nota aan het college")
    replace_twice(site, shown.brief)
