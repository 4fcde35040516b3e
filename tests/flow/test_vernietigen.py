"""After a leak two people destroy a document: no byte of it is left anywhere, and it does not come back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.verify import verify
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, Installation, within_promise
from tests.flow.test_publish_and_withdraw import documents
from woo.domain.actor import Actor, Rol
from woo.domain.document import Document
from woo.domain.errors import InvalidValue, Refused
from woo.domain.ingreep import Ingreep, Ingreepstatus, Lot
from woo.usecases.backup import restore as restore_backup
from woo.usecases.backup import save
from woo.usecases.herstel import restore
from woo.usecases.ingreep import approve, propose_destruction, propose_restore, reject
from woo.usecases.intrekking import withdraw_document

EEN = Actor("coordinator", Rol.PUBLICEERDER, "tests", account="a-1")
TWEE = Actor("collega", Rol.PUBLICEERDER, "tests", account="a-2")
MARKER = "Snuffelgraafbrink"
"""A word of the destroyed document alone: in its text, its title and the name of its file."""


@pytest.fixture(scope="module")
def leak(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what should never have been published, and another document."""
    folder = tmp_path_factory.mktemp("vernietigen") / "leak"
    folder.mkdir()
    write_pdf(
        folder / f"{MARKER}.pdf", [f"{MARKER}\nBurgerservicenummer van {MARKER}.", f"Nog eens {MARKER}."]
    )
    write_pdf(folder / "ander.pdf", ["Ander\nEen brief over de zilverreiger."])
    return folder


@pytest.fixture(scope="module")
def public_home(leak: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation that published them, to copy."""
    home = tmp_path_factory.mktemp("home")
    with Installation(home) as installation:
        installation.ingest(leak)
    return home


@pytest.fixture
def published(public_home: Path, tmp_path: Path) -> Iterator[Installation]:
    with Installation(shutil.copytree(public_home, tmp_path / "home")) as installation:
        yield installation


def leaked(installation: Installation) -> Document:
    return next(d for d in documents(installation) if d.bestand and MARKER in d.bestand.naam)


def traces(home: Path, marker: str) -> list[str]:
    """Every file below the folder in which the word stands, whatever its capitals; the log tells of titles nowhere."""
    wanted = marker.lower().encode()
    return [
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file() and wanted in path.read_bytes().lower()
    ]


def destroyed(installation: Installation, document: Document, **andere: tuple[Lot, str]) -> Ingreep:
    platform = installation.platform
    withdraw_document(platform, EEN, document.id, code="privacy")
    installation.work()
    one = propose_destruction(
        platform, EEN, "document", document.id, reden="Er staat een nummer in.", andere=andere
    )
    done = approve(platform, TWEE, one.id)
    installation.work()
    return done


@pytest.mark.embedded
def test_no_byte_is_left_of_a_destroyed_document(installation: Installation, leak: Path) -> None:
    installation.ingest(leak)  # not copied: what its own process wrote ahead has to go as well
    document = leaked(installation)
    assert document.bestand is not None
    with (leak / f"{MARKER}.pdf").open("rb") as file:
        content = file.read()
    assert traces(installation.home, MARKER)
    one = destroyed(installation, document)
    left = traces(installation.home, MARKER)
    assert [name for name in left if "registry" not in name] == []
    raw = (installation.home / "registry.sqlite3").read_bytes().lower()
    path_of_the_source = f"{MARKER}.pdf".lower().encode()
    assert raw.replace(path_of_the_source, b"").count(MARKER.lower().encode()) == 0
    assert not installation.platform.archive.has(document.bestand.digest)
    assert not any(content == path.read_bytes() for path in installation.home.rglob("*") if path.is_file())
    with installation.platform.registry.read() as reading:
        kept = reading.document(document.id)
        done = reading.intrekkingen.ingreep(one.id)
        verklaring = reading.intrekkingen.verklaring(one.id)
        assert reading.pages(document.id) == ()
        assert reading.versions(document.id) == ()
    assert (kept.officiele_titel, kept.bestand) == ("Vernietigd document", None)
    assert done.status is Ingreepstatus.UITGEVOERD
    assert done.te_wissen == ()
    assert verklaring is not None
    assert verklaring.startswith(b"%PDF-")
    assert verify(installation.platform, installation.in_index, repair=False) == []
    assert installation.public().get(f"/v1/documenten/{document.id}").status_code == 410


def test_who_proposed_does_not_approve_and_what_is_destroyed_stays_so(published: Installation) -> None:
    document = leaked(published)
    platform = published.platform
    with pytest.raises(Refused, match="withdraw it first"):
        propose_destruction(platform, EEN, "document", document.id, reden="Lek.")
    withdraw_document(platform, EEN, document.id, code="privacy")
    one = propose_destruction(platform, EEN, "document", document.id, reden="Lek.")
    with pytest.raises(Refused, match="another person"):
        approve(platform, EEN, one.id)
    reject(platform, TWEE, one.id, toelichting="Eerst overleg.")
    with pytest.raises(Refused, match="decided before"):
        approve(platform, TWEE, one.id)
    two = propose_destruction(platform, EEN, "document", document.id, reden="Na overleg.")
    approve(platform, TWEE, two.id)
    for act in (restore, lambda *of: propose_restore(*of, reden="Toch.")):
        with pytest.raises(Refused, match="destroyed"):
            act(platform, EEN, "document", document.id)
    with pytest.raises(Refused, match="destroyed before"):
        propose_destruction(platform, EEN, "document", document.id, reden="Nog eens.")


def test_the_same_file_elsewhere_is_named_and_must_be_decided_on(
    published: Installation, leak: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    shutil.copyfile(leak / f"{MARKER}.pdf", elsewhere / "kopie.pdf")
    published.ingest(elsewhere)
    platform = published.platform
    document = leaked(published)
    assert document.bestand is not None
    other = next(d for d in documents(published) if d.bestand and d.bestand.naam == "kopie.pdf")
    withdraw_document(platform, EEN, document.id, code="privacy")
    with pytest.raises(InvalidValue, match=other.id):
        propose_destruction(platform, EEN, "document", document.id, reden="Lek.")
    with pytest.raises(Refused, match="withdraw it first"):
        propose_destruction(
            platform, EEN, "document", document.id, reden="Lek.", andere={other.id: (Lot.VERNIETIGEN, "")}
        )
    with pytest.raises(InvalidValue, match="needs a reason"):
        propose_destruction(
            platform, EEN, "document", document.id, reden="Lek.", andere={other.id: (Lot.BEWAREN, " ")}
        )
    one = propose_destruction(
        platform,
        EEN,
        "document",
        document.id,
        reden="Lek.",
        andere={other.id: (Lot.BEWAREN, "Daar mag het.")},
    )
    approve(platform, TWEE, one.id)
    published.work()
    assert platform.archive.has(document.bestand.digest)
    assert within_promise(lambda: published.public().ids(MARKER) == {other.id})
    assert verify(platform, published.in_index, repair=False) == []


def test_a_destroyed_file_is_refused_when_it_comes_back(
    published: Installation, leak: Path, tmp_path: Path
) -> None:
    document = leaked(published)
    assert document.bestand is not None
    destroyed(published, document)
    again = tmp_path / "opnieuw"
    again.mkdir()
    shutil.copyfile(leak / f"{MARKER}.pdf", again / "andere-naam.pdf")
    report = published.ingest(leak, again)
    assert report.states["withdrawn"] == 2
    assert not published.platform.archive.has(document.bestand.digest)
    assert verify(published.platform, published.in_index, repair=False) == []


def saved(installation: Installation, path: Path) -> bytes:
    with path.open("wb") as file:
        save(installation.platform, file, spool=path.parent)
    return path.read_bytes()


@pytest.mark.embedded
def test_an_older_backup_that_is_put_back_destroys_again(published: Installation, tmp_path: Path) -> None:
    document = leaked(published)
    assert document.bestand is not None
    name = b"archief/" + document.bestand.digest.encode()
    assert name in saved(published, tmp_path / "oud.woo")
    destroyed(published, document)
    assert name not in saved(published, tmp_path / "nieuw.woo")
    home = tmp_path / "elders"
    shutil.copytree(published.home / "public", home / "public")
    elsewhere = Installation(home)
    with (tmp_path / "oud.woo").open("rb") as file:
        done = restore_backup(elsewhere.settings, file, actor=TESTER)
    assert done.destroyed_again == [document.id]
    assert [name for name in traces(home, MARKER) if "registry" not in name] == []
    with elsewhere:
        assert not elsewhere.platform.archive.has(document.bestand.digest)
        elsewhere.work()
        assert elsewhere.public().get(f"/v1/documenten/{document.id}").status_code == 410
        assert elsewhere.public().ids(MARKER) == set()
        assert verify(elsewhere.platform, elsewhere.in_index, repair=False) == []
