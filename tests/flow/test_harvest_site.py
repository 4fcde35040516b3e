"""A generated site with every fault sprinkled over it, harvested twice: nothing is lost, and nothing wrongly withdrawn."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.flow.installation import Installation
from tests.flow.oogsten import BRON, installatie, oogst, verslag
from tests.servers.uitgever import EINDELOOS, TOOI, Site, Stuk, Uitgever
from woo.domain.oogst import Oogstrun, Oogstuitkomst

_LATER = "2026-06-01T00:00:00Z"
_INDEX = "/sitemaps/sitemapindex-diwoo-infocat014.xml"
_XMLNS = ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_DEPTH = 8
_EVERY = 20
"""One document in so many has a fault."""
_FAULTS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("a web page in the place of the file", {"fout": "html"}, "html"),
    ("status 500", {"fout": "500"}, "http"),
    ("status 404", {"fout": "404"}, "http"),
    ("cut transfer", {"fout": "afgebroken"}, "cut"),
    ("redirect loop", {"fout": "lus"}, "redirects"),
    ("file without end", {"fout": "eindeloos"}, "too_large"),
    ("redirect to a private address", {"fout": "naar:http://169.254.169.254/x"}, "address_not_allowed"),
    ("redirect to another host", {"fout": "naar:http://elders.voorbeeld.nl/x"}, "address_not_allowed"),
    ("gzip bomb", {"fout": "gzip", "inhoud": b"0" * 3_000_000}, "too_large"),
    ("empty file", {"inhoud": b""}, "empty"),
    ("lying content type", {"inhoud": bytes(range(256)), "soort": "application/pdf"}, "kind"),
    ("publisher of somebody else", {"publisher": f"{TOOI}id/gemeente/gm0363"}, "not_taken"),
)
_TOGETHER = 8
_PASSING = {8: "429_eenmaal", 18: "503_eenmaal", 28: "afgebroken_eenmaal", 38: "traag"}
"""Faults that pass, by the number of their document."""
_SHEETS: dict[int, tuple[str, Callable[[str], str]]] = {
    1: ("wortel", lambda text: re.sub("(</?)urlset", r"\1diwoo:Documents", text)),
    2: ("namespace", lambda text: text.replace(_XMLNS, "")),
    3: ("xml", lambda text: text.replace(' xmlns:diwoo="https://standaarden.overheid.nl/diwoo/metadata/"', "")),
    4: ("datum", lambda text: text.replace("T10:00:00+01:00", " 10:00:00")),
    5: ("datum_onleesbaar", lambda text: text.replace("<lastmod>2026-01-05T10:00:00+01:00", "<lastmod>gisteren")),
    6: ("loc_in_diwoo", lambda text: re.sub("(<loc>.*?</loc>)(.*?<diwoo:DiWoo>)", r"\2\1", text)),
}  # fmt: skip
"""Faults of whole sitemaps, by their number: each is repaired and counted."""


def _naam(nummer: int) -> str:
    return f"stuk-{nummer:06d}.txt"


def _kenmerk(nummer: int) -> str | None:
    """Seven of eight documents are one publicatie, the eighth is one by itself."""
    return None if nummer % _TOGETHER == 0 else f"Z-{nummer // _TOGETHER}"


class _Wereld:
    """The site, and beside it what a harvest must make of it: by document its difference and reason."""

    def __init__(self, site: Site, aantal: int) -> None:
        self.site = site
        self.per_blad = aantal // 20
        self.fouten: Counter[str] = Counter()
        self.mislukt: dict[str, str] = {}
        self.weg: set[str] = set()
        self.gewijzigd: set[str] = set()
        self.nieuw: set[str] = set()
        self.vergeten: set[str] = set()
        for nummer in range(aantal):
            self._zet(nummer)

    def _zet(self, nummer: int) -> None:
        naam = _naam(nummer)
        stuk = Stuk(naam, f"Het college besluit over zaak {nummer}.".encode(), kenmerk=_kenmerk(nummer))
        if nummer % _EVERY == 7:
            wat, changes, code = _FAULTS[nummer // _EVERY % len(_FAULTS)]
            for veld, waarde in changes.items():
                setattr(stuk, veld, waarde)
            self.mislukt[naam] = code
            self.fouten[wat] += 1
        else:
            stuk.fout = _PASSING.get(nummer)
            self.nieuw.add(naam)
            if stuk.fout is not None:
                self.fouten[f"passing: {stuk.fout}"] += 1
        self.site.zet(stuk)

    def publiceer(self, *, kalenders: bool) -> None:
        """Write the sitemaps and their index; with `kalenders` also a list and indices that have no end."""
        bladen: dict[int, list[Stuk]] = {}
        for naam, stuk in self.site.stukken.items():
            if naam not in self.vergeten:
                bladen.setdefault(int(naam[5:11]) // self.per_blad, []).append(stuk)
        adressen = []
        for nummer, stukken in bladen.items():
            tekst = self.site.blad(stukken).decode()
            if nummer in _SHEETS:
                tekst = _SHEETS[nummer][1](tekst)
            self.site.bladen[f"/sitemaps/blad-{nummer}.xml"] = (200, {}, tekst.encode())
            adressen.append(f"/sitemaps/blad-{nummer}.xml")
        if kalenders:
            adressen += [EINDELOOS, "/sitemaps/kalender-0.xml"]
            for diepte in range(_DEPTH):
                self._zet_index(f"/sitemaps/kalender-{diepte}.xml", [f"/sitemaps/kalender-{diepte + 1}.xml"])
        self._zet_index(_INDEX, adressen, naam="urlset")

    def _zet_index(self, pad: str, adressen: list[str], *, naam: str = "sitemapindex") -> None:
        named = "".join(f"<sitemap><loc>{self.site.adres}{each}</loc></sitemap>" for each in adressen)
        self.site.bladen[pad] = (200, {}, f"<{naam}{_XMLNS}>{named}</{naam}>".encode())

    def verander(self) -> None:
        """What happens at a site in between: changed, gone (unnamed or 410), forgotten, broken, mended and new documents."""
        first = len(self.site.stukken)
        self.nieuw = set()
        for nummer in range(first):
            naam, stuk = _naam(nummer), self.site.stukken[_naam(nummer)]
            if nummer % 10 == 1:
                stuk.inhoud, stuk.lastmod = f"Nieuw besluit over zaak {nummer}.".encode(), _LATER
                self.gewijzigd.add(naam)
            elif nummer % 40 == 2:
                del self.site.stukken[naam]
                self.weg.add(naam)
            elif nummer % 40 == 3:
                stuk.lastmod = _LATER
                self.site.weg.add(naam)
                self.weg.add(naam)
            elif nummer % 100 == 4:
                self.vergeten.add(naam)
            elif nummer % 100 == 5:
                stuk.fout, stuk.lastmod = "500", _LATER
                self.mislukt[naam] = "http"
            elif stuk.fout == "404":
                stuk.fout = None
                del self.mislukt[naam]
                self.nieuw.add(naam)
        for nummer in range(first, first + first // 20):
            self._zet(nummer)

    def verschil(self, naam: str) -> str:
        for verschil, namen in (
            ("failed", self.mislukt),
            ("gone", self.weg),
            ("changed", self.gewijzigd),
            ("new", self.nieuw),
        ):
            if naam in namen:
                return verschil
        return "unchanged"


def _klopt(inst: Installation, wereld: _Wereld, run: Oogstrun) -> None:
    """Every document that the site ever had is an item of the run once, with its difference and its reason."""
    with inst.platform.registry.read() as reading:
        items = reading.oogst.listed(BRON, run.id, limit=1_000_000)
    found = {each.sleutel.rpartition("/")[2]: each for each in items}
    assert len(found) == len(items)
    assert set(found) == {*wereld.site.stukken, *wereld.weg}
    verkeerd = {
        naam: (str(item.verschil), item.reden)
        for naam, item in found.items()
        if item.verschil != wereld.verschil(naam)
        or not str(item.reden).startswith(wereld.mislukt.get(naam, ""))
        or item.taak is not None
    }
    assert verkeerd == {}
    assert run.tellingen == Counter(map(wereld.verschil, found))


def _gewaarschuwd(wereld: _Wereld, run: Oogstrun) -> None:
    """Every fault of a sitemap and of a file is counted as a warning of its kind."""
    warnings = {kind: count for kind, _, count in run.waarschuwingen}
    assert {f"sitemap:{code}" for code, _ in _SHEETS.values()} <= set(warnings)
    assert warnings["sitemap:index_als_urlset"] >= 1
    assert warnings["sitemap:datum_onleesbaar"] > wereld.per_blad // 2
    by_code = Counter(wereld.mislukt.values())
    not_taken = by_code.pop("not_taken")  # told with the document; it is no fault of the site's files
    assert not_taken > 0
    assert {
        kind.partition(":")[2]: count for kind, count in warnings.items() if kind.startswith("document:")
    } == by_code


@pytest.mark.prove
@pytest.mark.timeout(7200)
def test_a_site_full_of_faults_is_followed_and_nothing_is_lost(tmp_path: Path, proving: bool) -> None:
    _follow(tmp_path, 50_000 if proving else 2_000, worker=False)


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_the_public_side_shows_exactly_what_is_here(tmp_path: Path, proving: bool) -> None:
    """As above, with every fault once (2,000 documents in the proof), until a worker has read and shown it all."""
    _follow(tmp_path, 2_000 if proving else _EVERY * len(_FAULTS), worker=True)


def _follow(tmp_path: Path, aantal: int, *, worker: bool) -> None:
    limits = {
        "retries": 1,
        "concurrency": 8,
        "timeout": 20,
        "file_bytes": 1_000_000,
        "sitemap_bytes": 3_000_000,
    }
    with Uitgever() as site, installatie(tmp_path, site, limits=limits) as inst:
        wereld = _Wereld(site, aantal)
        wereld.publiceer(kalenders=True)
        eerste = oogst(inst)
        assert eerste.uitkomst is Oogstuitkomst.ONVOLLEDIG
        assert {"endless_sitemaps", "no_answer:too_large"} <= {kind for kind, _, _ in eerste.waarschuwingen}
        _klopt(inst, wereld, eerste)
        _gewaarschuwd(wereld, eerste)

        wereld.verander()
        wereld.publiceer(kalenders=False)
        site.gevraagd.clear()
        tweede = oogst(inst)
        assert (tweede.uitkomst, tweede.reden) == (Oogstuitkomst.VOLLEDIG, None)
        assert site.gevraagd["/bestanden/stuk-000000.txt"] == 0  # it did not change
        _klopt(inst, wereld, tweede)
        _gewaarschuwd(wereld, tweede)
        _hier(inst, wereld)
        if worker:
            _openbaar(inst, wereld, tweede)
        _print(wereld, eerste, tweede)


def _openbaar(inst: Installation, wereld: _Wereld, run: Oogstrun) -> None:
    """Once all is read, exactly what is here and not gone at the site is public."""
    public = len(wereld.site.stukken) - len(wereld.site.weg) - len(wereld.mislukt) + _stays(wereld)
    assert verslag(inst, run).report.states["indexed"] == public
    assert inst.public().get("/v1/documenten").json()["totaal"] == public


def _stays(wereld: _Wereld) -> int:
    """How many documents are here though their file cannot be had any more."""
    return sum(int(naam[5:11]) % 100 == 5 for naam in wereld.mislukt)


def _hier(inst: Installation, wereld: _Wereld) -> None:
    """Exactly what is gone at the site is withdrawn; what changed has a new version, and nothing else has."""
    with inst.platform.registry.read() as reading:
        documents = {
            each.bestand.naam: each for each in reading.documents(limit=1_000_000) if each.bestand is not None
        }
    assert {naam for naam, each in documents.items() if each.intrekking is not None} == wereld.weg
    assert {naam for naam, each in documents.items() if each.versie > 1} == wereld.gewijzigd
    never = {naam for naam in wereld.mislukt if int(naam[5:11]) % 100 != 5}
    assert set(documents) == {*wereld.site.stukken, *wereld.weg} - never


def _print(wereld: _Wereld, *runs: Oogstrun) -> None:
    for wat, count in sorted(wereld.fouten.items()):
        print(f"{count:>7}  {wat}")
    for run in runs:
        print(dict(run.tellingen), f"{run.verzoeken} requests", run.waarschuwingen)
