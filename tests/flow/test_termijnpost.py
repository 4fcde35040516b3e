"""The digest of the legal terms reaches its readers once a day, over a real mail server, whoever sends it and whatever breaks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ingest.post import postkantoor
from ingest.termijnen.post import AGAIN, Termijnpost
from tests.flow.following import html_of, text_of
from tests.servers.mail import MailServer, mail_server
from woo.domain.account import Roltoekenning
from woo.domain.actor import Actor, Rol
from woo.domain.errors import InvalidValue, Unavailable
from woo.domain.events import Actie
from woo.domain.termijnpost import Hoevaak
from woo.settings import Settings, SettingsError, load_settings
from woo.usecases.platform import Platform, open_platform
from woo.usecases.termijnabonnement import set_digest
from woo.usecases.toegang import accounts
from woo.usecases.toegang.onderdelen import Toegang
from woo.usecases.verzoek import register_verzoek

BEHEER = Actor("test", Rol.BEHEERDER, "test")
MAANDAG = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AN, JAN, CEM = "an@zuiderveld.example", "jan@zuiderveld.example", "cem@zuiderveld.example"


@dataclass
class Office:
    """An installation with a mail server, and a clock to set."""

    platform: Platform
    settings: Settings
    mail: MailServer
    now: datetime = MAANDAG

    def post(self) -> Termijnpost:
        """A worker of its own."""
        return Termijnpost(replace(self.platform, now=lambda: self.now), self.settings)

    def request(self, kenmerk: str, ontvangen: date, organisatie: str = "gm0153") -> None:
        register_verzoek(
            replace(self.platform, now=lambda: self.now),
            BEHEER,
            kenmerk=kenmerk,
            onderwerp="De rondweg",
            ontvangen_op=ontvangen,
            organisatie=organisatie,
        )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with mail_server() as server:
        environ = {
            "WOO_HOME": str(tmp_path / "var"),
            "WOO_MAIL__HOST": "localhost",
            "WOO_MAIL__PORT": str(server.port),
            "WOO_MAIL__TLS": "none",
            "WOO_MAIL__SENDER": "woo@zuiderveld.example",
            "WOO_TERMIJNEN__ONTVANGERS": f"{AN}, {JAN}=wekelijks@gm0344",
            "WOO_SITE__NAAM": "Zuiderveld <b>",
        }
        settings = load_settings(environ, cwd=tmp_path)
        with open_platform(settings) as platform:
            yield Office(platform, settings, server)


def test_the_digest_tells_what_is_late_due_and_soon_once_a_day(office: Office) -> None:
    office.request("W-laat", date(2026, 1, 5))
    office.request("W-<i>vandaag", date(2026, 2, 2))
    office.request("W-later", date(2026, 2, 27))
    post = office.post()
    assert post.send()
    assert not post.send()
    office.post().send()
    [message] = office.mail.to(AN)
    text, html = text_of(message), html_of(message)
    assert str(message["Subject"]).startswith("1 termijn te laat, 1 binnenkort")
    assert "TE LAAT" in text
    assert (
        "U moest uiterlijk maandag 2 februari 2026 beslissen op het verzoek. Dat is 28 dagen te laat." in text
    )
    assert "Dat is vandaag." in text
    assert "W-later" not in text
    assert "http://127.0.0.1:8001/verzoeken/" in text
    assert "W-&lt;i&gt;vandaag" in html
    assert "<b>" not in html
    assert office.mail.to(JAN) == []  # nothing of that organisation
    office.now += timedelta(days=1)
    assert office.post().send()
    assert len(office.mail.to(AN)) == 2


def test_a_week_is_one_mail_also_when_monday_was_missed(office: Office) -> None:
    office.request("W-1", date(2026, 2, 9), "gm0344")
    office.now += timedelta(days=2)
    office.post().send()
    assert len(office.mail.to(JAN)) == 1
    office.now += timedelta(days=3)
    office.post().send()
    assert len(office.mail.to(JAN)) == 1
    office.now += timedelta(days=2)
    office.post().send()
    assert len(office.mail.to(JAN)) == 2


def test_nothing_is_sent_before_the_hour(office: Office) -> None:
    office.request("W-1", date(2026, 1, 5))
    office.now = MAANDAG.replace(hour=5, minute=59)  # 6.59 in the Netherlands
    assert not office.post().send()
    office.now = MAANDAG.replace(hour=6)
    assert office.post().send()


def test_of_two_workers_one_sends(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.request("W-1", date(2026, 1, 5))
    first, second = office.post(), office.post()
    send = postkantoor.Postkantoor.send

    def slow(self: postkantoor.Postkantoor, *what: object) -> None:
        second.send()  # the other looks while this one is at it
        send(self, *what)  # type: ignore[arg-type]

    monkeypatch.setattr(postkantoor.Postkantoor, "send", slow)
    first.send()
    assert len(office.mail.to(AN)) == 1


def test_a_worker_killed_on_the_way_lets_another_send_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.request("W-1", date(2026, 1, 5))

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(postkantoor.Postkantoor, "send", killed)
        with pytest.raises(Killed):
            office.post().send()
    office.post().send()
    assert office.mail.to(AN) == []  # it may be at it still
    office.now += AGAIN
    office.post().send()
    assert len(office.mail.to(AN)) == 1
    office.now += AGAIN
    office.post().send()
    assert len(office.mail.to(AN)) == 1


def test_a_mail_server_that_is_away_is_tried_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.request("W-1", date(2026, 1, 5))

    def away(*_: object) -> None:
        raise Unavailable("The mail server", "it is away")

    post = office.post()
    with monkeypatch.context() as patched:
        patched.setattr(postkantoor.Postkantoor, "send", away)
        with pytest.raises(Unavailable):
            post.send()
    assert post.send()
    assert len(office.mail.to(AN)) == 1


@pytest.mark.parametrize("value", ["geen adres", "an@x.example=elk uur", "an@x.example=weekly@gm0153"])
def test_receivers_that_cannot_be_read_are_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises((SettingsError, InvalidValue), match="ADDRESS"):
        load_settings({"WOO_HOME": str(tmp_path), "WOO_TERMIJNEN__ONTVANGERS": value}, cwd=tmp_path)


def test_who_asked_for_it_gets_what_they_may_read_until_they_end_it_or_their_account_is_closed(
    office: Office,
) -> None:
    office.request("W-hier", date(2026, 1, 5), "gm0153")
    office.request("W-elders", date(2026, 1, 5), "gm0363")
    toegang = Toegang.of(office.platform, office.settings.aanmelden)
    rollen = [Roltoekenning(Rol.LEZER, "gm0363")]
    cem, _ = accounts.make_account(toegang, BEHEER, naam="Cem", email=CEM, rollen=rollen)
    set_digest(office.platform, cem.actor("test"), Hoevaak.DAGELIJKS)
    set_digest(office.platform, cem.actor("test"), Hoevaak.DAGELIJKS)
    post = office.post()
    assert post.send()
    [message] = office.mail.to(CEM)
    assert "W-elders" in text_of(message)
    assert "W-hier" not in text_of(message)
    office.now += timedelta(days=1)
    set_digest(office.platform, cem.actor("test"), Hoevaak.WEKELIJKS)
    post.send()
    assert len(office.mail.to(CEM)) == 1  # that of this Monday was sent already
    set_digest(office.platform, cem.actor("test"), None)
    office.now += timedelta(days=7)
    post.send()
    assert len(office.mail.to(CEM)) == 1
    set_digest(office.platform, cem.actor("test"), Hoevaak.DAGELIJKS)
    accounts.close_account(toegang, BEHEER, cem.id)
    office.now += timedelta(days=1)
    post.send()
    assert len(office.mail.to(CEM)) == 1
    with office.platform.registry.read() as reading:
        changed = [
            event.details["hoe_vaak"]
            for event in reading.events(object_id=cem.id)
            if event.actie is Actie.TERMIJNPOST_CHANGED
        ]
    assert changed == ["dagelijks", "wekelijks", "nooit", "dagelijks"]
