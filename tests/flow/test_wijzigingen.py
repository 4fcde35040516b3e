"""A reader of the feed of changes who keeps asking has what is public and nothing else, whatever happens meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.verify import verify
from ingest.wijziging_verify import compare_wijzigingen, order_wijzigingen
from ingest.wijzigingen import Wijzigingen
from tests.api.pdfs import write_pdf
from tests.flow.installation import TESTER, Installation, Visitor
from tests.flow.sitemap_site import make_site
from woo.domain.document import Bestand, Document, Leesstatus, Lezing
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.domain.wijziging import Wijziging, Wijzigingstatus
from woo.storage.port import WIJZIGINGEN, wijzigingen_naam
from woo.usecases.document import change_document, replace_bestand
from woo.usecases.herstel import restore_within
from woo.usecases.intrekking import withdraw

_FEED = "/v1/wijzigingen"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    home = tmp_path / "home"
    home.mkdir()
    with Installation(home) as made:
        yield made


@dataclass
class Lezer:
    """Somebody who keeps a copy: state and digest by document, and every number seen."""

    visitor: Visitor
    aantal: int = 1
    cursor: str = ""
    kopie: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    nummers: list[int] = field(default_factory=list)

    def lees(self) -> list[dict[str, Any]]:
        """Everything since the last time."""
        found: list[dict[str, Any]] = []
        more = True
        while more:
            answer = self.visitor.get(_FEED, {"na": self.cursor, "aantal": str(self.aantal)})
            assert answer.status_code == 200, answer.text
            body = answer.json()
            found += body["wijzigingen"]
            self.cursor, more = body["volgende"], body["meer"]
        for each in found:
            bestand = each["document"]["bestand"] if "document" in each else None
            self.kopie[each["documentId"]] = (each["status"], bestand and bestand["sha256"])
        self.nummers += [each["nummer"] for each in found]
        return found


def _replace(installation: Installation, id: str, path: Path) -> str:
    stored = installation.platform.archive.put(path)
    bestand = Bestand(stored.digest, path.name, "application/pdf", stored.grootte)
    replace_bestand(installation.platform, TESTER, id, bestand)
    installation.work()
    return stored.digest


def _read_as(installation: Installation, document: Document, lezing: Lezing) -> None:
    """Let a document count as read, or as waiting to be read."""
    with installation.platform.registry.transaction() as tx:
        tx.save_document(replace(document, lezing=lezing))
        wish = Jobwens(Jobsoort.SYNC_DOCUMENT, document.id, Prioriteit.NORMAAL)
        tx.want(wish, now=installation.platform.now())


def _states(found: list[dict[str, Any]]) -> dict[str, str]:
    return {each["documentId"]: each["status"] for each in found}


def test_a_reader_who_keeps_asking_misses_nothing(
    installation: Installation, dossier: Path, tmp_path: Path
) -> None:
    platform = installation.platform
    installation.ingest(dossier, publish=True)
    lezer = Lezer(installation.public())
    with platform.registry.read() as reading:
        first, second = reading.documents()
    assert _states(lezer.lees()) == {first.id: "openbaar", second.id: "openbaar"}
    assert lezer.lees() == []

    _read_as(installation, first, Lezing(Leesstatus.WACHT))
    change_document(platform, TESTER, second.id, {"officiele_titel": "Andere titel"})
    installation.work()
    (told,) = lezer.lees()
    assert (told["documentId"], told["document"]["officieleTitel"]) == (second.id, "Andere titel")
    assert first.id not in _states(Lezer(installation.public()).lees())  # not shown, and to come back

    _read_as(installation, first, first.lezing)
    withdraw(platform, TESTER, second.id, reden="Er stond een naam in.")
    late = Lezer(installation.public(), aantal=100)
    assert _states(late.lees())[second.id] == "ingetrokken"  # before a worker came by
    installation.work()
    told = {each["documentId"]: each for each in lezer.lees()}
    assert told[first.id]["status"] == "openbaar"  # as it was, and told again to who was told nothing
    assert (told[second.id]["status"], told[second.id]["reden"], "document" in told[second.id]) == (
        "ingetrokken",
        "Er stond een naam in.",
        False,
    )

    with platform.registry.transaction() as tx:
        restore_within(tx, platform, TESTER, "document", second.id)
    broken = tmp_path / "kapot.pdf"
    broken.write_bytes(b"%PDF-1.7 en verder niets")
    _replace(installation, first.id, broken)
    assert _states(lezer.lees()) == {second.id: "openbaar", first.id: "niet_openbaar"}
    digest = _replace(installation, first.id, write_pdf(tmp_path / "nieuw.pdf", ["Een nieuwe versie."]))
    assert _states(lezer.lees()) == {first.id: "openbaar"}
    assert lezer.kopie[first.id] == ("openbaar", digest)

    withdraw(platform, TESTER, first.publicatie_id, reden="Een fout.")
    installation.work()
    assert set(_states(lezer.lees()).values()) == {"ingetrokken"}
    assert lezer.nummers == sorted(set(lezer.nummers))
    whole = Lezer(installation.public())
    whole.lees()
    assert whole.kopie == lezer.kopie
    assert verify(platform, None, repair=False) == []


def _show(installation: Installation, number: int) -> list[str]:
    """Documents that the public side is said to hold, without the work of showing them; returns their ids by publicatie."""
    made = make_site(installation.platform, number)
    with installation.platform.registry.transaction() as tx:
        for each in made:
            tx.mark_shown(
                "document", each.document.id, paginas=1, vingerafdruk="a:b", op=installation.platform.now()
            )
    return sorted({each.publicatie.id for each in made})


def test_what_is_lost_or_damaged_is_found_and_made_again(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform, store = installation.platform, installation.platform.public
    ids = _show(installation, 20)
    feed = Wijzigingen(platform)
    feed.begin()
    feed.renew(ids)
    with platform.registry.transaction() as tx:
        tx.connection.exec_driver_sql("DELETE FROM job")
        (deel,) = tx.wijzigingen.delen()
        row = tx.wijzigingen.of_deel(1)[3]
    content = store.site(wijzigingen_naam(1))
    assert content is not None

    def forget() -> None:
        with platform.registry.transaction() as tx:
            tx.wijzigingen.forget([row.document_id])

    damages = [
        lambda: store.hide_site(wijzigingen_naam(1)),
        lambda: store.show_site(wijzigingen_naam(1), {"rijen": content["rijen"][1:]}),
        lambda: store.hide_site(WIJZIGINGEN),
        forget,
    ]
    for spoil in damages:
        assert list(compare_wijzigingen(platform)) == []
        spoil()
        found = list(compare_wijzigingen(platform))
        assert len(found) == 1
        order_wijzigingen(platform, found)
        with platform.registry.transaction() as tx:
            wanted = [each.object_id for each in found if each.deel is None]
            tx.connection.exec_driver_sql("DELETE FROM job")
        feed.renew(wanted)
    assert list(compare_wijzigingen(platform)) == []
    with platform.registry.read() as reading:
        assert reading.wijzigingen.van([row.document_id])[row.document_id].nummer == deel.aantal + 1

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    forget()
    with monkeypatch.context() as patch:
        patch.setattr(type(store), "show_site", dies)
        with pytest.raises(KeyboardInterrupt):
            feed.renew([row.publicatie_id])
    Wijzigingen(platform).begin()  # another writer goes on
    assert list(compare_wijzigingen(platform)) == []


def test_numbers_that_may_be_given_twice_belong_to_another_edition(installation: Installation) -> None:
    platform, store = installation.platform, installation.platform.public
    ids = _show(installation, 8)
    feed = Wijzigingen(platform)
    feed.begin()
    feed.renew(ids)
    lezer = Lezer(installation.public(), aantal=100)
    lezer.lees()

    def editie() -> str:
        listed = store.site(WIJZIGINGEN)
        assert listed is not None
        return str(listed["editie"])

    before = editie()
    Wijzigingen(platform).begin()
    assert editie() == before
    listed = store.site(WIJZIGINGEN)
    assert listed is not None
    store.show_site(
        WIJZIGINGEN, {**listed, "hoogste": listed["hoogste"] + 5}
    )  # the registry is older than that
    Wijzigingen(platform).begin()
    again = editie()
    assert again != before
    answer = lezer.visitor.get(_FEED, {"na": lezer.cursor})
    assert answer.status_code == 410
    with (
        platform.registry.transaction() as tx
    ):  # as after a restore: no edition, no files, nothing known to be shown
        tx.connection.exec_driver_sql("DELETE FROM wijzigingeditie")
        tx.connection.exec_driver_sql("DELETE FROM wijzigingdeel")
        tx.connection.exec_driver_sql("DELETE FROM getoond")
    assert list(compare_wijzigingen(platform)) == []
    Wijzigingen(platform).begin()
    assert editie() not in (before, again)
    with platform.registry.transaction() as tx:
        tx.connection.exec_driver_sql("DELETE FROM job")
    assert list(compare_wijzigingen(platform)) == []


def test_files_that_run_empty_go_and_moments_never_go_back(installation: Installation) -> None:
    platform = installation.platform
    now = platform.now()
    rows = [
        Wijziging(f"d{n}", "p", n, now + timedelta(days=1), Wijzigingstatus.OPENBAAR, "x")
        for n in (1, 2, 1001)
    ]
    feed = Wijzigingen(platform)
    feed.begin()
    with platform.registry.transaction() as tx:
        tx.wijzigingen.save(rows)
        tx.wijzigingen.touch({1, 2})
    feed.write()
    assert platform.public.site(wijzigingen_naam(1)) is not None
    with platform.registry.transaction() as tx:
        tx.wijzigingen.save([replace(each, nummer=each.nummer + 2000) for each in rows[:2]])
        tx.wijzigingen.touch({1, 3})
    feed.write()
    assert platform.public.site(wijzigingen_naam(1)) is None
    listed = platform.public.site(WIJZIGINGEN)
    assert listed is not None
    assert [each[:2] for each in listed["delen"]] == [[2, 1], [3, 2]]
    feed.renew(_show(installation, 3))
    with platform.registry.read() as reading:
        moments = [each.op for each in reading.wijzigingen.of_deel(3)]
    assert len(moments) > 2
    assert moments == sorted(moments)
