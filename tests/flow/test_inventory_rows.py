"""Rows of an inventory are public with their publicatie: found, read and gone like documents, through every change."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.inventaris import Bevestiging, bring_in
from ingest.setup import open_house
from ingest.sync import SYNC_SOORTEN, Syncer
from ingest.verify import verify
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, Installation, Visitor, within_promise
from woo.domain.document import Document
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.inventaris.lezen import Leeswijze
from woo.usecases.intrekking import withdraw

KOP = ["Nr.", "Naam document", "Datum", "Beoordeling", "Weigeringsgrond", "Toelichting", "Afzender", "Link"]
BRIEF = ["1", "Brief over kwartelwei", date(2020, 3, 26), "openbaar", None, None, None, None]
NOTA = ["2", "Nota over kwartelwei", date(2020, 3, 27), "deels openbaar", "5.1.2e", None, None, None]
MEMO = [
    "3",
    "Memo over de zilverreiger",
    date(2020, 3, 28),
    "niet openbaar",
    "5.1.2i; art. 10.2.g Wob",
    "Geheimzinnige toelichting",
    "Meester Prikkebeen",
    None,
]
OUD = ["4", "Oud rapport", None, "reeds openbaar", None, None, None, "https://elders.example/oud"]


def write_sheet(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in (KOP, *rows):
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `home`: a public publicatie of two documents and an inventory of four rows."""
    root = tmp_path_factory.mktemp("template")
    for name in ("rondweg", "home"):
        (root / name).mkdir()
    write_pdf(root / "rondweg" / "1.pdf", ["Brief\nOver kwartelwei."])
    write_pdf(
        root / "rondweg" / "2.pdf", ["Nota\nOver kwartelwei, zie artikel 5.1, tweede lid, onder e, Woo."]
    )
    with Installation(root / "home") as installation:
        installation.ingest(root / "rondweg")
        take_over(installation, root, BRIEF, NOTA, MEMO, OUD)
    return root


@pytest.fixture
def stocked(template: Path, tmp_path: Path) -> Iterator[Installation]:
    home = shutil.copytree(template / "home", tmp_path / "home")
    with Installation(home) as installation:
        yield installation


def take_over(installation: Installation, folder: Path, *rows: list[Any], work: bool = True) -> None:
    told: list[str] = []
    sheet = write_sheet(folder / "lijst.xlsx", *rows)
    assert bring_in(
        installation.settings,
        sheet,
        publicatie(installation),
        Leeswijze(),
        Bevestiging.JA,
        tell=told.append,
        ask=lambda _: False,
    ), told
    if work:
        installation.work()


def publicatie(installation: Installation) -> str:
    with installation.platform.registry.read() as reading:
        [only] = reading.publicaties()
    return only.id


def document(installation: Installation, naam: str) -> Document:
    with installation.platform.registry.read() as reading:
        return next(d for d in reading.documents() if d.bestand is not None and d.bestand.naam == naam)


def row_ids(installation: Installation) -> dict[str, str]:
    with installation.platform.registry.read() as reading:
        return {regel.nummer: regel.id for regel in reading.dossier.regels(publicatie(installation))}


def found(visitor: Visitor, words: str = "", **params: str) -> dict[str, dict[str, Any]]:
    return {
        hit["kenmerk"] or hit["officieleTitel"]: hit for hit in visitor.zoek(words, **params)["resultaten"]
    }


def nothing_differs(installation: Installation) -> bool:
    return verify(installation.platform, installation.in_index, repair=False) == []


def test_a_row_without_a_public_document_is_found_counted_and_read(stocked: Installation) -> None:
    visitor, ids = stocked.public(), row_ids(stocked)
    everything = visitor.zoek("")
    assert everything["totaal"] == 4
    assert {hit["id"] for hit in everything["resultaten"] if not hit["beschikbaar"]} == {ids["3"], ids["4"]}
    counts = {
        veld: {each["waarde"]: each["aantal"] for each in everything["facetten"][veld]}
        for veld in ("grond", "grondGenoemd", "beoordeling", "beschikbaar")
    }
    assert counts["grond"] == {"5.1.2.e": 1, "5.1.2.i": 1, "10.2.g": 1, "5.1.5": 1}
    assert counts["grondGenoemd"] == {"5.1.2.e": 1}
    assert counts["beoordeling"] == {
        "openbaar": 1,
        "deels_openbaar": 1,
        "niet_openbaar": 1,
        "reeds_openbaar": 1,
    }
    assert counts["beschikbaar"] == {"ja": 2, "nee": 2}
    memo = found(visitor, "zilverreiger")["3"]
    assert (memo["creatiedatum"], memo["bestand"], memo["paginas"]) == ("2020-03-28", None, 0)
    told = visitor.get(f"/v1/documenten/{ids['3']}").json()
    assert told["inventaris"]["beoordeling"] == "niet_openbaar"
    assert [(g["code"], g["artikel"]) for g in told["inventaris"]["gronden"]] == [
        ("5.1.2.i", "artikel 5.1, lid 2, onder i, Woo"),
        ("10.2.g", "artikel 10, lid 2, onder g, Wob"),
    ]
    assert found(visitor)["4"]["inventaris"]["links"] == ["https://elders.example/oud"]
    nota = visitor.get(f"/v1/documenten/{document(stocked, '2.pdf').id}").json()
    assert [g["code"] for g in nota["inventaris"]["gronden"]] == ["5.1.2.e"]
    assert nothing_differs(stocked)


def test_free_text_of_a_row_is_shown_nowhere(stocked: Installation) -> None:
    visitor = stocked.public()
    for words in ("Geheimzinnige", "Prikkebeen"):
        assert visitor.zoek(words)["totaal"] == 0
    page = visitor.get(f"/documenten/{row_ids(stocked)['3']}").text
    assert "Memo over de zilverreiger" in page
    assert "Geheimzinnige" not in page
    assert "Prikkebeen" not in page


def test_a_ground_is_found_where_it_is_applied_and_where_it_is_named(stocked: Installation) -> None:
    visitor = stocked.public()
    memo = row_ids(stocked)["3"]
    assert visitor.ids("grond:5.1.2i") == {memo}
    assert visitor.ids("grond:10.2.g") == {memo}
    assert visitor.ids("grond:5.1.2e") == {document(stocked, "2.pdf").id}
    assert visitor.ids("grond:5.1.2") == {memo, document(stocked, "2.pdf").id}


def test_a_document_that_is_withdrawn_leaves_its_row_without_its_name(stocked: Installation) -> None:
    visitor, nota, row = stocked.public(), document(stocked, "2.pdf"), row_ids(stocked)["2"]
    assert visitor.get(f"/documenten/{row}").status_code == 404
    withdraw(stocked.platform, TESTER, nota.id, reden="Er staat een naam in de titel.")
    stocked.work()
    told = visitor.get(f"/v1/documenten/{row}").json()
    assert told["officieleTitel"] == "Document 2 (ingetrokken)"
    assert told["creatiedatum"] is None
    assert told["inventaris"]["ingetrokken"] is True
    assert visitor.ids("Nota") == set()
    assert nothing_differs(stocked)


def test_a_row_that_leaves_the_list_and_comes_back_is_gone_and_there_again(
    stocked: Installation, tmp_path: Path
) -> None:
    visitor, memo = stocked.public(), row_ids(stocked)["3"]
    take_over(stocked, tmp_path, BRIEF, NOTA, OUD)
    assert visitor.get(f"/v1/documenten/{memo}").status_code == 404
    assert visitor.zoek("zilverreiger")["totaal"] == 0
    assert nothing_differs(stocked)
    take_over(stocked, tmp_path, BRIEF, NOTA, OUD, work=False)
    take_over(stocked, tmp_path, BRIEF, NOTA, MEMO, OUD)
    assert visitor.ids("zilverreiger") == {memo}
    assert nothing_differs(stocked)


def test_what_is_judged_anew_is_shown_anew(stocked: Installation, tmp_path: Path) -> None:
    visitor = stocked.public()
    take_over(stocked, tmp_path, BRIEF, [*NOTA[:4], "5.1.2b", *NOTA[5:]], MEMO, OUD)
    assert visitor.ids("grond:5.1.2b") == {document(stocked, "2.pdf").id}
    assert [
        each["waarde"] for each in visitor.zoek("", beoordeling="deels_openbaar")["facetten"]["grond"]
    ] == ["5.1.2.b"]


def test_the_rows_of_a_withdrawn_publicatie_are_gone_everywhere_at_once(stocked: Installation) -> None:
    visitor, ids, id = stocked.public(), row_ids(stocked), publicatie(stocked)
    withdraw(stocked.platform, TESTER, id, reden="Vergissing.")
    fresh = stocked.public()
    assert fresh.zoek("")["totaal"] == 0, "the exit gate waits for nobody"
    assert fresh.get(f"/v1/documenten/{ids['3']}").status_code == 410
    stocked.work()
    assert within_promise(lambda: visitor.zoek("")["totaal"] == 0)
    assert stocked.in_index().documenten == frozenset()
    assert set(stocked.platform.public.documents()) == set()
    assert nothing_differs(stocked)


def test_a_new_index_holds_the_rows_too(stocked: Installation) -> None:
    before = stocked.in_index()
    with stocked.platform.registry.transaction() as tx:
        tx.want(Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL), now=stocked.platform.now())
    stocked.work()
    assert stocked.in_index() == before
    assert len(before.documenten) == 4
    assert nothing_differs(stocked)


def test_rows_that_were_lost_are_found_missing_and_put_back(stocked: Installation) -> None:
    memo, oud = row_ids(stocked)["3"], row_ids(stocked)["4"]
    syncer = opened(stocked)
    syncer.indices[0].delete(documenten=[memo])
    syncer.indices[0].commit()
    syncer.indices[0].close()
    stocked.platform.public.hide(oud)
    with stocked.platform.registry.transaction() as tx:
        tx.mark_hidden("document", memo)
    found = {(each.part, each.object_id) for each in verify(stocked.platform, stocked.in_index, repair=True)}
    note = "registry's note of what is shown"
    assert found == {("index", memo), ("public store", oud), (note, memo)}
    stocked.work()
    assert nothing_differs(stocked)
    assert stocked.public().ids("zilverreiger") == {memo}


def opened(installation: Installation) -> Syncer:
    """A syncer over the live index, as the writer has it."""
    live = open_house(installation.settings).open_live()
    assert live is not None
    return Syncer(installation.platform, [live.index])


def test_work_that_was_not_committed_is_done_again(stocked: Installation, tmp_path: Path) -> None:
    """A worker that dies before its commit has noted nothing, and its jobs are still there."""
    wielewaal = ["3", "Memo over de wielewaal", *MEMO[2:]]
    take_over(stocked, tmp_path, BRIEF, NOTA, wielewaal, OUD, work=False)
    now, jobs = stocked.platform.now(), stocked.platform.registry.jobs
    syncer = opened(stocked)
    rounds = 0
    while claimed := jobs.claim("dies", now=now, soorten=SYNC_SOORTEN, limit=9, lease=timedelta(seconds=0)):
        syncer.take(claimed)
        rounds += 1
        if rounds == 3:
            break
    syncer.indices[0].close()
    assert stocked.public().zoek("wielewaal")["totaal"] == 0
    stocked.work()
    assert stocked.public().ids("wielewaal") == {row_ids(stocked)["3"]}
    assert nothing_differs(stocked)


def test_of_two_changes_in_one_batch_the_last_one_stands(stocked: Installation) -> None:
    """A row that is shown leaves its list and comes back before anything is committed."""
    id, syncer = publicatie(stocked), opened(stocked)
    with stocked.platform.registry.transaction() as tx:
        rows = tx.dossier.regels(id)
        memo = next(row for row in rows if row.nummer == "3")
        tx.want(Jobwens(Jobsoort.SYNC_REGEL, memo.plaats, Prioriteit.NORMAAL), now=stocked.platform.now())
    now, lease = stocked.platform.now(), timedelta(minutes=1)
    jobs = stocked.platform.registry.jobs.claim("w", now=now, soorten=SYNC_SOORTEN, limit=9, lease=lease)
    for kept in (tuple(row for row in rows if row is not memo), rows):
        with stocked.platform.registry.transaction() as tx:
            tx.dossier.save_regels(id, kept)
        syncer.take(jobs)
    syncer.commit(stocked.platform.now())
    syncer.indices[0].close()
    assert memo.id in stocked.in_index().documenten
    assert nothing_differs(stocked)
