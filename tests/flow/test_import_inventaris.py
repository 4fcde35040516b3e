"""An inventory goes in as it was looked at, all or nothing, and never hides or removes a document."""

import os
import pty
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from ingest.inventaris import Bevestiging
from ingest.inventaris import bring_in as bring_in_
from tests.api.pdfs import write_pdf
from tests.flow.commands import Ended, run
from tests.flow.installation import ENSCHEDE, TESTER, WOO_VERZOEK, Installation, command, environment
from woo.cli import build_app
from woo.domain.actor import Actor, Rol
from woo.domain.besluit import Uitkomst
from woo.domain.errors import InvalidValue, NotAllowed, NotFound, Refused, WooError
from woo.domain.events import Actie
from woo.domain.inventaris import Beoordeling, Inventarisregel
from woo.domain.publicatie import Publicatiestatus
from woo.domain.verzoek import Opschorting, Opschortingsgrond
from woo.inventaris.lezen import Inventaris, Leeswijze
from woo.usecases.intrekking import withdraw
from woo.usecases.inventaris import import_inventaris, propose_inventaris
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish
from woo.usecases.verzoek import NieuwBesluit, put_off, register_besluit, register_verzoek, resume, suspend

KOP = ["Nr.", "Naam document", "Datum", "Beoordeling", "Weigeringsgrond"]
BRIEF: list[Any] = ["1", "Brief over kwartelwei", date(2020, 3, 26), "openbaar", None]
NOTA: list[Any] = [
    "2",
    "Nota over kwartelwei",
    "26-3-2020",
    "Gedeeltelijk openbaar",
    "5.1.2e; art. 10.2.g Wob",
]
REDACTEUR = Actor("redacteur", Rol.REDACTEUR, "tests")


def write_sheet(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in (KOP, *rows):
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "rondweg"
    folder.mkdir()
    write_pdf(folder / "1.pdf", ["Brief\nOver kwartelwei."])
    write_pdf(folder / "2.pdf", ["Nota\nOver kwartelwei."])
    return folder


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return write_sheet(tmp_path / "lijst.xlsx", BRIEF, NOTA)


def the_publicatie(installation: Installation) -> str:
    with installation.platform.registry.read() as reading:
        [only] = reading.publicaties()
    return only.id


def by_command(installation: Installation, sheet: Path, id: str, *words: str) -> Ended:
    return run(installation, "import", "inventaris", str(sheet), "--publicatie", id, *words)


def bring_in(
    installation: Installation, sheet: Path, doel: str | NieuwePublicatie, how: Bevestiging = Bevestiging.JA
) -> tuple[bool, str]:
    """What the command does, in this process: whether nothing stood in the way, and what was told."""
    told: list[str] = []
    ok = bring_in_(
        installation.settings, sheet, doel, Leeswijze(), how, tell=told.append, ask=lambda _: False
    )
    return ok, "\n".join(told)


def regels(installation: Installation, id: str) -> dict[str, Inventarisregel]:
    with installation.platform.registry.read() as reading:
        return {regel.nummer: regel for regel in reading.dossier.regels(id)}


def actions(installation: Installation, id: str) -> list[tuple[Actie, dict[str, Any]]]:
    with installation.platform.registry.read() as reading:
        events = reading.events(object_id=id)
    return [(each.actie, dict(each.details)) for each in events if each.actie.value.startswith("inventaris")]


def test_looking_changes_nothing_and_taking_over_twice_changes_nothing_more(
    installation: Installation, folder: Path, sheet: Path
) -> None:
    installation.ingest(folder, publish=False)
    id = the_publicatie(installation)
    looked = by_command(installation, sheet, id, "--dry-run")
    assert looked.returncode == 0, looked.stderr
    assert "       2  nieuw" in looked.stdout.decode()
    assert "Documenten: 2 rijen met hun document, 0 zonder" in looked.stdout.decode()
    assert "Er is niets veranderd." in looked.stdout.decode()
    assert regels(installation, id) == {}

    taken = by_command(installation, sheet, id, "--yes")
    assert taken.returncode == 0, taken.stderr
    assert f"{id} inventaris overgenomen: 2 regels" in taken.stdout.decode()
    kept = regels(installation, id)
    assert kept["2"].beoordeling is Beoordeling.DEELS_OPENBAAR
    assert kept["2"].gronden == ("5.1.2.e", "10.2.g")
    assert kept["1"].datum == kept["2"].datum == date(2020, 3, 26)
    with installation.platform.registry.read() as reading:
        names = {each.bestand.naam: each.id for each in reading.documents() if each.bestand}
    assert {n: regel.document_id for n, regel in kept.items()} == {"1": names["1.pdf"], "2": names["2.pdf"]}
    [(action, details)] = actions(installation, id)
    assert action is Actie.INVENTARIS_IMPORTED
    assert (details["nieuw"], details["gewijzigd"], details["verdwenen"], len(details["sha256"])) == (
        2,
        0,
        0,
        64,
    )

    again = by_command(installation, sheet, id, "--yes")
    assert again.returncode == 0
    assert "       2  gelijk" in again.stdout.decode()
    assert "Er is niets veranderd." in again.stdout.decode()
    assert regels(installation, id) == kept
    assert len(actions(installation, id)) == 1


def test_changed_and_gone_rows_are_told_logged_and_taken_over(
    installation: Installation, folder: Path, sheet: Path, tmp_path: Path
) -> None:
    installation.ingest(folder)
    id = the_publicatie(installation)
    bring_in(installation, sheet, id)
    changed = write_sheet(tmp_path / "later.xlsx", [*BRIEF[:3], "deels openbaar", "5.1.2e"])
    _, told = bring_in(installation, changed, id)
    assert "1: beoordeling openbaar → deels openbaar; gronden – → 5.1.2.e" in told
    assert "       1  verdwenen" in told
    assert list(regels(installation, id)) == ["1"]
    assert actions(installation, id)[2:] == [
        (
            Actie.INVENTARISREGEL_CHANGED,
            {
                "nummer": "1",
                "velden": "beoordeling,gronden",
                "beoordeling_was": "openbaar",
                "beoordeling_is": "deels_openbaar",
                "gronden_was": [],
                "gronden_is": ["5.1.2.e"],
            },
        ),
        (
            Actie.INVENTARISREGEL_REMOVED,
            {"nummer": "2", "beoordeling_was": "deels_openbaar", "gronden_was": ["5.1.2.e", "10.2.g"]},
        ),
    ]
    assert len(installation.public().ids("kwartelwei")) == 2  # a row that went takes no document along


def test_errors_are_all_told_and_nothing_is_taken_over(
    installation: Installation, folder: Path, tmp_path: Path
) -> None:
    installation.ingest(folder, publish=False)
    id = the_publicatie(installation)
    wrong = ["3", "Memo", "03/26/2020", "Bijna openbaar", "5.1.2z"]
    ended = by_command(installation, write_sheet(tmp_path / "fout.xlsx", BRIEF, wrong), id, "--yes")
    assert ended.returncode == 1
    told = ended.stdout.decode()
    for line in (
        "Fouten (3)",
        "rij 3, kolom Beoordeling: “Bijna openbaar” is geen bekende beoordeling",
        "rij 3, kolom Datum: “03/26/2020” bestaat niet als dag-maand: er is geen maand 26",
        "rij 3, kolom Weigeringsgrond: “5.1.2z” is geen grond van de Woo of de Wob",
        "Er is niets overgenomen",
    ):
        assert line in told
    assert regels(installation, id) == {}
    assert actions(installation, id) == []


def test_a_public_document_that_the_list_refuses_blocks_until_it_is_withdrawn(
    installation: Installation, folder: Path, tmp_path: Path
) -> None:
    installation.ingest(folder)
    id = the_publicatie(installation)
    refused = write_sheet(tmp_path / "geweigerd.xlsx", [*BRIEF[:3], "Niet openbaar", "5.1.2e"], NOTA)
    ok, told = bring_in(installation, refused, id)
    assert not ok
    assert "GEBLOKKEERD" in told
    with installation.platform.registry.read() as reading:
        brief = next(each.id for each in reading.documents() if each.bestand and each.bestand.naam == "1.pdf")
    assert f"woo withdraw {brief} --reason" in told
    assert regels(installation, id) == {}
    assert brief in installation.public().ids("kwartelwei")  # it is not hidden by the list either
    withdraw(installation.platform, TESTER, brief, reden="Mocht niet openbaar.")
    assert bring_in(installation, refused, id)[0]
    assert regels(installation, id)["1"].document_id == brief


def test_a_concept_is_not_published_with_a_document_that_its_inventory_refuses(
    installation: Installation, folder: Path, tmp_path: Path
) -> None:
    installation.ingest(folder, publish=False)
    id = the_publicatie(installation)
    refused = write_sheet(tmp_path / "geweigerd.xlsx", [*BRIEF[:3], "Niet openbaar", "5.1.2e"], NOTA)
    _, told = bring_in(installation, refused, id)
    assert "Mag niet openbaar worden: trek in vóór de publicatie openbaar wordt" in told
    ended = run(installation, "publish", id)
    assert ended.returncode == 1
    assert b"the inventory says that these documents are not public: 1 (document" in ended.stderr
    document = regels(installation, id)["1"].document_id
    assert document is not None
    withdraw(installation.platform, TESTER, document, reden="Mag niet openbaar.")
    assert publish(installation.platform, TESTER, id).status is Publicatiestatus.GEPUBLICEERD


def test_a_document_that_came_after_the_list_is_not_published_against_it(
    installation: Installation, folder: Path, tmp_path: Path
) -> None:
    """The list first, then the files, one too many among them."""
    installation.ingest(folder, publish=False)
    id = the_publicatie(installation)
    late = ["3", "Memo", None, "Niet openbaar", "5.1.2e"], ["4", "Kaart", None, "Openbaar", None]
    assert bring_in(installation, write_sheet(tmp_path / "lijst.xlsx", BRIEF, NOTA, *late), id)[0]
    memo = write_pdf(folder / "3.pdf", ["Memo\nOver kwartelwei."])
    installation.ingest(folder, publish=False)
    with pytest.raises(Refused, match=r"are not public: 3 \(document"):
        publish(installation.platform, TESTER, id)
    with installation.platform.registry.read() as reading:
        added = next(each for each in reading.documents() if each.bestand and each.bestand.naam == "3.pdf")
    withdraw(installation.platform, TESTER, added.id, reden="Mag niet openbaar.")
    publish(installation.platform, TESTER, id)
    memo.unlink()
    write_pdf(folder / "0003.pdf", ["Memo\nNog eens over kwartelwei."])
    write_pdf(folder / "4.pdf", ["Kaart\nKaart van kwartelwei."])
    report = installation.ingest(folder)
    [item] = [item for item in report.items if item["path"].endswith("0003.pdf")]
    assert item["state"] == "quarantined"
    assert "the inventory says in row 3 that this document is not public" in str(item["reason"])
    assert report.states["indexed"] == 3
    assert len(installation.public().ids("kwartelwei")) == 3


def test_a_new_concept_is_made_once_of_a_sheet(installation: Installation, sheet: Path) -> None:
    words = ["--publisher", ENSCHEDE, "--titel", "Rondweg", "--kenmerk", "Woo-2024/8"]
    wish = NieuwePublicatie(ENSCHEDE, "Rondweg", (WOO_VERZOEK,), kenmerk="Woo-2024/8")
    assert bring_in(installation, sheet, wish, Bevestiging.NIET)[0]
    with installation.platform.registry.read() as reading:
        assert reading.publicaties() == []
    assert by_command(installation, sheet, "nieuw", *words, "--yes").returncode == 0
    with installation.platform.registry.read() as reading:
        [made] = reading.publicaties()
    assert (made.status, made.publisher) == (Publicatiestatus.CONCEPT, ENSCHEDE)
    assert (made.officiele_titel, made.kenmerk) == ("Rondweg", "Woo-2024/8")
    assert len(regels(installation, made.id)) == 2
    with pytest.raises(Refused, match=f"it made publicatie {made.id} before"):
        bring_in(installation, sheet, wish)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--publicatie", "p1"], "there is nobody to confirm"),
        (["--publicatie", "nieuw", "--yes"], "needs --publisher and --titel"),
        (["--publicatie", "p1", "--yes", "--titel", "x"], "go with --publicatie nieuw"),
        (["--publicatie", "p1", "--yes", "--datums", "jaar"], "--datums"),
        (["--yes"], "--publicatie"),
    ],
)
def test_wrong_use_is_told_as_such(sheet: Path, words: list[str], why: str) -> None:
    ended = CliRunner().invoke(build_app(), ["import", "inventaris", str(sheet), *words])
    assert ended.exit_code == 2
    assert why in " ".join(ended.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("leeg.csv", b"", "The file is empty"),
        ("lijst.xlsx", b"%PDF-1.7", "This is not a spreadsheet"),
        ("lijst.csv", b"Wat;Hoe\n1;2\n", "no row has headings for nummer, documentnaam, beoordeling"),
    ],
)
def test_a_file_that_is_no_inventory_is_refused(
    installation: Installation, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WooError, match=why):
        bring_in(installation, tmp_path / name, "p1")


def test_what_is_refused_is_told_in_one_line(installation: Installation, sheet: Path) -> None:
    unknown = by_command(installation, sheet, "p9", "--yes")
    assert (unknown.returncode, unknown.stderr) == (1, b"woo: There is no publicatie with id 'p9'.\n")
    gone = by_command(installation, sheet.with_name("weg.xlsx"), "p9", "--yes")
    assert gone.returncode == 2


def on_terminal(installation: Installation, answer: bytes, *words: str) -> tuple[int, str]:
    """Run the command with a terminal as its stdin, on which a person answers."""
    ours, theirs = pty.openpty()
    os.write(ours, answer)
    try:
        ended = subprocess.run(
            command(words),
            stdin=theirs,
            env=environment(installation.environ),
            capture_output=True,
            timeout=120,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    return ended.returncode, ended.stderr.decode()


def test_a_person_is_asked_and_anything_but_yes_is_no(installation: Installation, sheet: Path) -> None:
    id = create_publicatie(
        installation.platform, TESTER, NieuwePublicatie(ENSCHEDE, "Rondweg", (WOO_VERZOEK,))
    ).id
    words = ["import", "inventaris", str(sheet), "--publicatie", id]
    code, asked = on_terminal(installation, b"\n", *words)
    assert (code, asked) == (0, "Dit overnemen? [j/N] ")
    assert regels(installation, id) == {}
    assert on_terminal(installation, b"j\n", *words)[0] == 0
    assert len(regels(installation, id)) == 2


def lijst(*rows: Inventarisregel) -> Inventaris:
    return Inventaris(rows, (), (), len(rows))


def row(nummer: str, beoordeling: Beoordeling = Beoordeling.OPENBAAR) -> Inventarisregel:
    return Inventarisregel("", int(nummer), nummer, f"stuk {nummer}", beoordeling)


def test_what_changed_since_it_was_seen_is_not_taken_over(installation: Installation, folder: Path) -> None:
    installation.ingest(folder, publish=False)
    id, platform = the_publicatie(installation), installation.platform
    first, second = lijst(row("1")), lijst(row("1"), row("2"))
    seen_first, seen_second = (propose_inventaris(platform, TESTER, id, each) for each in (first, second))
    import_inventaris(platform, TESTER, second, seen_second, sha256="0" * 64)
    with pytest.raises(Refused, match="it changed since you looked"):
        import_inventaris(platform, TESTER, first, seen_first, sha256="0" * 64)
    assert len(regels(installation, id)) == 2


def test_what_was_published_since_it_was_seen_blocks_too(installation: Installation, folder: Path) -> None:
    installation.ingest(folder, publish=False)
    id, platform = the_publicatie(installation), installation.platform
    refused = lijst(row("1", Beoordeling.NIET_OPENBAAR))
    seen = propose_inventaris(platform, TESTER, id, refused)
    publish(platform, TESTER, id)
    with pytest.raises(Refused):
        import_inventaris(platform, TESTER, refused, seen, sha256="0" * 64)
    again = propose_inventaris(platform, TESTER, id, refused)
    with pytest.raises(Refused, match="documents are public that the list says are not: 1 "):
        import_inventaris(platform, TESTER, refused, again, sha256="0" * 64)


def test_where_nothing_differs_nothing_is_written(installation: Installation, folder: Path) -> None:
    installation.ingest(folder, publish=False)
    id, platform = the_publicatie(installation), installation.platform
    for _ in range(2):
        seen = propose_inventaris(platform, TESTER, id, lijst(row("1")))
        import_inventaris(platform, TESTER, lijst(row("1")), seen, sha256="0" * 64)
    assert len(actions(installation, id)) == 1


def test_rights_are_checked_where_it_is_done(installation: Installation, folder: Path) -> None:
    installation.ingest(folder, publish=False)
    id, platform = the_publicatie(installation), installation.platform
    seen = propose_inventaris(platform, REDACTEUR, id, lijst(row("1")))
    with pytest.raises(NotAllowed):
        import_inventaris(
            platform, Actor("lezer", Rol.LEZER, "tests"), lijst(row("1")), seen, sha256="0" * 64
        )
    import_inventaris(platform, REDACTEUR, lijst(row("1")), seen, sha256="0" * 64)
    publish(platform, TESTER, id)
    seen = propose_inventaris(platform, REDACTEUR, id, lijst(row("2")))
    with pytest.raises(NotAllowed):
        import_inventaris(platform, REDACTEUR, lijst(row("2")), seen, sha256="0" * 64)
    assert list(regels(installation, id)) == ["1"]


def test_a_withdrawn_publicatie_stays_as_it_was(
    installation: Installation, folder: Path, sheet: Path
) -> None:
    installation.ingest(folder)
    id = the_publicatie(installation)
    withdraw(installation.platform, TESTER, id, reden="Vergissing.")
    with pytest.raises(Refused, match="it was withdrawn"):
        bring_in(installation, sheet, id)


def test_an_inventory_goes_along_in_a_backup(
    installation: Installation, folder: Path, sheet: Path, tmp_path: Path
) -> None:
    installation.ingest(folder, publish=False)
    id = the_publicatie(installation)
    bring_in(installation, sheet, id)
    verzoek = register_verzoek(
        installation.platform,
        TESTER,
        kenmerk="Woo-2024/8",
        onderwerp="Rondweg",
        ontvangen_op=date(2024, 1, 8),
        organisatie="gm0153",
    )
    suspend(
        installation.platform,
        TESTER,
        verzoek.id,
        Opschorting(date(2024, 1, 9), None, Opschortingsgrond.ZIENSWIJZE),
    )
    besluit = register_besluit(
        installation.platform,
        TESTER,
        verzoek.id,
        NieuwBesluit("B-1", date(2024, 2, 1), Uitkomst.DEELS_OPENBAAR, 1, id),
    )
    assert run(installation, "backup", str(tmp_path / "b.woo")).returncode == 0
    home = tmp_path / "elsewhere"
    home.mkdir()
    elsewhere = Installation(home)
    assert run(elsewhere, "restore", str(tmp_path / "b.woo")).returncode == 0
    with elsewhere:
        assert regels(elsewhere, id) == regels(installation, id) != {}
        with elsewhere.platform.registry.read() as reading:
            assert reading.dossier.besluiten(publicatie_id=id) == [besluit]
            assert reading.dossier.verzoek(verzoek.id).uiterste_datum() is None


def test_a_request_its_term_and_its_decisions_are_registered_and_logged(installation: Installation) -> None:
    platform = installation.platform
    verzoek = register_verzoek(
        platform,
        REDACTEUR,
        kenmerk=" Woo-2024/8 ",
        onderwerp="Rondweg",
        ontvangen_op=date(2024, 1, 8),
        organisatie="gm0153",
    )
    put_off(platform, REDACTEUR, verzoek.id, op=date(2024, 2, 1))
    suspend(
        platform, REDACTEUR, verzoek.id, Opschorting(date(2024, 2, 2), None, Opschortingsgrond.PRECISERING)
    )
    running = resume(platform, REDACTEUR, verzoek.id, op=date(2024, 2, 9))
    assert (running.kenmerk, running.uiterste_datum()) == ("Woo-2024/8", date(2024, 2, 26))
    first = NieuwBesluit("B-1", date(2024, 2, 1), Uitkomst.DEELS_OPENBAAR, 1)
    besluit = register_besluit(platform, REDACTEUR, verzoek.id, first)
    with pytest.raises(Refused, match="belongs to B-1"):
        register_besluit(platform, REDACTEUR, verzoek.id, first)
    with pytest.raises(NotFound, match="publicatie"):
        register_besluit(
            platform, REDACTEUR, verzoek.id, NieuwBesluit("B-2", first.datum, first.uitkomst, 2, "p9")
        )
    with pytest.raises(InvalidValue, match="in the future"):
        register_verzoek(
            platform,
            REDACTEUR,
            kenmerk="x",
            onderwerp="y",
            ontvangen_op=date(2999, 1, 1),
            organisatie="gm0153",
        )
    with pytest.raises(NotAllowed):
        put_off(platform, Actor("lezer", Rol.LEZER, "tests"), verzoek.id, op=date(2024, 2, 1))
    with platform.registry.read() as reading:
        assert [each.actie for each in reading.events(object_id=verzoek.id)] == [
            Actie.VERZOEK_REGISTERED,
            *[Actie.VERZOEK_CHANGED] * 3,
            *[Actie.HANDELING_GEWEIGERD] * 3,  # B-1 again, the unknown publicatie, the reader
        ]
        assert [each.actie for each in reading.events(object_id=besluit.id)] == [Actie.BESLUIT_REGISTERED]
