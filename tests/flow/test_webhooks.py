"""Webhooks: told in order of what is shown, replaced and withdrawn; signed, tried again, and at rest with the reason."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.pdfs import write_pdf
from tests.flow.following import SITE, Following, opened
from tests.flow.installation import TESTER, Installation
from tests.servers.receiver import Received, Receiver, receiver
from woo.domain.document import Bestand
from woo.index.vraag import Vraag
from woo.usecases.document import replace_bestand
from woo.usecases.herlezen import reread
from woo.usecases.intrekking import withdraw
from woo.usecases.publicatie import change_publicatie
from woo.volgers import Webhook, Webhooks


@pytest.fixture
def following(installation: Installation) -> Iterator[Following]:
    with opened(installation) as following:
        yield following


@pytest.fixture
def got() -> Iterator[Receiver]:
    with receiver() as got:
        yield got


def hook(following: Following, got: Receiver, zoek: str = "") -> Webhook:
    return following.opslag.webhooks.add(got.url, Vraag(zoek).as_json(), now=following.clock())


def told(got: Receiver) -> list[dict[str, Any]]:
    return [json.loads(one.body) for one in got.received]


def is_signed(one: Received, geheim: str) -> bool:
    """Whether a receiver that goes by the standard takes it: computed here anew."""
    key = base64.b64decode(geheim.removeprefix("whsec_"))
    content = f"{one.headers['webhook-id']}.{one.headers['webhook-timestamp']}.".encode() + one.body
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return one.headers["webhook-signature"] == f"v1,{expected}"


def test_a_webhook_is_told_in_order_of_what_appears_and_is_withdrawn_and_of_the_last_only_the_id(
    following: Following, got: Receiver
) -> None:
    made = hook(following, got)
    [document] = following.publish("Oud stuk over kwartelwei.", titel="Dossier kwartelwei")
    following.turn()
    change_publicatie(following.installation.platform, TESTER, document.publicatie_id, omschrijving="Anders.")
    following.installation.work()
    following.turn()
    withdraw(following.installation.platform, TESTER, document.id, reden="Er staat een naam in.")
    following.installation.work()
    following.turn()
    events = {(one["type"], one["data"]["soort"]): one["data"] for one in told(got)}
    assert [one["type"] for one in told(got)] == ["gepubliceerd", "gepubliceerd", "ingetrokken"]
    shown = events["gepubliceerd", "document"]
    assert shown["officieleTitel"] == "Stuk 1"
    assert shown["creatiedatum"] == "1998-01-02"  # an old date is as new as any
    assert shown["url"] == f"{SITE}/documenten/{document.id}"
    assert events["gepubliceerd", "publicatie"]["officieleTitel"] == "Dossier kwartelwei"
    assert events["ingetrokken", "document"] == {"soort": "document", "id": document.id}
    assert all(is_signed(one, made.geheim) for one in got.received)
    assert got.received[0].path == "/haak?x=1"
    assert got.received[0].headers["content-type"] == "application/json"


def test_a_new_version_of_a_file_is_told_of_once_it_is_shown_and_reading_again_is_not(
    following: Following, got: Receiver, tmp_path: Path
) -> None:
    folder = tmp_path / "dossier"
    folder.mkdir()
    write_pdf(folder / "stuk.pdf", ["Eerste versie over kwartelwei."])
    following.turn()
    hook(following, got)
    following.installation.ingest(folder)
    following.turn()
    platform = following.installation.platform
    with platform.registry.read() as reading:
        [document] = reading.documents()
    stored = platform.archive.put(write_pdf(tmp_path / "nieuw.pdf", ["Tweede versie."]))
    replace_bestand(
        platform, TESTER, document.id, Bestand(stored.digest, "stuk.pdf", "application/pdf", stored.grootte)
    )
    following.turn()
    assert [one["type"] for one in told(got)] == ["gepubliceerd", "gepubliceerd"]  # it is not read yet
    following.installation.work()
    following.clock.forward(minutes=10)
    following.turn()
    reread(platform, TESTER, ["pdf"], None)
    following.installation.work()
    following.clock.forward(minutes=10)
    following.turn()
    [last] = told(got)[2:]
    assert (last["type"], last["data"]["id"], last["data"]["versie"]) == ("vervangen", document.id, 2)


def test_withdrawing_a_publicatie_tells_of_each_of_its_documents(following: Following, got: Receiver) -> None:
    hook(following, got)
    documents = following.publish("Een.", "Twee.")
    following.turn()
    withdraw(following.installation.platform, TESTER, documents[0].publicatie_id, reden="Te vroeg.")
    following.installation.work()
    following.turn()
    back = {one["data"]["id"] for one in told(got) if one["type"] == "ingetrokken"}
    assert back == {documents[0].publicatie_id, *(one.id for one in documents)}


def test_what_is_withdrawn_before_it_is_told_of_is_not_told_of(following: Following, got: Receiver) -> None:
    hook(following, got)
    got.answers = [500]
    [document] = following.publish("Er staat een naam in.")
    following.turn()
    withdraw(following.installation.platform, TESTER, document.id, reden="Er staat een naam in.")
    before = len(got.received)
    following.clock.forward(hours=1)
    following.turn()
    later = [json.loads(one.body) for one in got.received[before:]]
    assert not [one for one in later if one["type"] == "gepubliceerd" and one["data"]["id"] == document.id]


def test_a_webhook_with_a_search_is_told_of_what_matches_and_of_its_withdrawal(
    following: Following, got: Receiver
) -> None:
    hook(following, got, zoek="kwartelwei")
    [one, other] = following.publish("Over kwartelwei.", "Over iets anders.")
    following.turn()
    for document in (one, other):
        withdraw(following.installation.platform, TESTER, document.id, reden="Fout.")
    following.installation.work()
    following.turn()
    assert [(event["type"], event["data"]["id"]) for event in told(got)] == [
        ("gepubliceerd", one.id),
        ("ingetrokken", one.id),
    ]


def test_a_failed_delivery_is_tried_again_with_the_same_id_and_nothing_overtakes_it(
    following: Following, got: Receiver
) -> None:
    made = hook(following, got)
    got.answers = [500, 503]
    following.publish("Een.", "Twee.")
    for _ in range(3):
        following.turn()
        following.clock.forward(hours=1)
    ids = [one.headers["webhook-id"] for one in got.received]
    assert ids[0] == ids[1] == ids[2]
    assert len(set(ids)) == 3
    assert following.opslag.webhooks.get(made.id).fout is None


def test_a_webhook_that_fails_for_three_days_rests_with_the_reason_and_goes_on_when_it_is_woken(
    following: Following, got: Receiver
) -> None:
    made = hook(following, got)
    following.publish("Een.")
    got.answers = [500] * 100
    for _ in range(20):
        following.turn()
        following.clock.forward(hours=6)
    resting = following.opslag.webhooks.get(made.id)
    assert resting.rust
    assert resting.fout == "it answered 500"
    tries = len(got.received)
    following.clock.forward(days=1)
    following.turn()
    assert len(got.received) == tries
    got.answers = []
    following.opslag.webhooks.wake(made.id, now=following.clock())
    following.turn()
    assert len({one["data"]["id"] for one in told(got)}) == 2


@pytest.mark.parametrize(("status", "rests"), [(410, True), (302, False), (404, False)])
def test_gone_is_believed_at_once_and_a_redirect_is_not_followed(
    following: Following, got: Receiver, status: int, rests: bool
) -> None:
    made = hook(following, got)
    got.answers, got.location = [status], got.url
    following.publish("Een.")
    following.turn()
    assert len(got.received) == 1
    assert following.opslag.webhooks.get(made.id).rust is rests
    assert str(status) in str(following.opslag.webhooks.get(made.id).fout)


def test_killed_between_delivery_and_noting_it_the_same_message_comes_once_more(
    following: Following, got: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*args: object, **named: object) -> None:
        raise Killed

    hook(following, got)
    following.publish("Een.")
    with monkeypatch.context() as patch:
        patch.setattr(Webhooks, "delivered", killed)
        with pytest.raises(Killed):
            following.turn()
    following.again().turn()
    first, again, *_ = got.received
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    assert first.body == again.body
    assert len({one.headers["webhook-id"] for one in got.received}) == 2


def test_a_backup_put_back_under_the_followers_starts_them_again_without_telling_old_news(
    following: Following, got: Receiver
) -> None:
    hook(following, got)
    following.publish("Een.")
    following.turn()
    before = len(got.received)
    following.opslag.stroom.follow(10_000, [])  # as if the log had been longer
    following.turn()
    following.publish("Twee.")
    following.turn()
    assert len(got.received) == before + 2
