"""The commands of following, and the worker that does the rounds by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.flow.following import ADRES, Following, opened
from tests.flow.installation import Installation
from tests.flow.processes import eventually
from tests.servers.receiver import receiver
from woo.cli import build_app


@pytest.fixture
def following(installation: Installation) -> Iterator[Following]:
    with opened(installation) as following:
        yield following


def run(following: Following, *words: str) -> Result:
    """Run a command in this process, with the settings of the installation."""
    return CliRunner(env=following.installation.environ).invoke(build_app(), list(words))


def test_webhooks_are_added_listed_tried_and_removed(following: Following) -> None:
    with receiver() as got:
        made = run(following, "webhooks", "toevoegen", got.url, "--zoek", "kwartelwei")
        assert made.exit_code == 0, made.output
        assert made.stdout.startswith("whsec_")
        [webhook] = following.opslag.webhooks.all()
        assert webhook.geheim == made.stdout.strip()
        assert run(following, "webhooks", "test", webhook.id).exit_code == 0
        assert b'"type":"test"' in got.received[0].body
        got.answers = [500]
        assert run(following, "webhooks", "test", webhook.id).exit_code == 1
    listed = run(following, "webhooks", "lijst")
    assert webhook.id in listed.stdout
    assert "kwartelwei" in listed.stdout
    assert webhook.geheim not in listed.stdout + run(following, "webhooks", "lijst", "--json").stdout
    assert run(following, "webhooks", "hervat", webhook.id).exit_code == 0
    assert run(following, "webhooks", "verwijder", webhook.id).exit_code == 0
    assert run(following, "webhooks", "verwijder", webhook.id).exit_code == 1


@pytest.mark.parametrize("words", [("ftp://a.example/",), ("haak",), ("https://a.example/", "--zoek", "ab*")])
def test_a_webhook_that_cannot_be_is_refused(following: Following, words: tuple[str, ...]) -> None:
    assert run(following, "webhooks", "toevoegen", *words).exit_code == 2
    assert following.opslag.webhooks.all() == []


def test_followers_are_counted_and_one_that_asks_is_removed(following: Following) -> None:
    following.follow("zoek=kwartelwei")
    counted = run(following, "volgers", "aantallen")
    assert "1  dagelijks" in counted.stdout
    assert ADRES not in counted.stdout
    assert "1 followed searches" in run(following, "volgers", "verwijder", ADRES).stdout
    assert '"dagelijks": 0' in run(following, "volgers", "aantallen", "--json").stdout


def test_the_status_names_webhooks_at_rest_and_open_reports(following: Following) -> None:
    webhook = following.opslag.webhooks.add("https://a.example/", {}, now=following.clock())
    following.opslag.webhooks.failed(webhook, "it answered 500", now=following.clock(), again=None)
    shown = run(following, "status")
    assert shown.exit_code == 0
    assert f"webhook {webhook.id} rests: it answered 500" in shown.stdout


def test_a_worker_does_the_rounds_by_itself_and_one_that_stops_when_idle_does_one(
    following: Following, tmp_path: Path
) -> None:
    following.follow("zoek=kwartelwei", frequentie="direct")
    following.publish("Nieuw over kwartelwei.")
    assert following.installation.command("work", "--until-idle").returncode == 0
    assert len(following.news()) == 1
    process = following.installation.start("work")
    try:
        following.sign_up("zoek=zilverreiger", adres="ander@voorbeeld.example")
        assert eventually(lambda: following.mail.to("ander@voorbeeld.example"))
    finally:
        process.terminate()
        _, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    assert ADRES.encode() not in told
