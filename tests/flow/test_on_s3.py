"""The way of a document with archive, public store and inbox in an S3 store: the same assertions, and what S3 adds."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.verify import verify
from search_api.app import create_app
from search_api.opening import opened_parts
from tests.engines.s3 import S3Server
from tests.engines.s3_proxy import Way, way_to
from tests.flow.installation import TESTER, Installation, Visitor, within_promise
from tests.flow.test_publish_and_withdraw import (
    addresses,
    documents,
    statuses,
    test_a_concept_is_nowhere_to_be_found,
    test_a_publicatie_without_documents_is_found,
    test_publishing_shows_and_withdrawing_hides_search_and_download,
    test_withdrawing_during_a_reindex_hides_at_once_and_stays_hidden,
    test_withdrawing_one_of_two_documents_with_the_same_file_hides_only_that_one,
    test_withdrawing_with_no_worker_alive_hides_within_five_seconds,
)
from woo.settings import load_settings
from woo.storage.open import open_inbox, open_inbox_adder
from woo.usecases.intrekking import withdraw
from woo.usecases.publicatie import publish

__all__ = [  # the same tests, on the installation of this module
    "test_a_concept_is_nowhere_to_be_found",
    "test_a_publicatie_without_documents_is_found",
    "test_publishing_shows_and_withdrawing_hides_search_and_download",
    "test_withdrawing_during_a_reindex_hides_at_once_and_stays_hidden",
    "test_withdrawing_one_of_two_documents_with_the_same_file_hides_only_that_one",
    "test_withdrawing_with_no_worker_alive_hides_within_five_seconds",
]

pytestmark = pytest.mark.needs("s3")


@pytest.fixture
def way(s3_server: S3Server) -> Iterator[Way]:
    with way_to(s3_server.url) as way:
        yield way


@pytest.fixture
def installation(s3_server: S3Server, way: Way, tmp_path: Path) -> Iterator[Installation]:
    """Registry and index in a folder, every file in a bucket of its own."""
    (tmp_path / "home").mkdir()
    environ = s3_server.environ(s3_server.new_bucket(), endpoint=way.url)
    with Installation(tmp_path / "home", **environ, WOO_STORAGE__S3_RETRIES="1") as installation:
        yield installation


def test_nothing_is_kept_in_folders(installation: Installation, dossier: Path) -> None:
    installation.ingest(dossier)
    names = {path.name for path in installation.home.iterdir()}
    assert names & {"archive", "public", "inbox"} == set()
    assert len(list(installation.platform.archive.digests())) == 2
    assert len(list(installation.platform.public.documents())) == 2


def test_file_and_picture_come_from_the_store(installation: Installation, dossier: Path) -> None:
    installation.ingest(dossier)
    content = (dossier / "besluit.pdf").read_bytes()
    document = next(d for d in documents(installation) if d.bestand and d.bestand.naam == "besluit.pdf")
    client = installation.public().client
    path = f"/v1/documenten/{document.id}/bestand/besluit.pdf"
    whole = client.get(path)
    assert (whole.status_code, whole.content) == (200, content)
    head = client.ask("HEAD", path)
    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(len(content)), b"")
    part = client.get(path, range="bytes=5-14")
    assert (part.status_code, part.content) == (206, content[5:15])
    tail = client.get(path, range="bytes=-7")
    assert (tail.status_code, tail.content) == (206, content[-7:])
    assert client.get(path, if_none_match=whole.headers["etag"]).status_code == 304
    picture = client.get(f"/v1/documenten/{document.id}/paginas/2/afbeelding")
    assert (picture.status_code, picture.content[8:12]) == (200, b"WEBP")


def differences(installation: Installation, *, repair: bool = False) -> set[tuple[str, str]]:
    found = verify(installation.platform, installation.in_index, repair=repair)
    return {(difference.part, difference.object_id) for difference in found}


def test_verify_finds_what_is_wrong_in_the_store_and_repairs_it(
    installation: Installation, dossier: Path
) -> None:
    installation.ingest(dossier)
    shown, withdrawn = documents(installation)
    withdraw(installation.platform, TESTER, withdrawn.id, reden="Er staat een naam in.")
    installation.work()
    assert differences(installation) == set()
    public = installation.platform.public
    public.hide(shown.id)
    public.unwithdraw(withdrawn.id)
    wrong = {("public store", shown.id), ("withdrawn list", withdrawn.id)}
    assert differences(installation, repair=True) == wrong
    installation.work()
    assert differences(installation) == set()
    assert statuses(installation.public(), shown) == {200}
    assert withdrawn.id in public.withdrawn()


def test_a_store_that_was_emptied_is_filled_again_by_a_reindex(
    installation: Installation,
    dossier: Path,
) -> None:
    installation.ingest(dossier)
    installation.work()
    public = installation.platform.public
    for id in list(public.documents()):
        public.hide(id)
    ended = installation.command("reindex")
    assert ended.returncode == 0, ended.stderr
    assert len(list(public.documents())) == 2
    assert differences(installation) == set()


def test_the_public_site_uses_the_key_that_cannot_write_and_needs_no_other(
    installation: Installation,
    dossier: Path,
    way: Way,
) -> None:
    installation.ingest(dossier)
    document = documents(installation)[0]
    environ = {
        name: value
        for name, value in installation.environ.items()
        if name not in ("WOO_STORAGE__S3_ACCESS_KEY", "WOO_STORAGE__S3_SECRET_KEY")
    }
    way.requests.clear()
    with opened_parts(load_settings(environ, cwd=installation.home)) as parts:
        app = create_app(parts)
        visitor = Visitor(app)
        assert statuses(visitor, document) == {200}
        assert visitor.get("/").status_code == 200
    assert way.keys() == {"sleutel-publiek"}
    assert {request.method for request in way.requests} <= {"GET", "HEAD"}


def test_while_the_store_is_away_the_site_says_so_and_it_comes_back_by_itself(
    installation: Installation,
    dossier: Path,
    way: Way,
) -> None:
    installation.ingest(dossier, publish=False)
    publish(installation.platform, TESTER, documents(installation)[0].publicatie_id)
    visitor = installation.public()
    document = documents(installation)[0]
    way.trouble("drop", times=10**9)
    assert {visitor.get(address).status_code for address in addresses(document)} == {503}
    assert visitor.get("/v1/documenten", {"zoek": "kwartelwei"}).status_code == 503
    ready = visitor.get("/gezondheid/gereed")
    assert (ready.status_code, ready.json()["onderdelen"]["opslag"]) == (503, "onbereikbaar")
    assert installation.platform.registry.jobs.waiting() > 0
    way.troubles.clear()
    installation.work()
    assert within_promise(lambda: statuses(visitor, document) == {200})
    assert visitor.get("/gezondheid/gereed").status_code == 200


def test_work_that_meets_a_store_that_is_away_waits_and_nothing_is_lost(
    installation: Installation,
    dossier: Path,
    way: Way,
) -> None:
    way.trouble("drop", "GET", "/archief/", times=6)
    way.trouble("drop", "PUT", "/openbaar/documenten", times=6)
    report = installation.ingest(dossier)
    assert report.states["indexed"] == 2
    assert all(trouble.times == 0 for trouble in way.troubles)
    assert differences(installation) == set()


def test_a_command_says_which_setting_to_look_at_when_the_store_is_away(installation: Installation) -> None:
    installation.environ["WOO_STORAGE__S3_ENDPOINT"] = "http://127.0.0.1:9"
    ended = installation.command("status")
    assert ended.returncode == 3
    said = ended.stderr.decode()
    assert "no connection to http://127.0.0.1:9; look at storage.s3_endpoint" in said
    assert "Traceback" not in said
    assert "geheim" not in said


def test_doctor_tells_where_files_are_and_whether_they_can_be_reached(installation: Installation) -> None:
    def findings() -> dict[str, dict[str, str]]:
        ended = installation.command("doctor", "--json")
        assert b"geheim" not in ended.stdout + ended.stderr
        return {finding["part"]: finding for finding in json.loads(ended.stdout)}

    found = findings()
    for part in ("archive", "public", "inbox"):
        assert found[part]["level"] == "ok"
        assert found[part]["what"].startswith("s3://")
        assert installation.environ["WOO_STORAGE__S3_ENDPOINT"] in found[part]["what"]
    installation.environ["WOO_STORAGE__INBOX"] = "s3://woo-weg/inbox"
    found = findings()
    assert (found["archive"]["level"], found["inbox"]["level"]) == ("ok", "broken")
    assert "there is no bucket woo-weg; look at storage.inbox" in found["inbox"]["what"]


def test_what_the_public_side_leaves_the_worker_reads(installation: Installation, way: Way) -> None:
    settings = installation.settings.storage
    way.requests.clear()
    id = open_inbox_adder(settings.inbox, settings).add("melding", {"tekst": "lek"})
    assert way.keys() == {"sleutel-publiek"}
    assert {request.method for request in way.requests} == {"PUT"}
    inbox = open_inbox(settings.inbox, settings)
    assert [entry.id for entry in inbox.entries()] == [id]
