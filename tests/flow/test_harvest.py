"""Harvesting a real server on loopback: new, changed, gone and faulty documents, and what may never happen."""

from pathlib import Path

import pytest

from ingest.oogst.kind import Kind
from tests.flow.installation import TESTER, Installation
from tests.flow.oogsten import BRON, bron_van, installatie, item, oogst, schrijf_bron, verslag
from tests.servers.uitgever import Site, Stuk, Uitgever
from woo.domain.errors import Refused
from woo.domain.oogst import Oogstuitkomst, Verschil
from woo.domain.publicatie import Publicatiestatus
from woo.oogst import load_bronnen
from woo.usecases.oogst import geef_vrij
from woo.usecases.oogst_noteren import WACHT


@pytest.fixture
def site():
    with Uitgever() as site:
        yield site


def _document(inst: Installation, site: Site, naam: str):
    found = item(inst, site, naam)
    with inst.platform.registry.read() as reading:
        return reading.document_with_publicatie(str(found.document_id))


def test_new_documents_are_public_with_what_the_source_says(tmp_path: Path, site: Site) -> None:
    site.zet(
        Stuk("hoofd.txt", b"Het besluit over de Molenakker.", titel="Besluit Molenakker", kenmerk="Z-1"),
        Stuk(
            "bijlage.txt", b"De kaart van de Molenakker.", titel="Kaart", kenmerk="Z-1", deel_van="hoofd.txt"
        ),
        Stuk("los.txt", b"Een ander besluit.", titel="Ander besluit"),
    )
    with installatie(tmp_path, site) as inst:
        run = oogst(inst)
        made = verslag(inst, run)
        assert run.uitkomst is Oogstuitkomst.VOLLEDIG
        assert made.changes == {"new": 3, "changed": 0, "unchanged": 0, "gone": 0, "failed": 0}
        assert made.report.states["indexed"] == 3
        hoofd, publicatie = _document(inst, site, "hoofd.txt")
        bijlage, same = _document(inst, site, "bijlage.txt")
        assert publicatie.id == same.id
        assert (publicatie.officiele_titel, publicatie.publisher) == ("Besluit Molenakker", "gm0153")
        assert publicatie.status is Publicatiestatus.GEPUBLICEERD
        with inst.platform.registry.read() as reading:
            assert [(r.van, r.naar) for r in reading.relaties(hoofd.id)] == [(hoofd.id, bijlage.id)]
        hits = inst.public().get("/v1/documenten", {"zoek": "Molenakker"}).json()
        assert hits["totaal"] == 2
    assert {agent.split()[0] for agent in site.agents} == {"woo-platform"}


def test_what_did_not_change_costs_no_request_beyond_its_sitemap(tmp_path: Path, site: Site) -> None:
    site.vul(200)
    with installatie(tmp_path, site) as inst:
        oogst(inst)
        site.gevraagd.clear()
        run = oogst(inst)
        assert run.tellingen == {"unchanged": 200}
        assert sum(site.gevraagd.values()) == run.verzoeken
        assert sum(site.gevraagd.values()) <= 200 / 50


def test_a_changed_file_is_a_new_version_and_changed_words_alone_cost_no_request(
    tmp_path: Path, site: Site
) -> None:
    site.zet(
        Stuk("a.txt", b"Eerste versie."),
        Stuk("b.txt", b"Blijft hetzelfde."),
        Stuk("c.txt", b"Zelfde bestand."),
    )
    with installatie(tmp_path, site) as inst:
        oogst(inst)
        site.zet(
            Stuk("a.txt", b"Tweede versie.", lastmod="2026-02-01T00:00:00Z"),
            Stuk("b.txt", b"Blijft hetzelfde.", titel="Een betere titel"),
            Stuk("c.txt", b"Zelfde bestand.", lastmod="2026-02-01T00:00:00Z"),
        )
        site.gevraagd.clear()
        run = oogst(inst)
        assert run.tellingen == {"changed": 3}
        assert _document(inst, site, "a.txt")[0].versie == 2
        assert _document(inst, site, "b.txt")[0].officiele_titel == "Een betere titel"
        assert _document(inst, site, "c.txt")[0].versie == 1
        assert site.gevraagd["/bestanden/b.txt"] == 0


def test_absent_is_asked_once_and_only_gone_is_withdrawn(tmp_path: Path, site: Site) -> None:
    site.zet(*(Stuk(f"{n}.txt", f"Stuk {n}".encode()) for n in "abcde"))
    with installatie(tmp_path, site) as inst:
        oogst(inst)
        inst.work()
        weg, vergeten = site.stukken.pop("a.txt"), site.stukken["b.txt"]
        site.bladen["/bestanden/b.txt"] = (200, {}, vergeten.inhoud)
        del site.stukken["b.txt"]
        run = oogst(inst)
        assert run.tellingen == {"gone": 1, "unchanged": 4}
        gone, publicatie = _document(inst, site, "a.txt")
        assert gone.intrekking is not None
        assert "van haar site gehaald" in gone.intrekking.reden
        assert publicatie.status is Publicatiestatus.INGETROKKEN
        inst.work()
        public = inst.public()
        assert public.get(f"/v1/documenten/{gone.id}").status_code == 410
        assert _document(inst, site, "b.txt")[0].intrekking is None
        run = oogst(inst)
        assert run.tellingen["gone"] == 1
        assert _document(inst, site, "b.txt")[0].intrekking is not None

        site.zet(weg)  # it was a mistake over there
        oogst(inst)
        back, publicatie = _document(inst, site, "a.txt")
        assert (back.id, back.intrekking) == (gone.id, None)
        assert publicatie.status is Publicatiestatus.GEPUBLICEERD


def test_a_file_that_is_410_is_withdrawn_at_once_though_a_sitemap_names_it(
    tmp_path: Path, site: Site
) -> None:
    site.zet(Stuk("a.txt", b"Stuk a"), Stuk("b.txt", b"Stuk b"))
    with installatie(tmp_path, site) as inst:
        oogst(inst)
        site.stukken["a.txt"].lastmod = "2026-03-01T00:00:00Z"
        site.weg.add("a.txt")
        assert oogst(inst).tellingen == {"gone": 1, "unchanged": 1}
        assert _document(inst, site, "a.txt")[0].intrekking is not None


def test_what_a_person_withdrew_here_stays_withdrawn(tmp_path: Path, site: Site) -> None:
    from tests.flow.installation import TESTER
    from woo.usecases.intrekking import withdraw_document

    site.zet(Stuk("a.txt", b"Stuk a"), Stuk("b.txt", b"Stuk b"))
    with installatie(tmp_path, site) as inst:
        oogst(inst)
        withdraw_document(
            inst.platform, TESTER, _document(inst, site, "a.txt")[0].id, reden="Er stond een naam in."
        )
        site.zet(Stuk("a.txt", b"Stuk a, opnieuw", lastmod="2026-03-01T00:00:00Z"))
        oogst(inst)
        document, _ = _document(inst, site, "a.txt")
        assert (document.versie, document.intrekking is None) == (1, False)


def test_a_run_that_breaks_its_assertions_changes_nothing(tmp_path: Path, site: Site) -> None:
    site.vul(10)
    with installatie(tmp_path, site, assertions={"documents_min": 5}) as inst:
        oogst(inst)
        for n in range(8):
            del site.stukken[f"stuk-{n:06d}.txt"]
        site.stukken["stuk-000008.txt"].lastmod = "2026-05-01T00:00:00Z"
        site.gevraagd.clear()
        run = oogst(inst)
        assert run.uitkomst is Oogstuitkomst.GEWEIGERD
        assert "documents_min is 5" in str(run.reden)
        assert site.bestanden_gevraagd() == 0
        with inst.platform.registry.read() as reading:
            assert all(document.intrekking is None for document in reading.documents())


def test_an_incomplete_run_withdraws_nothing(tmp_path: Path, site: Site) -> None:
    site.vul(12)
    site.per_sitemap = 4
    with installatie(tmp_path, site) as inst:
        oogst(inst)
        site.bladen["/sitemaps/1.xml"] = (404, {}, b"weg")
        for n in range(4, 8):
            site.weg.add(f"stuk-{n:06d}.txt")
        run = oogst(inst)
        assert run.uitkomst is Oogstuitkomst.ONVOLLEDIG
        assert "gone" not in run.tellingen
        whole, site.bladen["/sitemaps/1.xml"] = site.sitemap(1), (200, {}, b"")
        site.bladen["/sitemaps/1.xml"] = (200, {}, whole[: len(whole) // 2])
        assert oogst(inst).uitkomst is Oogstuitkomst.ONVOLLEDIG
        with inst.platform.registry.read() as reading:
            assert all(document.intrekking is None for document in reading.documents())


FAULTS = {
    "html.txt": ("html", "html"),
    "500.txt": ("500", "http"),
    "404.txt": ("404", "http"),
    "cut.txt": ("afgebroken", "cut"),
    "loop.txt": ("lus", "redirects"),
    "endless.txt": ("eindeloos", "too_large"),
    "private.txt": ("naar:http://169.254.169.254/latest/meta-data", "address_not_allowed"),
    "other.txt": ("naar:http://elders.voorbeeld.nl/x", "address_not_allowed"),
    "scheme.txt": ("naar:ftp://127.0.0.1/x", "http"),
    "bomb.txt": ("gzip", "too_large"),
}


@pytest.mark.prove
@pytest.mark.timeout(7200)
def test_every_fault_ends_as_an_item_with_its_reason_and_holds_up_nothing(
    tmp_path: Path, site: Site, proving: bool
) -> None:
    whole = 50_000 if proving else 60
    site.vul(whole)
    site.zet(*(Stuk(naam, b"inhoud", fout=fout) for naam, (fout, _) in FAULTS.items()))
    site.stukken["bomb.txt"].inhoud = b"0" * 3_000_000
    site.zet(Stuk("429.txt", b"later", fout="429_eenmaal"), Stuk("503.txt", b"later ook", fout="503_eenmaal"))
    site.zet(Stuk("again.txt", b"toch heel", fout="afgebroken_eenmaal"))
    site.zet(
        Stuk("leeg.txt", b""),
        Stuk(
            "vreemd.txt", b"van een ander", publisher="https://identifier.overheid.nl/tooi/id/gemeente/gm0363"
        ),
    )
    site.zet(Stuk("onbekend.bin", bytes(range(256)), soort="application/pdf"))
    with installatie(tmp_path, site) as inst:
        run = oogst(inst)
        made = verslag(inst, run)
        by_name = {each["path"].rpartition("/")[2]: each for each in made.report.items}
        assert len(by_name) == len(site.stukken)
        for naam, (_, code) in FAULTS.items():
            assert by_name[naam]["state"] == "quarantined", naam
            assert by_name[naam]["reason"].startswith(f"{code}:"), by_name[naam]
            assert by_name[naam]["change"] == "failed"
        assert {by_name[each]["state"] for each in ("429.txt", "503.txt", "again.txt")} == {"indexed"}
        assert by_name["leeg.txt"]["reason"].startswith("empty:")
        assert "may not publish for it" in by_name["vreemd.txt"]["reason"]
        assert by_name["onbekend.bin"]["reason"].startswith("kind:")
        assert made.report.states["indexed"] == whole + 3
        assert {kind: count for kind, _, count in run.waarschuwingen}["document:address_not_allowed"] == 2
        assert list(inst.settings.oogst.spool.rglob("haal-*")) == []
        assert made.refused


def test_redirects_stay_within_the_hosts_and_names_that_lead_home_are_refused(
    tmp_path: Path, site: Site
) -> None:
    site.zet(
        Stuk("goed.txt", b"Goed stuk"), Stuk("via.txt", b"", fout=f"naar:{site.adres}/bestanden/goed.txt")
    )
    with installatie(tmp_path, site) as inst:
        oogst(inst)
        assert (
            item(inst, site, "via.txt").document_id is not None
            or item(inst, site, "via.txt").reden is not None
        )
    site.adres = site.adres.replace("127.0.0.1", "localhost")
    inst = installatie(tmp_path / "twee", site)
    inst.settings = inst.settings.model_copy(
        update={"oogst": inst.settings.oogst.model_copy(update={"allow_private": False})}
    )
    with inst:
        asked = sum(site.gevraagd.values())
        with Kind() as kind:
            run = oogst(inst, kind=kind)
        assert run.uitkomst is Oogstuitkomst.ONVOLLEDIG
        assert run.ontdekt == 0
        assert sum(site.gevraagd.values()) == asked


def test_review_makes_concepts_and_a_change_of_what_is_public_waits(tmp_path: Path, site: Site) -> None:
    from woo.usecases.publicatie import publish

    site.zet(Stuk("a.txt", b"Stuk a"), Stuk("b.txt", b"Stuk b"))
    with installatie(tmp_path, site, policy="review") as inst:
        oogst(inst)
        inst.work()
        _, publicatie = _document(inst, site, "a.txt")
        assert publicatie.status is Publicatiestatus.CONCEPT
        publish(inst.platform, TESTER, publicatie.id)
        for naam in ("a.txt", "b.txt"):
            site.zet(Stuk(naam, f"Nieuw {naam}".encode(), lastmod="2026-04-01T00:00:00Z"))
        site.zet(Stuk("c.txt", b"Bijlage bij a", deel_van="a.txt"))
        assert oogst(inst).tellingen == {"changed": 2, "new": 1}
        assert _document(inst, site, "a.txt")[0].versie == 1
        waits = item(inst, site, "c.txt")  # it would be put into what is public
        assert (item(inst, site, "a.txt").reden, waits.reden, waits.document_id) == (WACHT, WACHT, None)
        assert _document(inst, site, "b.txt")[0].versie == 2
        site.gevraagd.clear()
        oogst(inst)
        assert site.bestanden_gevraagd() == 0  # what waits is not fetched again and again
        bronnen = load_bronnen(inst.settings, inst.platform.lijsten)
        assert geef_vrij(inst.platform, TESTER, bronnen, BRON) == (1, 0, 2)
        assert oogst(inst).tellingen == {"changed": 1, "new": 1, "unchanged": 1}
        assert _document(inst, site, "a.txt")[0].versie == 2
        assert _document(inst, site, "c.txt")[1].id == publicatie.id
        with inst.platform.registry.read() as reading:
            assert len(reading.relaties(_document(inst, site, "a.txt")[0].id)) == 1


def test_robots_txt_is_obeyed(tmp_path: Path, site: Site) -> None:
    site.zet(Stuk("open.txt", b"Open"), Stuk("dicht.txt", b"Dicht"))
    site.robots = f"User-agent: woo-platform\nDisallow: /bestanden/dicht.txt\nSitemap: {site.adres}/sitemaps/sitemapindex-diwoo-infocat014.xml\n"
    with installatie(tmp_path, site) as inst:
        run = oogst(inst)
        assert run.tellingen == {"new": 1, "failed": 1}
        assert str(item(inst, site, "dicht.txt").reden).startswith("robots:")
    assert site.gevraagd["/bestanden/dicht.txt"] == 0


def test_endless_sitemaps_and_bombs_end(tmp_path: Path, site: Site) -> None:
    import gzip

    for n in range(60):
        follow = f"<sitemap><loc>{site.adres}/sitemaps/kalender-{n + 1}.xml</loc></sitemap>"
        body = (
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{follow * 2}</sitemapindex>'
        )
        site.bladen[f"/sitemaps/kalender-{n}.xml"] = (200, {}, body.encode())
    bomb = gzip.compress(b"<urlset>" + b" " * 30_000_000)
    site.bladen["/sitemaps/bom-sitemap.xml.gz"] = (200, {}, bomb)
    site.robots = (
        f"Sitemap: {site.adres}/sitemaps/kalender-0.xml\nSitemap: {site.adres}/sitemaps/bom-sitemap.xml.gz\n"
    )
    with installatie(tmp_path, site, limits={"sitemap_bytes": 1_000_000, "retries": 0}) as inst:
        run = oogst(inst)
        kinds = {kind for kind, _, _ in run.waarschuwingen}
        assert run.uitkomst is Oogstuitkomst.ONVOLLEDIG
        assert {"endless_sitemaps", "sitemap:te_groot", "sitemap_not_named_diwoo"} <= kinds
        assert sum(site.gevraagd.values()) < 12


def test_a_dry_run_and_a_limit(tmp_path: Path, site: Site) -> None:
    site.vul(10)
    with installatie(tmp_path, site) as inst:
        from ingest.oogst.lopen import Oogst
        from tests.flow.installation import TESTER

        told = Oogst(inst.platform, TESTER, bron_van(inst), inst.settings).proef()
        assert told.gevonden.verschillen == {Verschil.NIEUW: 10}
        with inst.platform.registry.read() as reading:
            assert reading.oogst.runs(BRON) == []
        run = oogst(inst, limiet=3)
        assert (run.uitkomst, run.tellingen) == (Oogstuitkomst.ONVOLLEDIG, {"new": 3})
        assert oogst(inst).tellingen == {"new": 7, "unchanged": 3}


def test_a_source_is_asked_only_in_its_window_and_one_run_at_a_time(tmp_path: Path, site: Site) -> None:
    site.vul(1)
    with installatie(tmp_path, site) as inst:
        now = inst.platform.now()
        inst.platform.registry.leases.acquire(
            f"oogst:{BRON}", houder="elders:1:1", now=now, duration=_minute()
        )
        with pytest.raises(Refused, match="harvested already"):
            oogst(inst)
        hour = (now.hour + 12) % 24
        schrijf_bron(tmp_path / "sources", site, windows=[f"{hour:02d}:00-{hour:02d}:01"])
        with pytest.raises(Refused, match="may be asked only between"):
            oogst(inst)
    assert sum(site.gevraagd.values()) == 0


def _minute():
    from datetime import timedelta

    return timedelta(minutes=1)


def test_a_group_is_not_named_after_what_may_not_be_taken_over(tmp_path: Path, site: Site) -> None:
    ander = "https://identifier.overheid.nl/tooi/id/gemeente/gm0363"
    site.zet(
        Stuk("eerste.txt", b"Van een ander", titel="Van een ander", publisher=ander, kenmerk="Z-1"),
        Stuk("tweede.txt", b"Van ons", titel="Van ons", kenmerk="Z-1"),
    )
    with installatie(tmp_path, site) as inst:
        assert oogst(inst).tellingen == {"failed": 1, "new": 1}
        assert _document(inst, site, "tweede.txt")[1].officiele_titel == "Van ons"


def test_a_site_that_has_ipv6_alone(tmp_path: Path) -> None:
    try:
        six = Uitgever("::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    with six as site, installatie(tmp_path, site) as inst:
        site.zet(Stuk("a.txt", b"Stuk a"))
        assert oogst(inst).tellingen == {"new": 1}
        with inst.platform.registry.read() as reading:
            assert {row["ip"] for row in reading.oogst.answers(BRON)} == {"::1"}
