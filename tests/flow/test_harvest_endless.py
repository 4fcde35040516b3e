"""Sites that drip, that name documents without end, and that lie about what a file is: each ends with its reason."""

from pathlib import Path

from tests.flow.oogsten import installatie, item, oogst
from tests.servers.uitgever import EINDELOOS, Stuk, Uitgever
from woo.domain.oogst import Oogstuitkomst


def test_a_file_that_drips_ends_at_the_time_limit_and_holds_up_nothing(tmp_path: Path) -> None:
    limits = {"retries": 0, "concurrency": 4, "timeout": 4}
    with Uitgever() as site, installatie(tmp_path, site, limits=limits) as inst:
        site.zet(Stuk("druppel.txt", b"x", fout="druppel"), Stuk("goed.txt", b"Een besluit."))
        run = oogst(inst)
        assert (run.uitkomst, run.tellingen) == (Oogstuitkomst.VOLLEDIG, {"new": 1, "failed": 1})
        assert item(inst, site, "druppel.txt").reden == "timeout: no answer in time"
        assert item(inst, site, "goed.txt").document_id is not None
        assert list(inst.settings.oogst.spool.rglob("haal-*")) == []


def test_a_list_without_end_is_cut_off_and_withdraws_nothing(tmp_path: Path) -> None:
    limits = {"retries": 0, "documents": 5, "sitemap_bytes": 500_000}
    with Uitgever() as site, installatie(tmp_path, site, limits=limits) as inst:
        site.vul(5)
        assert oogst(inst).tellingen == {"new": 5}
        site.vul(12)
        del site.stukken["stuk-000000.txt"]
        run = oogst(inst)
        assert (run.uitkomst, run.ontdekt) == (Oogstuitkomst.ONVOLLEDIG, 5)
        assert {kind: count for kind, _, count in run.waarschuwingen} == {"endless_documents": 6}
        site.robots = f"Sitemap: {site.adres}{EINDELOOS}\n"
        run = oogst(inst)
        assert (run.uitkomst, run.ontdekt) == (Oogstuitkomst.ONVOLLEDIG, 0)
        assert "no_answer:too_large" in {kind for kind, _, _ in run.waarschuwingen}
        with inst.platform.registry.read() as reading:
            assert all(document.intrekking is None for document in reading.documents())


def test_what_a_file_is_its_content_says_whatever_its_name_and_header_say(tmp_path: Path) -> None:
    with Uitgever() as site, installatie(tmp_path, site) as inst:
        site.zet(
            Stuk("pagina.pdf", b"<!doctype html><html><body>Log in</body></html>", soort="application/pdf"),
            Stuk("ruis.bin", bytes(range(256)), soort="application/pdf"),
            Stuk("tekst.txt", b"Een besluit.", soort="image/png"),
        )
        assert oogst(inst).tellingen == {"new": 1, "failed": 2}
        redenen = {naam: str(item(inst, site, naam).reden).partition(":")[0] for naam in site.stukken}
        assert redenen == {"pagina.pdf": "html", "ruis.bin": "kind", "tekst.txt": "None"}
