"""The store of followers in both kinds of database: made, opened again, and kept apart."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL

from woo.domain.errors import Refused, Unavailable
from woo.domain.volgen import Frequentie, Gebeurtenissoort, Meldingsoort
from woo.registry import Registry
from woo.settings import Settings, load_settings
from woo.volgers import Aanmelding, Melding, Volgersopslag, open_volgers
from woo.volgers.stroom import Wachtend

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def settings(folder: Path, url: str = "") -> Settings:
    environ = {"WOO_HOME": str(folder)} | ({"WOO_VOLGEN__URL": url} if url else {})
    return load_settings(environ, cwd=folder)


def exercise(opslag: Volgersopslag) -> None:
    """Everything that the store does once, with what must come of it."""
    stroom, volgers, webhooks = opslag.stroom, opslag.volgers, opslag.webhooks
    stroom.begin(3, [("document", "oud")])
    assert stroom.positie() == 3
    stroom.follow(7, [Wachtend("document", "een", vervangen=True, sinds=NOW)])
    stroom.follow(9, [Wachtend("document", "een", vervangen=False, sinds=NOW)])
    [waiting] = stroom.waiting(now=NOW)
    assert waiting.vervangen
    assert stroom.known([Wachtend("document", "oud", vervangen=False, sinds=NOW)]) == {("document", "oud")}
    aanmelding = Aanmelding("a@voorbeeld.example", {"zoek": "x"}, Frequentie.DIRECT, "inzending-1")
    id = volgers.sign_up(aanmelding, now=NOW)
    assert volgers.sign_up(aanmelding, now=NOW) == id
    [one] = volgers.to_ask(now=NOW, per_day=1, per_hour=10)
    volgers.asking(one, now=NOW)
    assert volgers.to_ask(now=NOW, per_day=1, per_hour=10) == []
    volgers.asked(one, now=NOW)
    assert volgers.confirm(id, now=NOW, volgende=dict.fromkeys(Frequentie, NOW))
    hook = webhooks.add("https://a.example/", {}, now=NOW)
    stroom.settle([(waiting, Gebeurtenissoort.GEPUBLICEERD)], [], now=NOW)
    assert [event.object_id for event in stroom.first_shown(0, stroom.laatste())] == ["een"]
    assert [due.id for due in webhooks.due(now=NOW)] == [hook.id]
    webhooks.delivered(hook.id, stroom.laatste(), now=NOW, told="een")
    webhooks.delivered(hook.id, stroom.laatste(), now=NOW, told="een")
    assert webhooks.told_of(hook.id, ["een", "twee"]) == {"een"}
    volgers.sending(id, 1)
    assert [due.verzendt_tot for due in volgers.due(now=NOW)] == [1]
    volgers.told(id, 1, volgende=NOW + timedelta(hours=1))
    assert volgers.due(now=NOW) == []
    assert stroom.forget(before=NOW + timedelta(days=1)) == 0  # the newest stays
    report = Melding("melding-1", NOW, Meldingsoort.ANDERS, "een", None, None, "", None)
    assert opslag.meldingen.add(report)
    assert not opslag.meldingen.add(report)
    assert volgers.remove("A@voorbeeld.example") == 1
    webhooks.remove(hook.id)


def test_the_store_in_sqlite_does_everything_and_is_there_again(tmp_path: Path) -> None:
    with open_volgers(settings(tmp_path)) as opslag:
        exercise(opslag)
    with open_volgers(settings(tmp_path)) as opslag:
        assert opslag.stroom.positie() == 9
    assert (tmp_path / "volgers.sqlite3").stat().st_mode & 0o007 == 0


@pytest.mark.needs("postgresql")
def test_the_store_in_a_schema_of_postgresql_does_everything_beside_the_registry(
    tmp_path: Path, empty_postgresql: URL
) -> None:
    Registry.create(empty_postgresql).close()
    url = empty_postgresql.update_query_dict({"options": "-csearch_path=volgers"})
    with open_volgers(settings(tmp_path, url.render_as_string(hide_password=False))) as opslag:
        exercise(opslag)
    with open_volgers(settings(tmp_path, url.render_as_string(hide_password=False))) as opslag:
        assert opslag.stroom.positie() == 9
    engine = sa.create_engine(empty_postgresql)
    names = {
        schema: set(sa.inspect(engine).get_table_names(schema=schema)) for schema in ("public", "volgers")
    }
    engine.dispose()
    assert {"volgen_volger", "volgen_melding"} <= names["volgers"]
    assert not [name for name in names["public"] if name.startswith("volgen")]


def test_tables_of_a_newer_program_are_not_touched(tmp_path: Path) -> None:
    own = settings(tmp_path)
    open_volgers(own).close()
    engine = sa.create_engine(own.volgen.url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE volgen_versie SET versie = 99"))
    engine.dispose()
    with pytest.raises(Refused, match="version 99"):
        open_volgers(own)


def test_a_store_that_cannot_be_made_names_itself_and_not_the_registry(tmp_path: Path) -> None:
    (tmp_path / "vol").write_text("")
    with pytest.raises(Unavailable, match="The store of followers"):
        open_volgers(settings(tmp_path, f"sqlite:///{tmp_path}/vol/volgers.sqlite3"))
