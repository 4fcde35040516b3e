"""The nation finds in the sitemaps what is public, all of it and nothing else, as soon as it is and no longer."""

import io
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingest.sitemap_verify import compare_sitemaps, order_sitemaps
from ingest.sitemaps import Sitemaps
from ingest.sync import Syncer
from ingest.verify import verify
from tests.conftest import SHARED, missing_part
from tests.flow.installation import TESTER, Installation, Visitor, within_promise
from tests.flow.sitemap_site import Made, make_site
from tests.unit.test_sitemap_regels import Schemas
from woo.diwoo.sitemap import Sitemapvermelding, Vermelding
from woo.diwoo.sitemaplezer import Sitemaplezer
from woo.diwoo.sitemapregels import keur
from woo.domain.document import Document
from woo.domain.events import Jobsoort, Jobwens, Prioriteit
from woo.domain.publicatie import Intrekking
from woo.registry import Job
from woo.storage.port import SITEMAPS, sitemap_naam
from woo.usecases.document import change_document
from woo.usecases.intrekking import withdraw
from woo.usecases.publicatie import publish

_SITE = "https://open.zuiderveld.example"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    home = tmp_path / "home"
    home.mkdir()
    with Installation(home, WOO_SITE__URL=_SITE, WOO_SERVE__POINTS_PER_MINUTE="1000000") as made:
        made.work()  # makes an index, of nothing yet
        yield made


def _write_all(installation: Installation) -> float:
    """Let the writer do what the sitemaps are owed, and nothing else; returns how many seconds it took."""
    sitemaps = Sitemaps(installation.platform)
    started = time.monotonic()
    while sitemaps.turn(_claimer(installation), idle=True):
        pass
    return time.monotonic() - started


def _claimer(installation: Installation) -> Callable[[Sequence[Jobsoort], int], list[Job]]:
    registry, now = installation.platform.registry, installation.platform.now
    lease = timedelta(minutes=5)
    return lambda soorten, limit: registry.jobs.claim(
        "test", now=now(), soorten=soorten, limit=limit, lease=lease
    )


def _files(visitor: Visitor) -> dict[str, bytes]:
    """Every index and sitemap that robots.txt leads to, by its name."""
    found: dict[str, bytes] = {}
    for line in visitor.get("/robots.txt").text.splitlines():
        if not line.startswith("Sitemap: "):
            continue
        index = line.removeprefix("Sitemap: ")
        found[index.rpartition("/")[2]] = visitor.get(index.removeprefix(_SITE)).content
        for entry in _read(found[index.rpartition("/")[2]]):
            assert isinstance(entry, Sitemapvermelding)
            answer = visitor.get(entry.loc.removeprefix(_SITE))
            assert answer.status_code == 200
            found[entry.loc.rpartition("/")[2]] = answer.content
    return found


def _read(content: bytes) -> list[Vermelding | Sitemapvermelding]:
    return list(Sitemaplezer().lees(io.BytesIO(content)))


def _entries(files: dict[str, bytes]) -> dict[str, tuple[str, Vermelding]]:
    """Every document by its address: the category of the file in which it stands, and its entry; each stands there once."""
    found: dict[str, tuple[str, Vermelding]] = {}
    for naam, content in files.items():
        for entry in _read(content) if naam.startswith("sitemap-") else ():
            assert isinstance(entry, Vermelding)
            assert entry.loc not in found
            found[entry.loc] = (naam[21:24], entry)
    return found


def _loc(document: Document, naam: str) -> str:
    return f"{_SITE}/v1/documenten/{document.id}/bestand/document{Path(naam).suffix}"


def _check_valid(installation: Installation, files: dict[str, bytes]) -> None:
    schemas = None if missing_part("shared") else Schemas(SHARED / "standards" / "diwoo")
    for naam, content in files.items():
        faults = list(keur(io.BytesIO(content), installation.platform.lijsten, naam=naam))
        assert faults == [], naam
        assert schemas is None or schemas.accept(content), naam


def _check_equal(
    installation: Installation, made: list[Made], entries: dict[str, tuple[str, Vermelding]]
) -> None:
    """What was read back is what was made: nothing too much, nothing missing, every field."""
    lijsten = installation.platform.lijsten
    wanted = {_loc(each.document, each.bestandsnaam): each for each in made if each.harvested}
    assert set(entries) == set(wanted)
    for loc, each in wanted.items():
        nr, entry = entries[loc]
        document, publicatie, diwoo = each.document, each.publicatie, entry.diwoo
        assert diwoo is not None
        assert nr == each.nr
        assert entry.lastmod == max(document.gewijzigd_op, publicatie.gewijzigd_op)
        assert diwoo.officiele_titel == document.officiele_titel
        assert diwoo.publisher is not None
        assert publicatie.publisher is not None
        assert diwoo.publisher.resource == lijsten.organisaties.get(publicatie.publisher).uri
        assert [one.resource for one in diwoo.informatiecategorieen] == [
            lijsten.informatiecategorieen.get(code).uri for code in each.codes
        ]
        assert diwoo.creatiedatum == document.creatiedatum
        assert diwoo.aggregatiekenmerk == publicatie.kenmerk
        assert diwoo.omschrijvingen == ((document.omschrijving,) if document.omschrijving else ())
        assert diwoo.identifiers == ((document.kenmerk,) if document.kenmerk else ()) + (document.id,)
        assert [one.label for one in diwoo.documentsoorten] == (
            [lijsten.documentsoorten.get(document.documentsoort).naam] if document.documentsoort else []
        )
        taal = None if document.taal is None else lijsten.talen.get(document.taal).uri
        assert (None if diwoo.language is None else diwoo.language.resource) == taal
        assert diwoo.format is not None
        assert lijsten.formaten.get(diwoo.format.resource or "").code.lower() == loc.rpartition(".")[2]
        soort, moment = (
            ("ontvangst", document.aangemaakt_op.date())
            if document.creatiedatum is None
            else ("vaststelling", document.creatiedatum)
        )
        assert [(one.soort.label, one.op.date()) for one in diwoo.handelingen] == [(soort, moment)]


def _check_moments(installation: Installation) -> None:
    """The list tells of each file to the microsecond when it changed: who read it a moment before sees the next change."""
    listed = installation.platform.public.site(SITEMAPS)
    assert listed is not None
    with installation.platform.registry.read() as reading:
        written = {(each.nr, each.deel): each.lastmod for each in reading.sitemaps.delen()}
    told = {
        (nr, each["deel"]): datetime.fromisoformat(each["lastmod"])
        for nr, delen in listed["categorieen"].items()
        for each in delen
    }
    assert told == written


def _check_related(made: list[Made], entries: dict[str, tuple[str, Vermelding]]) -> None:
    """An attachment names what it belongs to, and that names the attachment."""
    by_publicatie: dict[str, list[Made]] = {}
    for each in made:
        by_publicatie.setdefault(each.publicatie.id, []).append(each)
    pairs = 0
    for first, second, _ in (found for found in by_publicatie.values() if len(found) == 3):
        if not (first.harvested and second.harvested):
            continue
        pairs += 1
        one, other = _loc(first.document, first.bestandsnaam), _loc(second.document, second.bestandsnaam)
        whole, part = entries[one][1].diwoo, entries[other][1].diwoo
        assert whole is not None
        assert part is not None
        assert part.is_part_of is not None
        assert part.is_part_of.resource == one
        assert other in [each.resource for each in whole.has_parts]
        assert [(r.rol.label, r.document.resource) for r in whole.documentrelaties] == [
            ("heeft bijlage", other)
        ]
    assert pairs


def _change_one(
    installation: Installation, made: list[Made], visitor: Visitor, files: dict[str, bytes]
) -> None:
    """Another title rewrites one file, and the index that names it."""
    each = next(one for one in made if one.harvested and one.nr == "015" and len(one.codes) == 1)
    platform = installation.platform
    started = time.monotonic()
    with platform.registry.transaction() as tx:
        document = tx.document(each.document.id)
        fields = {name: getattr(document, name) for name in document.__slots__}
        tx.save_document(Document(**(fields | {"officiele_titel": "Anders", "gewijzigd_op": platform.now()})))
        tx.want(Jobwens(Jobsoort.SITEMAP, each.publicatie.id, Prioriteit.NORMAAL), now=platform.now())
    _write_all(installation)
    after = _files(visitor)
    print(f"after a change the sitemaps were right in {time.monotonic() - started:.1f} s, all of them read")
    changed = {naam for naam in files if after[naam] != files[naam]}
    assert set(after) == set(files)
    assert len(changed) == 2
    assert "sitemapindex-diwoo-infocat015.xml" in changed
    entry = _entries({naam: after[naam] for naam in changed})[_loc(each.document, each.bestandsnaam)][1]
    assert entry.diwoo is not None
    assert entry.diwoo.officiele_titel == "Anders"
    assert entry.lastmod is not None
    assert entry.lastmod > each.document.gewijzigd_op


def _withdraw_one(installation: Installation, made: list[Made], visitor: Visitor) -> None:
    """It is gone at once behind the gate, and from what is stored once the writer came by."""
    each = [one for one in made if one.harvested][-1]
    loc, platform = _loc(each.document, each.bestandsnaam), installation.platform
    with platform.registry.read() as reading:
        (place,) = [
            one
            for one in reading.sitemaps.of_publicaties([each.publicatie.id])[each.publicatie.id]
            if one.document_id == each.document.id
        ]
    path = f"/sitemaps/sitemap-diwoo-infocat{place.nr}-{place.deel:05d}.xml"
    assert loc in visitor.get(path).text
    started = time.monotonic()
    withdraw(platform, TESTER, each.document.id, reden="Er stond een naam in.")
    assert within_promise(lambda: loc not in visitor.get(path).text)
    print(f"after a withdrawal it was gone in {time.monotonic() - started:.1f} s")
    assert visitor.get(loc.removeprefix(_SITE)).status_code == 410
    installation.work()
    assert each.document.id not in str(platform.public.site(sitemap_naam(place.nr, place.deel)))
    assert platform.registry.jobs.waiting() == 0


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_a_generated_site_is_told_as_it_is(installation: Installation, proving: bool) -> None:
    made = make_site(installation.platform, 100_000 if proving else 2_000)
    seconds = _write_all(installation)
    visitor = installation.public()
    files = _files(visitor)
    print(f"{len(made)} documents, {len(files)} files written in {seconds:.1f} s")
    assert len([naam for naam in files if naam.startswith("sitemapindex")]) == 18
    _check_valid(installation, files)
    entries = _entries(files)
    _check_equal(installation, made, entries)
    _check_related(made, entries)
    _check_moments(installation)
    _change_one(installation, made, visitor, files)
    _withdraw_one(installation, made, visitor)


def test_the_worker_follows_what_is_published_changed_and_withdrawn(
    installation: Installation, dossier: Path
) -> None:
    installation.ingest(dossier, publish=False)
    visitor = installation.public()
    assert _files(visitor) == {}
    with installation.platform.registry.read() as reading:
        documents = reading.documents()
    publish(installation.platform, TESTER, documents[0].publicatie_id)
    installation.work()
    entries = _entries(_files(visitor))
    assert {d.id for d in documents} == {loc.split("/")[5] for loc in entries}
    for loc in entries:
        assert visitor.get(loc.removeprefix(_SITE)).headers["content-type"] == "application/pdf"
    change_document(installation.platform, TESTER, documents[0].id, {"officiele_titel": "Andere titel"})
    installation.work()
    titles = {e.diwoo.officiele_titel for _, e in _entries(_files(visitor)).values() if e.diwoo}
    assert "Andere titel" in titles
    installation.platform.public.hide_site(SITEMAPS)
    assert [each.part for each in verify(installation.platform, None, repair=True)] == ["sitemaps"]
    installation.work()
    assert verify(installation.platform, None, repair=False) == []
    assert len(_entries(_files(visitor))) == 2
    withdraw(installation.platform, TESTER, documents[0].publicatie_id, reden="Een fout.")
    installation.work()
    assert _files(installation.public()) == {}
    listed = installation.platform.public.site(SITEMAPS)
    assert listed is not None
    assert listed["categorieen"] == {}


def test_what_is_lost_or_damaged_is_found_and_made_again(installation: Installation) -> None:
    make_site(installation.platform, 60)
    _write_all(installation)
    store = installation.platform.public
    before = {naam: store.site(naam) for naam in (sitemap_naam("001", 1), sitemap_naam("002", 1))}
    content = before[sitemap_naam("002", 1)]
    assert content is not None
    damages: list[Callable[[], None]] = [
        lambda: store.hide_site(sitemap_naam("001", 1)),
        lambda: store.hide_site(SITEMAPS),
        lambda: store.show_site(
            sitemap_naam("002", 1), {**content, "vermeldingen": content["vermeldingen"][1:]}
        ),
        lambda: _forget_places(installation),
    ]
    for spoil in damages:
        assert list(compare_sitemaps(installation.platform)) == []
        spoil()
        found = list(compare_sitemaps(installation.platform))
        assert found
        order_sitemaps(installation.platform, found)
        _write_all(installation)
    assert list(compare_sitemaps(installation.platform)) == []
    for naam, held in before.items():
        again = store.site(naam)
        assert again is not None
        assert held is not None
        assert again["vermeldingen"] == held["vermeldingen"]


def _forget_places(installation: Installation) -> None:
    with installation.platform.registry.transaction() as tx:
        tx.sitemaps.drop_plaatsen([each.document_id for each in tx.sitemaps.of_deel("001", 1)])


def test_a_killed_writer_leaves_nothing_half(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stops after the places were committed and before a file was written; another goes on."""
    platform = installation.platform
    made = make_site(platform, 200)
    real = type(platform.public).show_site

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(type(platform.public), "show_site", dies)
    with pytest.raises(KeyboardInterrupt):
        _write_all(installation)
    monkeypatch.setattr(type(platform.public), "show_site", real)
    platform.registry.jobs.release_owner("test")
    _write_all(installation)
    files = _files(installation.public())
    _check_equal(installation, made, _entries(files))
    assert list(compare_sitemaps(installation.platform)) == []


def test_files_are_written_once_for_many_rounds_of_bulk(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless other work comes too, or somebody waits; a writer that stops in between leaves it to the next."""
    monkeypatch.setattr("ingest.sitemaps.CLAIM", 10)
    platform, written = installation.platform, list[str]()
    real = type(platform.public).show_site

    def counted(store: object, naam: str, content: object) -> None:
        written.append(naam)
        real(store, naam, content)  # type: ignore[arg-type]

    made = make_site(platform, 105)
    monkeypatch.setattr(type(platform.public), "show_site", counted)
    now = [0.0]
    sitemaps = Sitemaps(platform, monotonic=lambda: now[0])

    def rounds(number: int, *, idle: bool = True) -> list[str]:
        written.clear()
        for _ in range(number):
            assert sitemaps.turn(_claimer(installation), idle=idle)
        return [naam for naam in written if naam.startswith("sitemap")]

    def owed() -> bool:
        return sitemaps.owed

    assert rounds(3) == []
    assert owed()
    assert len(rounds(1, idle=False)) > 5
    assert not owed()
    assert rounds(2) == []
    now[0] += 60
    assert SITEMAPS in rounds(1)
    assert rounds(1) == []
    with platform.registry.transaction() as tx:
        tx.want(Jobwens(Jobsoort.SITEMAP, made[0].publicatie.id, Prioriteit.NORMAAL), now=platform.now())
    assert SITEMAPS in rounds(1)
    assert rounds(1) == []
    assert owed()
    sitemaps = Sitemaps(platform)  # what the one before held is lost
    assert SITEMAPS in rounds(1)
    _write_all(installation)
    _check_equal(installation, made, _entries(_files(installation.public())))


def test_a_sitemap_is_as_urgent_as_what_changed_it(installation: Installation) -> None:
    platform = installation.platform
    (made,) = make_site(platform, 1)[-1:]
    claim = _claimer(installation)
    platform.registry.jobs.done(claim((Jobsoort.SITEMAP,), 10), now=platform.now())
    syncer = Syncer(platform, [])
    for urgency in Prioriteit:
        with platform.registry.transaction() as tx:
            tx.save_document(replace(made.document, intrekking=Intrekking(platform.now(), "Een fout.")))
            tx.want(Jobwens(Jobsoort.SYNC_DOCUMENT, made.document.id, urgency), now=platform.now())
        syncer.take(claim((Jobsoort.SYNC_DOCUMENT,), 10))
        syncer.commit(platform.now())
        jobs = claim((Jobsoort.SITEMAP,), 10)
        assert [each.prioriteit for each in jobs] == [urgency]
        platform.registry.jobs.done(jobs, now=platform.now())


def test_what_could_not_be_written_is_tried_again(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where no job is left that asks for it."""
    monkeypatch.setattr("ingest.sitemaps.CLAIM", 10)
    platform = installation.platform
    made = make_site(platform, 10)
    now = [0.0]
    sitemaps = Sitemaps(platform, monotonic=lambda: now[0])
    assert sitemaps.turn(_claimer(installation), idle=True)
    assert platform.registry.jobs.waiting() == 0
    real = type(platform.public).show_site

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(platform.public), "show_site", full)
    assert sitemaps.turn(_claimer(installation), idle=True)
    assert not sitemaps.turn(_claimer(installation), idle=True)
    assert not sitemaps.owed  # a worker that runs until nothing is left to do ends
    monkeypatch.setattr(type(platform.public), "show_site", real)
    now[0] += 6
    assert sitemaps.turn(_claimer(installation), idle=True)
    assert not sitemaps.owed
    _check_equal(installation, made, _entries(_files(installation.public())))


def test_a_full_file_is_followed_by_another_and_an_empty_one_goes(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.sitemap_places.MOST_URLS", 2)
    made = make_site(installation.platform, 200)
    _write_all(installation)
    visitor = installation.public()
    files = _files(visitor)
    _check_equal(installation, made, _entries(files))
    first = [naam for naam in files if naam.startswith("sitemap-diwoo-infocat014-")]
    assert len(first) > 3
    for loc, (nr, _) in _entries({first[1]: files[first[1]]}).items():
        assert nr == "014"
        withdraw(installation.platform, TESTER, loc.split("/")[5], reden="Een fout.")
    installation.work()
    assert set(files) - set(_files(installation.public())) == {first[1]}


def test_what_grows_moves_before_its_file_is_too_large(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_site(installation.platform, 40)
    _write_all(installation)
    monkeypatch.setattr("ingest.sitemap_places.MOST_BYTES", 1000)
    each = next(one for one in made if one.harvested and len(one.codes) == 1)
    platform = installation.platform
    with platform.registry.transaction() as tx:
        longer = "Een lange omschrijving. " * 400
        tx.save_document(
            replace(tx.document(each.document.id), omschrijving=longer, gewijzigd_op=platform.now())
        )
        tx.want(Jobwens(Jobsoort.SITEMAP, each.publicatie.id, Prioriteit.NORMAAL), now=platform.now())
    _write_all(installation)
    with platform.registry.read() as reading:
        (place,) = reading.sitemaps.of_publicaties([each.publicatie.id])[each.publicatie.id]
    assert place.deel == 2
    entries = _entries(_files(installation.public()))
    diwoo = entries[_loc(each.document, each.bestandsnaam)][1].diwoo
    assert diwoo is not None
    assert diwoo.omschrijvingen == (longer,)
    assert list(compare_sitemaps(platform)) == []


def test_a_file_that_the_nation_would_refuse_is_not_written(installation: Installation) -> None:
    """A name without an extension, by which a harvester could tell what the file is."""
    made = make_site(installation.platform, 3)
    document = made[-1].document
    assert made[-1].harvested
    assert document.bestand is not None
    with installation.platform.registry.transaction() as tx:
        fields = {name: getattr(document, name) for name in document.__slots__}
        bestand = type(document.bestand)("f" * 64, "zonder", document.bestand.mime, 10)
        tx.save_document(Document(**(fields | {"bestand": bestand, "versie": 2, "weergave": None})))
    _write_all(installation)
    assert document.id not in str(_files(installation.public()))
    assert list(compare_sitemaps(installation.platform)) == []


def test_one_publicatie_that_cannot_be_told_holds_up_no_other(installation: Installation) -> None:
    """Its publisher was taken off the list of this installation; its job says so."""
    made = make_site(installation.platform, 30)
    bad = next(each for each in made if each.harvested)
    with installation.platform.registry.transaction() as tx:
        tx.save_publicatie(replace(tx.publicatie(bad.publicatie.id), publisher="gm9999"))
    _write_all(installation)
    others = [each for each in made if each.publicatie.id != bad.publicatie.id]
    _check_equal(installation, others, _entries(_files(installation.public())))
    assert [each.object_id for each in compare_sitemaps(installation.platform)] == []
    with installation.platform.registry.read() as reading:
        assert reading.objects_with_jobs() == {bad.publicatie.id}
