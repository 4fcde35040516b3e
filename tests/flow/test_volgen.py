"""Following a search by e-mail: asked, confirmed, told once of everything that is new, and forgotten."""

import logging
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.setup import open_worker
from ingest.volgen.post import MOST_REFUSALS
from tests.api.pdfs import write_pdf
from tests.flow.following import ADRES, SITE, Following, html_of, key_in, opened, text_of
from tests.flow.installation import TESTER, WOO_VERZOEK, Installation
from woo.domain.document import Bestand
from woo.domain.volgen import Frequentie
from woo.usecases.document import NieuwDocument, add_document
from woo.usecases.intrekking import withdraw
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish
from woo.volgers import Volgers


@pytest.fixture
def following(installation: Installation) -> Iterator[Following]:
    with opened(installation) as following:
        yield following


def test_who_confirms_is_mailed_of_what_is_new_and_matches_and_of_nothing_twice(
    following: Following, tmp_path: Path
) -> None:
    following.publish("Over kwartelwei, van voor de aanmelding.")
    following.turn()
    following.follow("zoek=kwartelwei")
    [new, _] = following.publish("Nieuw over kwartelwei.", "Over iets anders.")
    following.turn()
    assert following.news() == []  # it is not seven o'clock yet
    following.tomorrow()
    [text] = following.news()
    assert f"{SITE}/documenten/{new.id}" in text
    assert text.count("/documenten/") == 1
    following.tomorrow()
    following.tomorrow()
    assert len(following.news()) == 1


def test_the_mail_says_what_it_is_and_how_it_stops(following: Following, tmp_path: Path) -> None:
    following.follow("zoek=kwartelwei")
    following.publish("Nieuw over kwartelwei.", titel="<b>nieuw</b> & meer")
    following.tomorrow()
    message = following.mail.to(ADRES)[-1]
    stop = key_in(text_of(message), "/volgen/stop")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == f"<{SITE}/volgen/stop?sleutel={stop}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"].endswith("@open.zuiderveld.example>")
    assert message["Date"]
    assert message["From"] == "Gemeente Zuiderveld <woo@zuiderveld.example>"
    assert "1 nieuw document" in message["Subject"]
    assert "&lt;b&gt;nieuw" in html_of(message)
    assert "<b>nieuw" not in html_of(message)
    one_click = following.visitor.client.post(
        f"/volgen/stop?sleutel={stop}",
        b"List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert one_click.status_code == 200
    following.turn()
    assert sum(following.opslag.volgers.counts().bevestigd.values()) == 0
    following.publish("Later over kwartelwei.")
    following.tomorrow()
    assert len(following.news()) == 1


def test_a_document_with_an_old_date_that_is_read_days_after_its_publication_reaches_the_mail(
    following: Following, tmp_path: Path
) -> None:
    """What counts is when it is first shown here: not its own date, nor the moment of its publicatie."""
    following.follow("zoek=kwartelwei")
    brief = write_pdf(tmp_path / "brief.pdf", ["Brief van 2 januari 1998 over kwartelwei."])
    platform = following.installation.platform
    nieuw = NieuwePublicatie("gm0153", "Oude brieven", (WOO_VERZOEK,))
    publicatie = create_publicatie(platform, TESTER, nieuw)
    stored = platform.archive.put(brief)
    bestand = Bestand(stored.digest, "brief.pdf", "application/pdf", stored.grootte)
    added = add_document(platform, TESTER, publicatie.id, NieuwDocument("Brief", bestand))
    publish(platform, TESTER, publicatie.id)
    sync_only = open_worker(
        platform, following.installation.sandbox, following.installation.settings, reads=False
    )
    sync_only.run(until_idle=True)
    for _ in range(3):
        following.tomorrow()
    assert not any("/documenten/" in text for text in following.news())
    following.installation.work()
    following.tomorrow()
    assert f"{SITE}/documenten/{added.id}" in following.news()[-1]


def test_a_publicatie_without_documents_reaches_the_mail(following: Following) -> None:
    following.follow("zoek=kwartelwei")
    nieuw = NieuwePublicatie("gm0153", "Mededeling over kwartelwei", (WOO_VERZOEK,))
    made = create_publicatie(following.installation.platform, TESTER, nieuw)
    publish(following.installation.platform, TESTER, made.id)
    following.installation.work()
    following.tomorrow()
    [text] = following.news()
    assert f"{SITE}/publicaties/{made.id}" in text
    assert "1 nieuwe publicatie" in str(following.mail.to(ADRES)[-1]["Subject"])


def test_what_was_withdrawn_before_the_mail_is_not_in_it(following: Following, tmp_path: Path) -> None:
    following.follow("")
    [gone, stays] = following.publish("Het ene.", "Het andere.")
    following.turn()
    withdraw(following.installation.platform, TESTER, gone.id, reden="Er staat een naam in.")
    following.tomorrow()  # the worker has not synced the withdrawal
    [text] = following.news()
    assert stays.id in text
    assert gone.id not in text


def test_filters_of_the_search_count_too(following: Following, tmp_path: Path) -> None:
    following.follow("zoek=kwartelwei&publisher=gm0363")
    following.follow("zoek=kwartelwei&publisher=gm0153", adres="ander@voorbeeld.example")
    following.publish("Nieuw over kwartelwei.")
    following.tomorrow()
    assert following.news() == []
    assert len(following.news("ander@voorbeeld.example")) == 1


def test_a_mail_that_names_not_all_says_how_many_and_where_they_are(
    installation: Installation, tmp_path: Path
) -> None:
    with opened(installation, WOO_VOLGEN__DOCUMENTEN="2") as following:
        following.follow("zoek=kwartelwei")
        following.publish(*(f"Stuk {n} over kwartelwei." for n in range(5)))
        following.tomorrow()
        [text] = following.news()
        assert "de eerste 2 van 5" in text
        assert text.count("/documenten/") == 2
        assert f"{SITE}/?zoek=kwartelwei&sorteer=-publicatiedatum&publicatiedatumVan=" in text


def test_who_does_not_confirm_gets_nothing_and_is_forgotten(following: Following, tmp_path: Path) -> None:
    following.sign_up("zoek=kwartelwei")
    following.turn()
    assert len(following.mail.received) == 1
    following.publish("Nieuw over kwartelwei.")
    following.clock.forward(days=1)
    following.turn()
    sleutel = key_in(text_of(following.mail.to(ADRES)[0]), "/volgen/bevestig")
    following.clock.forward(days=1, hours=1)
    following.again().turn()
    assert len(following.mail.received) == 1
    assert following.opslag.volgers.counts().onbevestigd == 0
    following.visitor.client.post(f"/volgen/bevestig?sleutel={sleutel}", {"x": "1"})
    following.turn()
    assert sum(following.opslag.volgers.counts().bevestigd.values()) == 0


def test_one_address_is_asked_to_confirm_a_few_times_a_day_and_no_more(following: Following) -> None:
    for number in range(8):
        following.sign_up(f"zoek=onderwerp{number}")
        following.turn()
    assert len(following.mail.to(ADRES)) == 3
    following.sign_up("zoek=kwartelwei", adres="ander@voorbeeld.example")
    following.turn()
    assert len(following.mail.to("ander@voorbeeld.example")) == 1
    following.clock.forward(hours=25)
    following.turn()
    assert len(following.mail.to(ADRES)) == 6


def test_words_of_someone_else_cannot_advertise_in_the_mail_that_asks_to_confirm(
    following: Following,
) -> None:
    following.sign_up("zoek=koop+op+www.winkel.example", adres="slachtoffer@voorbeeld.example")
    following.turn()
    message = following.mail.to("slachtoffer@voorbeeld.example")[0]
    assert "winkel" not in text_of(message) + html_of(message) + str(message["Subject"])


def test_signing_up_anew_with_another_frequency_replaces_the_first(
    following: Following, tmp_path: Path
) -> None:
    following.follow("zoek=kwartelwei", frequentie="wekelijks")
    following.publish("Nieuw over kwartelwei.")
    following.follow("zoek=kwartelwei", frequentie="direct")
    assert following.opslag.volgers.counts().bevestigd == {
        Frequentie.DIRECT: 1,
        Frequentie.DAGELIJKS: 0,
        Frequentie.WEKELIJKS: 0,
    }
    assert len(following.news()) == 1  # what waited for Monday comes now


def test_nothing_is_lost_while_the_mail_server_is_away(following: Following, tmp_path: Path) -> None:
    following.follow("zoek=kwartelwei", frequentie="direct")
    following.mail.after_data = "451 4.3.0 Try again later"
    [first] = following.publish("Nieuw over kwartelwei.")
    following.turn()
    away = Following.again(following)
    away.installation.settings.mail.__dict__["port"] = 1  # nothing listens there
    away.clock.forward(hours=2)
    [second] = following.publish("Ook over kwartelwei.")
    away.turn()
    assert following.news() == []
    away.installation.settings.mail.__dict__["port"] = following.mail.port
    following.mail.after_data = "250 OK"
    away.clock.forward(hours=2)
    away.again().turn()
    [text] = following.news()
    assert first.id in text
    assert second.id in text


class Killed(BaseException):
    """Stands for the kill of a process: nothing after it runs."""


def test_killed_between_sending_and_noting_it_the_same_mail_comes_once_more(
    following: Following, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    following.follow("zoek=kwartelwei", frequentie="direct")
    [first] = following.publish("Nieuw over kwartelwei.")
    following.clock.forward(hours=1)

    def killed(*args: object, **named: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Volgers, "told", killed)
        with pytest.raises(Killed):
            following.turn()
    [second] = following.publish("Ook over kwartelwei.")
    after = following.again()
    after.turn()
    once, again = [message for message in following.mail.to(ADRES) if "nieuw" in str(message["Subject"])]
    assert once["Message-ID"] == again["Message-ID"]
    assert text_of(once) == text_of(again)
    assert first.id in text_of(once)
    following.clock.forward(hours=1)
    after.turn()
    assert [second.id in text for text in following.news()] == [False, False, True]


def test_an_address_that_its_server_refuses_is_tried_some_days_and_then_forgotten(
    following: Following, tmp_path: Path
) -> None:
    following.follow("zoek=kwartelwei")
    following.follow("zoek=kwartelwei", adres="ander@voorbeeld.example")
    following.mail.refuse[ADRES] = "550 5.1.1 No such user"
    following.publish("Nieuw over kwartelwei.")
    for _ in range(MOST_REFUSALS - 1):
        following.tomorrow()
    assert sum(following.opslag.volgers.counts().bevestigd.values()) == 2
    following.tomorrow()
    assert sum(following.opslag.volgers.counts().bevestigd.values()) == 1
    assert len(following.news("ander@voorbeeld.example")) == 1


def test_a_server_that_takes_a_few_mails_per_connection_gets_them_all(
    following: Following, tmp_path: Path
) -> None:
    following.mail.most_per_connection = 2
    adressen = [f"lezer{number}@voorbeeld.example" for number in range(5)]
    for adres in adressen:
        following.follow("zoek=kwartelwei", adres=adres)
    following.publish("Nieuw over kwartelwei.")
    following.tomorrow()
    assert [len(following.news(adres)) for adres in adressen] == [1] * 5


def test_an_address_is_in_no_log_line_and_leaves_no_trace_when_it_is_removed(
    following: Following, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("ingest", "woo", "search_api"):  # an earlier test may have set a level for these
        caplog.set_level(logging.DEBUG, logger=name)
    following.follow("zoek=kwartelwei")
    following.mail.refuse[ADRES] = "550 5.1.1 No such user an.lezer@voorbeeld.example"
    following.publish("Nieuw over kwartelwei.")
    following.tomorrow()
    ours = [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(("ingest", "woo", "search_api"))
    ]
    assert any("address_refused" in line for line in ours)
    assert not any("an.lezer" in line for line in ours)
    assert following.opslag.volgers.remove(ADRES.upper()) == 1
    dump = "\n".join(sqlite3.connect(following.installation.home / "volgers.sqlite3").iterdump())
    assert "an.lezer" not in dump


def test_the_keys_of_the_links_are_not_in_the_database(following: Following) -> None:
    following.sign_up("zoek=kwartelwei")
    following.turn()
    text = text_of(following.mail.to(ADRES)[0])
    dump = "\n".join(sqlite3.connect(following.installation.home / "volgers.sqlite3").iterdump())
    for path in ("/volgen/bevestig", "/volgen/stop"):
        assert key_in(text, path)[32:] not in dump


def test_a_report_is_kept_and_a_privacy_problem_is_mailed_to_the_coordinator_without_its_words(
    following: Following, tmp_path: Path
) -> None:
    [document] = following.publish("Over kwartelwei.")
    inbox = following.visitor.client.app.state.parts.inbox  # type: ignore[attr-defined]
    told = {
        "soort": "privacy",
        "document": document.id,
        "pagina": 1,
        "versie": 1,
        "tekst": "Mijn adres.",
        "email": ADRES,
    }
    inbox.add("melding", told)
    inbox.add("melding", {**told, "soort": "anders", "tekst": "", "email": None, "pagina": None})
    following.turn()
    [message] = following.mail.to("coordinator@zuiderveld.example")
    assert f"{SITE}/documenten/{document.id}?pagina=1" in text_of(message)
    assert "Mijn adres" not in text_of(message) + html_of(message)
    first, second = following.opslag.meldingen.listed()
    assert (first.tekst, first.adres, second.pagina) == ("Mijn adres.", ADRES, None)
    listed = following.installation.command("meldingen", "--json")
    assert first.id in listed.stdout.decode()
    assert following.installation.command("meldingen", "afgehandeld", first.id).returncode == 0
    assert [one.id for one in following.opslag.meldingen.listed()] == [second.id]
    following.clock.forward(days=31)
    following.again().turn()
    assert len(following.opslag.meldingen.listed(open_only=False)) == 1


def test_what_nobody_is_still_to_be_told_of_is_forgotten(following: Following, tmp_path: Path) -> None:
    following.follow("zoek=kwartelwei", frequentie="wekelijks")
    following.publish("Over kwartelwei.", "Over iets anders.")
    following.turn()
    before = len(following.opslag.stroom.between(0))
    following.opslag.stroom.forget(before=datetime.now(UTC) + timedelta(days=1))
    assert len(following.opslag.stroom.between(0)) == before
    following.clock.forward(days=8)
    following.turn()
    assert len(following.news()) == 1
    following.opslag.stroom.forget(before=datetime.now(UTC) + timedelta(days=1))
    assert len(following.opslag.stroom.between(0)) == 1
