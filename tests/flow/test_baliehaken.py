"""Webhooks of the desk: told of what is shown, withdrawn and restored of their own organisations, signed as every other."""

from collections.abc import Iterator

import pytest

from tests.flow.following import SITE, Following, opened
from tests.flow.installation import TESTER, Installation
from tests.flow.test_webhooks import is_signed, told
from tests.servers.receiver import Receiver, receiver
from woo.usecases.herstel import restore
from woo.usecases.intrekking import withdraw_document


@pytest.fixture
def following(installation: Installation) -> Iterator[Following]:
    with opened(installation) as following:
        yield following


@pytest.fixture
def got() -> Iterator[Receiver]:
    with receiver() as got:
        yield got


def test_a_case_system_is_told_of_its_own_organisation_and_of_the_withdrawal_of_what_it_never_heard_of(
    following: Following, got: Receiver
) -> None:
    platform = following.installation.platform
    [old] = following.publish("Oud stuk.", titel="Oud dossier")
    following.turn()
    haken = following.opslag.baliehaken
    own = haken.add(got.url, "Zaaksysteem", ["gm0153"], now=following.clock())
    other = haken.add(got.url, "Van een ander", ["gm0363"], now=following.clock())
    [new] = following.publish("Nieuw stuk.", titel="Nieuw dossier")
    following.turn()
    withdraw_document(platform, TESTER, old.id, code="vergissing")
    following.installation.work()
    following.turn()
    restore(platform, TESTER, "document", old.id)
    following.installation.work()
    following.clock.forward(minutes=10)
    following.turn()
    assert all(is_signed(one, own.webhook.geheim) for one in got.received)
    events = [(one["type"], one["data"]["soort"], one["data"]["id"]) for one in told(got)]
    assert sorted(events[:2]) == [
        ("gepubliceerd", "document", new.id),
        ("gepubliceerd", "publicatie", new.publicatie_id),
    ]
    assert events[2:] == [("ingetrokken", "document", old.id), ("hersteld", "document", old.id)]
    bodies = told(got)
    assert bodies[2]["data"] == {
        "soort": "document",
        "id": old.id,
        "publicatie": old.publicatie_id,
        "publisher": "gm0153",
    }
    assert bodies[3]["data"]["url"] == f"{SITE}/documenten/{old.id}"
    following.turn()
    last = following.opslag.stroom.laatste()
    assert following.opslag.webhooks.get(other.id).gezien_tot == last
