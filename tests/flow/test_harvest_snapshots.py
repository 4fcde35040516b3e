"""The sitemaps that a real publisher's software writes, replayed by a server on loopback: every entry ends with its reason."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.api.pdfs import write_pdf
from tests.flow.oogsten import installatie, oogst, verslag
from tests.servers.uitgever import Site, Stuk, Uitgever
from woo.domain.oogst import Oogstuitkomst

_ADRES = re.compile(rb"https?://(localhost:8000|example\d*\.com)(?=[/<\"])")
_LOC = re.compile(rb"<loc>\s*([^<\s]+)\s*</loc>")
_PUBLISHER = "mnre1025"
_FAULTS = {"404": "http", "html": "html", "afgebroken": "cut", "lus": "redirects"}


def _zet_bladen(site: Site, shared: Path) -> list[bytes]:
    """Serve every snapshot as a sitemap of its own, with the addresses in it on this site; returns them so."""
    paths = sorted((shared / "corpus" / "diwoo").rglob("*.txt"))
    here = f"{site.adres}/bestanden/".encode()
    bladen = [_ADRES.sub(lambda found: here + found[1], path.read_bytes()) for path in paths]
    named = ""
    for nummer, blad in enumerate(bladen):
        pad = f"/sitemaps/blad-{nummer}.xml"
        site.bladen[pad] = (200, {"Content-Type": "application/xml"}, blad)
        named += f"<sitemap><loc>{site.adres}{pad}</loc></sitemap>"
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</sitemapindex>'
    site.bladen["/sitemaps/sitemapindex-diwoo-infocat014.xml"] = (200, {}, index.encode())
    return bladen


@pytest.mark.needs("shared")
def test_every_entry_of_real_sitemaps_ends_in_one_state_with_its_reason(tmp_path: Path, shared: Path) -> None:
    with Uitgever() as site:
        bladen = _zet_bladen(site, shared)
        heel = [blad for blad in bladen if b"<urlset" in blad]
        keren = Counter(
            found.decode().partition("/bestanden/")[2] for blad in heel for found in _LOC.findall(blad)
        )
        assert len(heel) > 10
        assert len(keren) > 20
        fouten = dict(zip(sorted(keren), _FAULTS, strict=False))
        for nummer, naam in enumerate(keren):
            inhoud = write_pdf(tmp_path / "stuk.pdf", [f"Besluit over zaak {nummer}."]).read_bytes()
            site.zet(Stuk(naam, inhoud, soort="application/pdf", fout=fouten.get(naam)))
        with installatie(tmp_path, site, publisher=_PUBLISHER, limits={"retries": 0, "timeout": 10}) as inst:
            run = oogst(inst)
            made = verslag(inst, run)
            assert (run.uitkomst, run.ontdekt) == (Oogstuitkomst.VOLLEDIG, len(keren))
            assert [each["path"] for each in made.report.items] == sorted(map(site.url, keren))
            for each in made.report.items:
                fout = fouten.get(each["path"].partition("/bestanden/")[2])
                if fout is None:
                    assert (each["state"], each["change"], each["reason"]) == ("indexed", "new", None)
                else:
                    assert (each["state"], each["change"]) == ("quarantined", "failed")
                    assert each["reason"].startswith(f"{_FAULTS[fout]}:")
            warnings = {kind: count for kind, _, count in run.waarschuwingen}
            assert warnings["listed_twice"] == keren.total() - len(keren)
            assert warnings["sitemap:wortel"] == len(bladen) - len(heel)
            assert all(warnings[f"document:{code}"] == 1 for code in _FAULTS.values())

            site.gevraagd.clear()
            again = oogst(inst)
            assert again.tellingen == {"unchanged": len(keren) - len(_FAULTS), "failed": len(_FAULTS)}
            asked = {path for path in site.gevraagd if path.startswith("/bestanden/")}
            assert asked == {f"/bestanden/{naam}" for naam in fouten}
