"""Every kind of difference between the parts is found, and repaired where it can be."""

import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.seal import export_head
from ingest.setup import open_house
from ingest.verify import Difference, verify
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, Installation, within_promise
from woo.domain.document import Document
from woo.domain.events import Jobsoort
from woo.index.port import SearchIndex
from woo.projection import document_entry, public_document, public_pages, publicatie_entry
from woo.storage.port import PublicDocument, PublicPublicatie
from woo.usecases.intrekking import withdraw
from woo.usecases.publicatie import publish


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `home`: two public documents, one that was withdrawn, and a concept; their files in `in`."""
    root = tmp_path_factory.mktemp("template")
    for name in ("in/een", "in/twee", "in/weg", "concept"):
        (root / name).mkdir(parents=True)
        name = name.removeprefix("in/")
        write_pdf(next(root.rglob(name)) / f"{name}.pdf", [f"{name}\nOver kwartelwei, {name}."])
    (root / "home").mkdir()
    with Installation(root / "home") as installation:
        installation.ingest(root / "in")
        installation.ingest(root / "concept", publish=False)
        withdraw(installation.platform, TESTER, named(installation, "weg").id, reden="Er staat een naam in.")
        installation.work()
    return root


@pytest.fixture
def stocked(template: Path, tmp_path: Path) -> Iterator[Installation]:
    """A copy of the template, to harm."""
    home = shutil.copytree(template / "home", tmp_path / "home")
    with Installation(home) as installation:
        yield installation


def named(installation: Installation, name: str) -> Document:
    with installation.platform.registry.read() as reading:
        documents = reading.documents()
    return next(d for d in documents if d.bestand is not None and d.bestand.naam == f"{name}.pdf")


def differences(installation: Installation, *, repair: bool = False) -> list[Difference]:
    return verify(installation.platform, installation.in_index, repair=repair)


def in_index(installation: Installation, change: Callable[[SearchIndex], None]) -> None:
    """Change the index behind the back of the registry."""
    index = open_house(installation.settings).open_live()
    assert index is not None
    change(index)
    index.commit()
    index.close()


def index_without_document(installation: Installation) -> str:
    id = named(installation, "een").id
    in_index(installation, lambda index: index.delete(documenten=[id]))
    return id


def index_without_publicatie(installation: Installation) -> str:
    id = named(installation, "een").publicatie_id
    in_index(installation, lambda index: index.delete(publicaties=[id]))
    return id


def index_with_withdrawn_document(installation: Installation) -> str:
    document = named(installation, "weg")
    with installation.platform.registry.read() as reading:
        publicatie = reading.publicatie(document.publicatie_id)
        entry = document_entry(
            document, publicatie, reading.pages(document.id), installation.platform.lijsten
        )
    in_index(installation, lambda index: index.upsert([entry]))
    return document.id


def index_with_stranger(installation: Installation) -> str:
    document = named(installation, "een")
    with installation.platform.registry.read() as reading:
        publicatie = reading.publicatie(document.publicatie_id)
    entry = publicatie_entry(publicatie, installation.platform.lijsten)
    stranger = type(entry)(
        id=str(uuid.uuid4()),
        **{name: getattr(entry, name) for name in entry.__dataclass_fields__ if name != "id"},
    )
    in_index(installation, lambda index: index.upsert([stranger]))
    return stranger.id


def store_without_document(installation: Installation) -> str:
    id = named(installation, "twee").id
    installation.platform.public.hide(id)
    return id


def store_without_publicatie(installation: Installation) -> str:
    id = named(installation, "twee").publicatie_id
    installation.platform.public.hide_publicatie(id)
    return id


def store_with_withdrawn_document(installation: Installation) -> str:
    document = named(installation, "weg")
    platform = installation.platform
    with platform.registry.read() as reading:
        public = public_document(document, reading.publicatie(document.publicatie_id), platform.lijsten)
        platform.public.show(public, public_pages(reading.pages(document.id)), platform.archive)
    return document.id


def store_with_stranger(installation: Installation) -> str:
    id = str(uuid.uuid4())
    stranger = PublicDocument(id, str(uuid.uuid4()), {"id": id}, None, 0)
    installation.platform.public.show(stranger, (), installation.platform.archive)
    return id


def store_with_concept(installation: Installation) -> str:
    id = named(installation, "concept").publicatie_id
    installation.platform.public.show_publicatie(PublicPublicatie(id, {"id": id}))
    return id


def note_missing(installation: Installation) -> str:
    id = named(installation, "een").id
    with installation.platform.registry.transaction() as tx:
        tx.mark_hidden("document", id)
    return id


def note_too_much(installation: Installation) -> str:
    id = named(installation, "concept").id
    with installation.platform.registry.transaction() as tx:
        tx.mark_shown("document", id, paginas=1, vingerafdruk="0" * 64, op=installation.platform.now())
    return id


def entry_missing(installation: Installation) -> str:
    id = named(installation, "weg").id
    installation.platform.public.unwithdraw(id)
    return id


REPAIRABLE = [
    (index_without_document, "index", "public but not there"),
    (index_without_publicatie, "index", "public but not there"),
    (index_with_withdrawn_document, "index", "there but not public"),
    (index_with_stranger, "index", "there but not public"),
    (store_without_document, "public store", "public but not there"),
    (store_without_publicatie, "public store", "public but not there"),
    (store_with_withdrawn_document, "public store", "there but not public"),
    (store_with_stranger, "public store", "there but not public"),
    (store_with_concept, "public store", "there but not public"),
    (note_missing, "registry's note of what is shown", "public but not there"),
    (note_too_much, "registry's note of what is shown", "there but not public"),
    (entry_missing, "withdrawn list", "is not on it"),
]


@pytest.mark.parametrize(("harm", "part", "what"), REPAIRABLE, ids=[harm.__name__ for harm, *_ in REPAIRABLE])
def test_each_difference_is_found_alone_and_repaired(
    stocked: Installation, harm: Callable[[Installation], str], part: str, what: str
) -> None:
    assert differences(stocked) == []
    id = harm(stocked)
    (found,) = differences(stocked)
    assert (found.part, found.object_id, found.repaired) == (part, id, False)
    assert what in found.what
    (ordered,) = differences(stocked, repair=True)
    assert ordered.repaired
    stocked.work()
    assert differences(stocked) == []
    assert stocked.public().ids("kwartelwei") == {named(stocked, name).id for name in ("een", "twee")}
    weg = stocked.public().get(f"/v1/documenten/{named(stocked, 'weg').id}")
    assert (weg.status_code, "Er staat een naam in." in weg.text) == (410, True)


def test_what_is_being_made_equal_already_is_no_difference(stocked: Installation) -> None:
    publish(stocked.platform, TESTER, named(stocked, "concept").publicatie_id)
    assert differences(stocked) == []
    stocked.work()
    assert differences(stocked) == []


def test_what_nobody_works_on_any_more_is_a_difference(stocked: Installation) -> None:
    concept = named(stocked, "concept")
    publish(stocked.platform, TESTER, concept.publicatie_id)
    with Installation(stocked.home, WOO_WORKER__ATTEMPTS="1") as hasty:
        jobs, now = hasty.platform.registry.jobs, hasty.platform.now()
        for job in jobs.claim("tester", now=now, soorten=list(Jobsoort), limit=9, lease=timedelta(seconds=9)):
            jobs.fail(job, error="there was no room", now=now)
    assert concept.id in {found.object_id for found in differences(stocked)}
    assert all(found.repaired for found in differences(stocked, repair=True))
    stocked.work()
    assert differences(stocked) == []
    assert concept.id in stocked.public().ids("kwartelwei")


def test_a_document_withdrawn_before_it_was_ever_public_needs_no_entry(stocked: Installation) -> None:
    concept = named(stocked, "concept")
    withdraw(stocked.platform, TESTER, concept.id, reden="Niet bedoeld.")
    publish(stocked.platform, TESTER, concept.publicatie_id)
    stocked.work()
    assert differences(stocked, repair=True) == []
    answer = stocked.public().get(f"/v1/documenten/{concept.id}")
    assert answer.status_code == 404
    assert "Niet bedoeld" not in answer.text


def test_a_file_that_is_gone_from_the_archive_is_told_and_cannot_be_repaired(stocked: Installation) -> None:
    bestand = named(stocked, "een").bestand
    assert bestand is not None
    archive = Path(stocked.settings.storage.archive)
    (archive / bestand.digest[:2] / bestand.digest[2:4] / bestand.digest).unlink()
    for repair in (False, True):
        (found,) = differences(stocked, repair=repair)
        assert (found.part, found.object_id, found.repaired) == ("archive", bestand.digest, False)
    ended = stocked.command("verify", "--repair")
    assert ended.returncode == 1
    assert f"archive: {bestand.digest}" in ended.stdout.decode()


def raw(installation: Installation, *statements: str) -> None:
    """Change the registry's file as someone with access to the disk could."""
    with closing(sqlite3.connect(installation.home / "registry.sqlite3")) as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_line_of_the_log_that_was_changed_is_named(stocked: Installation) -> None:
    raw(stocked, "UPDATE logregel SET uitkomst = 'anders' WHERE volgnummer = 2")
    (found,) = differences(stocked, repair=True)
    assert (found.part, found.object_id, found.repaired) == ("log", "2", False)


def test_a_line_taken_out_of_the_log_is_noticed(stocked: Installation) -> None:
    raw(stocked, "PRAGMA foreign_keys = OFF", "DELETE FROM logregel WHERE volgnummer = 2")
    (found,) = differences(stocked)
    assert found.part == "log"
    assert "missing" in found.what


def test_a_log_that_was_cut_off_with_its_own_head_shows_by_the_exported_one(stocked: Installation) -> None:
    platform = stocked.platform
    export_head(platform, day=(platform.now() + timedelta(days=1)).date())
    raw(
        stocked,
        "DELETE FROM logregel WHERE volgnummer > 3",
        "UPDATE logketen SET (volgnummer, positie, zegel) ="
        " (SELECT volgnummer, positie, zegel FROM logregel WHERE volgnummer = 3)",
    )
    (found,) = differences(stocked)
    assert found.part == "log"
    assert "cut off" in found.what


def test_reindex_restores_everything_public_from_registry_and_archive_alone(
    stocked: Installation, template: Path
) -> None:
    before = found(stocked)
    gone = named(stocked, "weg")
    shutil.rmtree(stocked.settings.index.folder)
    shutil.rmtree(stocked.settings.storage.public)
    ended = stocked.command("reindex")
    assert (ended.returncode, ended.stderr) == (0, b"")
    verified = stocked.command("verify")
    assert (verified.returncode, verified.stdout) == (0, b"0 differences\n")
    visitor = stocked.public()
    assert found(stocked) == before
    for name in ("een", "twee"):
        document = named(stocked, name)
        answer = visitor.get(f"/v1/documenten/{document.id}/bestand/{name}.pdf")
        assert answer.content == (template / "in" / name / f"{name}.pdf").read_bytes()
        assert "kwartelwei" in visitor.get(f"/v1/documenten/{document.id}/paginas/1").text
    assert within_promise(lambda: visitor.get(f"/v1/documenten/{gone.id}").status_code == 410)
    assert visitor.get(f"/v1/documenten/{named(stocked, 'concept').id}").status_code == 404


def found(installation: Installation) -> dict[str, Any]:
    """What a search gives, whatever the order of documents that are equally good."""
    answer = installation.public().zoek("kwartelwei")
    return answer | {"resultaten": sorted(answer["resultaten"], key=lambda hit: str(hit["id"]))}


def test_verify_without_an_index_says_what_to_do(stocked: Installation) -> None:
    shutil.rmtree(stocked.settings.index.folder)
    ended = stocked.command("verify")
    assert ended.returncode == 3
    assert b"woo reindex" in ended.stderr
