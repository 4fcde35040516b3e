"""What was withdrawn by mistake comes back on every surface, at its old address, and no sooner than the registry says so."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.setup import open_house, open_worker
from ingest.verify import verify
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, Installation, within_promise
from tests.flow.test_publish_and_withdraw import addresses, documents, statuses, traces
from woo.domain.actor import Actor, Rol
from woo.domain.errors import NotFound, Refused
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.usecases.herstel import restore
from woo.usecases.ingreep import approve, propose_restore
from woo.usecases.intrekking import withdraw, withdraw_document, withdraw_publicatie

ANDER = Actor("collega", Rol.PUBLICEERDER, "tests", account="a-2")
EEN = Actor("coordinator", Rol.PUBLICEERDER, "tests", account="a-1")


@pytest.fixture(scope="module")
def public_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation that publishes two documents, to copy."""
    root = tmp_path_factory.mktemp("herstel")
    for name in ("dossier", "home"):
        (root / name).mkdir()
    write_pdf(root / "dossier" / "besluit.pdf", ["Besluit over kwartelwei.", "Kwartelwei kaart."])
    write_pdf(root / "dossier" / "advies.pdf", ["Advies over de zilverreiger."])
    with Installation(root / "home") as installation:
        installation.ingest(root / "dossier")
    return root / "home"


@pytest.fixture
def installation(public_home: Path, tmp_path: Path) -> Iterator[Installation]:
    with Installation(shutil.copytree(public_home, tmp_path / "home")) as installation:
        yield installation


def test_a_restored_document_is_back_everywhere_and_its_history_keeps_the_gap(
    installation: Installation,
) -> None:
    visitor = installation.public()
    document = next(d for d in documents(installation) if d.bestand and d.bestand.naam == "besluit.pdf")
    before = visitor.ids("kwartelwei")
    feed = visitor.get("/feed.atom").text
    withdraw_document(installation.platform, EEN, document.id, code="vergissing", reden="Het moest later.")
    installation.work()
    assert within_promise(lambda: visitor.ids("kwartelwei") == before - {document.id})
    gone = visitor.get(f"/documenten/{document.id}")
    assert gone.status_code == 410
    assert "Dit is per vergissing openbaar gemaakt. Het moest later." in gone.text
    restore(installation.platform, EEN, "document", document.id)
    assert visitor.get(f"/v1/documenten/{document.id}").status_code == 410, (
        "not before the public side holds it"
    )
    installation.work()
    assert within_promise(lambda: statuses(visitor, document) == {200})
    assert visitor.ids("kwartelwei") == before
    assert visitor.zoek("kwartelwei")["totaal"] == len(before)
    assert document.id in visitor.get("/feed.atom").text
    assert feed.count("<entry>") == visitor.get("/feed.atom").text.count("<entry>")
    told = visitor.get(f"/v1/publicaties/{document.publicatie_id}").json()["geschiedenis"]
    assert [each["soort"] for each in told][:2] == ["document_hersteld", "document_ingetrokken"]
    assert document.id not in installation.platform.public.withdrawn()
    with closing(open_house(installation.settings).open_reader()) as index:
        assert verify(installation.platform, index.ids, repair=False) == []


def test_a_restored_publicatie_brings_back_its_documents_but_not_those_withdrawn_by_themselves(
    installation: Installation,
) -> None:
    visitor = installation.public()
    first, second = documents(installation)
    withdraw_document(installation.platform, EEN, first.id, code="privacy")
    withdraw_publicatie(installation.platform, EEN, first.publicatie_id, code="procedure")
    installation.work()
    assert within_promise(lambda: not list(traces(visitor, "kwartelwei")))
    restore(installation.platform, EEN, "publicatie", first.publicatie_id)
    installation.work()
    own = [address for address in addresses(second) if second.id in address]
    assert within_promise(lambda: {visitor.get(address).status_code for address in own} == {200})
    assert visitor.get(f"/publicaties/{first.publicatie_id}").status_code == 200
    assert visitor.get(f"/v1/documenten/{first.id}").status_code == 410
    assert set(installation.platform.public.withdrawn()) == {first.id}


def test_restored_before_a_worker_hid_it_and_with_no_worker_alive(installation: Installation) -> None:
    visitor = installation.public()
    document = documents(installation)[0]
    withdraw(installation.platform, EEN, document.id, code="dubbel")
    restore(installation.platform, EEN, "document", document.id)
    assert visitor.get(f"/v1/documenten/{document.id}").status_code == 410
    assert verify_list(installation) == [], "a restoration that waits for its sync is no difference"
    installation.work()
    assert within_promise(lambda: statuses(visitor, document) == {200})
    withdraw(installation.platform, EEN, document.id, code="dubbel")
    ended = installation.command("herstel", document.id)
    assert ended.returncode == 0, ended.stderr
    assert within_promise(lambda: statuses(visitor, document) == {200})


def verify_list(installation: Installation) -> list[str]:
    return [d.what for d in verify(installation.platform, None, repair=False) if d.part == "withdrawn list"]


def test_during_a_reindex_a_document_goes_and_comes_back(installation: Installation) -> None:
    visitor = installation.public()
    document = documents(installation)[0]
    all_ = visitor.ids("")
    worker = open_worker(installation.platform, installation.sandbox, installation.settings)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        for _ in range(3):
            wish = Jobwens(Jobsoort.REINDEX, "index", Prioriteit.NORMAAL)
            installation.platform.registry.jobs.want(wish, now=installation.platform.now())
            withdraw(installation.platform, EEN, document.id, code="vergissing")
            assert within_promise(lambda: document.id not in visitor.ids(""))
            restore(installation.platform, EEN, "document", document.id)
            assert within_promise(lambda: visitor.ids("") == all_ and visitor.zoek("")["totaal"] == len(all_))
    finally:
        worker.stop.set()
        thread.join()
    assert installation.in_index().documenten == all_


def test_a_grave_reason_takes_two_people(installation: Installation) -> None:
    document = documents(installation)[0]
    platform = installation.platform
    withdraw_document(platform, EEN, document.id, code="privacy", intern="Bladzijde 3.")
    with pytest.raises(Refused, match="second person"):
        restore(platform, ANDER, "document", document.id)
    one = propose_restore(
        platform, EEN, "document", document.id, reden="Toch niet: het is een kunstenaarsnaam."
    )
    with pytest.raises(Refused, match="another person"):
        approve(platform, EEN, one.id)
    with pytest.raises(Refused, match="a proposal on it is open"):
        propose_restore(platform, ANDER, "document", document.id, reden="Nog eens.")
    approve(platform, ANDER, one.id)
    installation.work()
    assert within_promise(
        lambda: installation.public().get(f"/v1/documenten/{document.id}").status_code == 200
    )
    with pytest.raises(Refused, match="not withdrawn"):
        restore(platform, EEN, "document", document.id)


def test_another_organisation_cannot_restore_nor_see(installation: Installation) -> None:
    document = documents(installation)[0]
    withdraw(installation.platform, TESTER, document.id, code="vergissing")
    elders = Actor("elders", Rol.BEHEERDER, "tests", per_organisatie={"gm0344": Rol.BEHEERDER}, account="x")
    with pytest.raises(NotFound):
        restore(installation.platform, elders, "document", document.id)
