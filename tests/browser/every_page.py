"""Every kind of page of the public site, in the states that matter: a page that is not in this list fails the test of the routes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tests.api.site import PublicSite
from tests.browser.municipality import documents, publicaties, refused_row

QUERY = "zoek=stikstof+%22open+norm%22"
NASTY_NAME = "een-heel-lange-naam-zonder-spaties-die-nergens-wordt-afgebroken@voorbeeld.example"
_SLEUTEL = "ab" * 36
_SIGN_UP = {"vraag": "zoek=stikstof", "email": "lezer@voorbeeld.example", "frequentie": "dagelijks"}
_MELDING = {
    "soort": "privacy",
    "tekst": "Op de tweede regel staat een adres.",
    "email": "lezer@voorbeeld.example",
}

Where = Literal["site", "kapot", "vol"]
"""The site as it should be; without index and inbox and without mail; for a visitor who asks too much."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One page: its path, what is sent to get it (None is a GET), its status, and at which of the sites it is so."""

    naam: str
    path: str
    form: Mapping[str, str] | None = None
    status: int = 200
    where: Where = "site"


def every_page(site: PublicSite) -> tuple[Shown, ...]:
    """All pages of the site of these tests."""
    return (
        *_searching(),
        *_documents(documents(site)),
        *_publicaties(site),
        *_visitors_send(documents(site)["Besluit op Woo-verzoek"]),
        *_by_themselves(),
    )


def paths(site: PublicSite) -> dict[str, str]:
    """The pages that can be asked for by an address of the site alone, by their name."""
    return {page.naam: page.path for page in every_page(site) if page.form is None and page.where == "site"}


def _searching() -> Iterator[Shown]:
    yield Shown("start", "/")
    yield Shown("zoeken", f"/?{QUERY}&jaar=2024")
    yield Shown("weinig gevonden", "/?zoek=stikstof+zilverreiger&beoordeling=niet_openbaar")
    yield Shown("regels", "/?zoek=zilverreiger")
    yield Shown("bijna goed gespeld", "/?zoek=stikstov")
    yield Shown("niets", "/?zoek=(%22zonnewijzer")
    yield Shown("delen", "/?zoek=zwaluw")
    yield Shown("voorbij het einde", "/?zoek=bijlage&vanaf=21&na=WyJ4Il0", status=400)
    yield Shown("verkeerde vraag", "/?jaar=20&creatiedatumVan=x", status=400)
    yield Shown("geen index", "/?zoek=stikstof", status=503, where="kapot")
    yield Shown("te veel gevraagd", "/", status=429, where="vol")
    yield Shown("zoekhulp", "/zoekhulp")


def _documents(ids: Mapping[str, str]) -> Iterator[Shown]:
    besluit = f"/documenten/{ids['Besluit op Woo-verzoek']}"
    yield Shown("viewer", f"{besluit}?pagina=2&{QUERY}")
    yield Shown("viewer gedraaid en groot", f"{besluit}?pagina=2&{QUERY}&zoom=200&draai=90")
    yield Shown("viewer zonder treffer", f"{besluit}?pagina=1&zoek=zonnewijzer")
    yield Shown("document zonder bestand", f"/documenten/{ids['Bijlage 3']}")
    yield Shown("begroting", f"/documenten/{ids['Begroting']}?zoek=zwaluw")
    yield Shown("bericht", f"/documenten/{ids['Bericht 2']}")
    yield Shown("vage scan", f"/documenten/{ids['Vage scan']}")
    yield Shown("versie", f"/documenten/{ids['Besluitbrief']}/versies/1")
    yield Shown("ingetrokken document", f"/documenten/{ids['Nota met adressen']}", status=410)


def _publicaties(site: PublicSite) -> Iterator[Shown]:
    ids = publicaties(site)
    dossier = f"/publicaties/{ids['Woo-verzoek 2024-0114']}"
    yield Shown("publicaties", "/publicaties")
    yield Shown("publicaties gevonden", "/publicaties?zoek=begroting")
    yield Shown("publicatie", f"/publicaties/{ids['Woo-verzoek over de begroting']}")
    yield Shown("dossier", f"{dossier}?geschiedenis=alles")
    yield Shown("inventaris gekozen", f"{dossier}?beoordeling=niet_openbaar&grond=5.1.2.e&woorden=plan")
    yield Shown("inventaris leeg", f"{dossier}?woorden=zonnewijzer")
    yield Shown("inventaris verder", f"{dossier}?vanafRij=51")
    yield Shown("inventarisregel", f"/documenten/{refused_row(site)}")
    yield Shown("ingetrokken", f"/publicaties/{_gone(site)}", status=410)


def _visitors_send(document: str) -> Iterator[Shown]:
    melding = f"/documenten/{document}/melding"
    yield Shown("melding", f"{melding}?pagina=2")
    wrong = {"pagina": "99", "email": NASTY_NAME.replace("@", "")}
    yield Shown("melding met fouten", melding, form=wrong, status=400)
    yield Shown("melding gedaan", melding, form={**_MELDING, "email": NASTY_NAME})
    yield Shown("melding niet bewaard", melding, form=_MELDING, status=503, where="kapot")
    yield Shown("volgen", "/volgen?zoek=stikstof&publisher=gm0153")
    yield Shown("volgen met fouten", "/volgen", form={"vraag": "zoek=stikstof", "email": "x"}, status=400)
    yield Shown("volgen gevraagd", "/volgen", form=_SIGN_UP)
    yield Shown("volgen zonder mail", "/volgen?zoek=stikstof", where="kapot")
    for wat in ("bevestig", "stop"):
        path = f"/volgen/{wat}?sleutel={_SLEUTEL}"
        yield Shown(f"volgen {wat}", path)
        yield Shown(f"volgen {wat} gedaan", path, form={})
    yield Shown("volgen niet bewaard", f"/volgen/stop?sleutel={_SLEUTEL}", form={}, status=503, where="kapot")
    yield Shown("halve link", "/volgen/stop?sleutel=ab", status=400)
    yield Shown("zoekreeks", "/zoekreeks")
    lijst = f"stikstof\nzwaluw\n{NASTY_NAME}\nab*\njaar:1"
    yield Shown("zoekreeks uitkomst", "/zoekreeks", form={"vragen": lijst})
    yield Shown("zoekreeks fout", "/zoekreeks", form={"vragen": ""}, status=400)


def _by_themselves() -> Iterator[Shown]:
    yield Shown("statistieken", "/statistieken")
    yield Shown("geen statistieken", "/statistieken?publisher=gm0363x", status=400)
    yield Shown("organisaties", "/organisaties?zoek=gemeente")
    yield Shown("organisaties niets", "/organisaties?zoek=zonnewijzer&provincie=pv23")
    yield Shown("organisatie", "/organisaties/gm0153")
    yield Shown("organisatie opgeheven", "/organisaties/gm0003")
    yield Shown("organisatie zonder publicaties", "/organisaties/gm1979")
    yield Shown("geen organisatie", "/organisaties/gm01530", status=404)
    yield Shown("bronnen", "/bronnen")
    yield Shown("hoe open", "/hoe-open")
    yield Shown("hoe open gesorteerd", "/hoe-open?sorteer=-opTijd&soortOrganisatie=gemeente")
    yield Shown("toegankelijkheid", "/toegankelijkheid")
    yield Shown("api", "/api")
    yield Shown("niet gevonden", "/bestaat-niet", status=404)


def _gone(site: PublicSite) -> str:
    return next(id for id, entry in site.store.withdrawn().items() if entry.soort == "publicatie")
