"""Archives at a source are taken apart: each member is a document or an item with its reason, and follows the archive."""

import io
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.oogst.verslag import HarvestReport, maak_verslag
from tests.flow.installation import TESTER, Installation
from tests.flow.oogsten import BRON, installatie, item, oogst, verslag
from tests.flow.test_vernietigen import EEN, MARKER, TWEE, traces
from tests.servers.uitgever import Site, Stuk, Uitgever
from woo.domain.document import Document, Relatiesoort
from woo.domain.oogst import Oogstitem, Oogstrun, Verschil, same_as
from woo.domain.publicatie import Publicatiestatus
from woo.oogst import load_bronnen
from woo.usecases.document import change_document
from woo.usecases.ingreep import approve, propose_destruction
from woo.usecases.intrekking import withdraw, withdraw_publicatie
from woo.usecases.oogst import geef_vrij
from woo.usecases.oogst_noteren import VERNIETIGD, WACHT
from woo.usecases.oogst_weg import WEG

ZIP = "alle.zip"
_MAAND = iter(range(10_000))


@pytest.fixture
def site() -> Iterator[Site]:
    with Uitgever() as site:
        yield site


def archief(**leden: bytes) -> bytes:
    """A ZIP with these members; `__` in a name is a folder, `_` a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for naam, inhoud in leden.items():
            file.writestr(naam.replace("__", "/").replace("_", "."), inhoud)
    return made.getvalue()


def zet(site: Site, inhoud: bytes, **changes: object) -> Stuk:
    """Put an archive on the site, or another one in its place."""
    number = next(_MAAND)
    lastmod = f"2026-02-{number % 28 + 1:02d}T{number // 28 % 24:02d}:00:00Z"
    stuk = Stuk(ZIP, inhoud, lastmod=lastmod, titel="Alle stukken", soort="application/zip")
    site.zet(replace(stuk, **changes))  # type: ignore[arg-type]
    return site.stukken[ZIP]


def leden(inst: Installation, site: Site) -> dict[str, Oogstitem]:
    """What is known of the members, by their place in the archive."""
    url = site.url(ZIP)
    with inst.platform.registry.read() as reading:
        found = reading.oogst.members_of(BRON, url)
    return {each.sleutel.removeprefix(f"{url}!/"): each for each in found}


def document(inst: Installation, of: Oogstitem) -> Document:
    with inst.platform.registry.read() as reading:
        return reading.document(str(of.document_id))


def states(site: Site, told: HarvestReport) -> dict[str, tuple[str, str]]:
    """State and change of everything that the run saw, by its place."""
    return {
        each["path"].removeprefix(site.url("")): (each["state"], each["change"]) for each in told.report.items
    }


def _mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "post@zuiderveld.example", "De brug"
    mail.set_content("Zie de bijlage over de brug.")
    mail.add_attachment("Bijlage bij de brief over de brug", filename="bijlage.txt")
    return bytes(mail)


def test_every_member_is_a_document_or_an_item_with_its_reason(tmp_path: Path, site: Site) -> None:
    los = Stuk("los.txt", b"Een stuk dat er ook los staat", titel="Los", deel_van="besluit.txt")
    site.zet(Stuk("besluit.txt", b"Het besluit", titel="Besluit over de brug"), los)
    inner = archief(diep_txt=b"Een stuk van dieper", niets_txt=b"")
    zet(
        site,
        archief(
            map__kaart_txt=b"De kaart van de brug",
            los_txt=los.inhoud,
            brief_eml=_mail(),
            in_zip=inner,
            iets_bin=bytes(range(256)),
        ),
        deel_van="besluit.txt",
    )
    with installatie(tmp_path, site) as inst:
        told = verslag(inst, oogst(inst))
        assert states(site, told) == {
            "besluit.txt": ("indexed", "new"),
            "los.txt": ("indexed", "new"),
            "alle.zip": ("unpacked", "new"),
            "alle.zip!/map/kaart.txt": ("indexed", "new"),
            "alle.zip!/los.txt": ("duplicate", "new"),
            "alle.zip!/brief.eml": ("indexed", "new"),
            "alle.zip!/brief.eml!/bijlage.txt": ("indexed", "new"),
            "alle.zip!/in.zip": ("unpacked", "new"),
            "alle.zip!/in.zip!/diep.txt": ("indexed", "new"),
            "alle.zip!/in.zip!/niets.txt": ("quarantined", "failed"),
            "alle.zip!/iets.bin": ("skipped", "failed"),
        }
        assert told.refused
        found = leden(inst, site)
        assert {found["map/kaart.txt"].archief, item(inst, site, ZIP).leden} == {site.url(ZIP), 8}
        besluit, kaart = (
            document(inst, item(inst, site, "besluit.txt")),
            document(inst, found["map/kaart.txt"]),
        )
        brief, bijlage = document(inst, found["brief.eml"]), document(inst, found["brief.eml!/bijlage.txt"])
        assert {each.publicatie_id for each in (kaart, brief, bijlage)} == {besluit.publicatie_id}
        assert kaart.officiele_titel == "kaart"
        with inst.platform.registry.read() as reading:
            tied = {
                (r.van, r.naar) for r in reading.relaties(brief.id) if r.soort is Relatiesoort.HEEFT_BIJLAGE
            }
            assert tied == {(besluit.id, brief.id), (brief.id, bijlage.id)}
            assert reading.publicatie(besluit.publicatie_id).officiele_titel == "Besluit over de brug"
        assert inst.public().zoek("dieper")["totaal"] == 1

        site.gevraagd.clear()
        again = maak_verslag(inst.platform, oogst(inst))
        assert site.bestanden_gevraagd() == 0
        assert set(again.changes.items()) >= {("unchanged", 11), ("new", 0), ("failed", 0)}
        assert again.report.states == told.report.states


def test_members_follow_the_archive(tmp_path: Path, site: Site) -> None:
    zet(
        site,
        archief(een_txt=b"Stuk een", twee_txt=b"Stuk twee", drie_txt=b"Stuk drie", vier_txt=b"Stuk vier"),
    )
    with installatie(tmp_path, site) as inst:
        assert oogst(inst).tellingen == {"new": 5}
        before = leden(inst, site)
        _as_it_was(inst, site)
        change_document(
            inst.platform, TESTER, str(before["een.txt"].document_id), {"officiele_titel": "Eigen"}
        )

        zet(
            site,
            archief(
                een_txt=b"Stuk een, anders", twee_txt=b"Stuk twee", vijf_txt=b"Stuk vier", zes_txt=b"Zes"
            ),
        )
        oogst(inst)
        after = leden(inst, site)
        assert {key: each.verschil for key, each in after.items()} == {
            "een.txt": Verschil.GEWIJZIGD,
            "twee.txt": Verschil.ONGEWIJZIGD,
            "drie.txt": Verschil.WEG,
            "vier.txt": Verschil.WEG,
            "vijf.txt": Verschil.NIEUW,
            "zes.txt": Verschil.NIEUW,
        }
        assert item(inst, site, ZIP).verschil is Verschil.GEWIJZIGD
        een = document(inst, after["een.txt"])
        assert (een.versie, een.officiele_titel, een.id) == (2, "Eigen", before["een.txt"].document_id)
        drie = document(inst, before["drie.txt"])
        assert drie.intrekking is not None
        assert drie.intrekking.reden == WEG
        renamed = after["vijf.txt"]  # the same file under another name is the same document
        assert (renamed.document_id, after["vier.txt"].document_id) == (before["vier.txt"].document_id, None)
        assert document(inst, renamed).intrekking is None

        del site.stukken[ZIP]
        site.weg.add(ZIP)
        site.zet(Stuk("anders.txt", b"Iets anders"))
        assert oogst(inst).tellingen == {"new": 1, "gone": 5}
        assert document(inst, renamed).intrekking is not None
        with inst.platform.registry.read() as reading:
            assert reading.publicatie(een.publicatie_id).status is Publicatiestatus.INGETROKKEN

        site.weg.clear()
        zet(site, archief(een_txt=b"Stuk een, anders"))  # it is back, with one of them
        oogst(inst)
        assert document(inst, after["een.txt"]).intrekking is None
        assert document(inst, after["twee.txt"]).intrekking is not None


def _as_it_was(inst: Installation, site: Site) -> None:
    """What is said of an archive changes, and its file does not: nothing is fetched, and its publicatie follows."""
    site.zet(replace(site.stukken[ZIP], titel="Stukken over de brug"))
    site.gevraagd.clear()
    assert oogst(inst).tellingen == {"changed": 1, "unchanged": 4}
    assert site.bestanden_gevraagd() == 0
    with inst.platform.registry.read() as reading:
        assert [each.officiele_titel for each in reading.publicaties()] == ["Stukken over de brug"]
    site.zet(replace(site.stukken[ZIP], lastmod=""))  # without a date it is asked by its ETag
    assert oogst(inst).tellingen == {"changed": 1, "unchanged": 4}
    assert oogst(inst).tellingen == {"unchanged": 5}
    assert item(inst, site, ZIP).leden == 4


def test_what_is_offered_twice_stays_as_long_as_it_is_offered(tmp_path: Path, site: Site) -> None:
    zet(site, archief(een_txt=b"Stuk een"), kenmerk="Z-1")
    with installatie(tmp_path, site) as inst:
        oogst(inst)
        id = str(leden(inst, site)["een.txt"].document_id)
        site.zet(Stuk("los.txt", b"Stuk een", titel="Los", kenmerk="Z-1"))
        oogst(inst)
        los, lid = item(inst, site, "los.txt"), leden(inst, site)["een.txt"]
        assert (los.document_id, los.reden, lid.document_id, lid.reden) == (id, None, None, same_as(id))
        assert document(inst, los).officiele_titel == "Los"  # by itself it has what its source says of it

        _weg(site, "los.txt")
        oogst(inst)
        lid = leden(inst, site)["een.txt"]
        assert (lid.document_id, lid.reden, document(inst, lid).intrekking) == (id, None, None)
        assert item(inst, site, "los.txt").document_id is None

        _weg(site, ZIP)
        site.zet(Stuk("ander.txt", b"Ander"))
        oogst(inst)
        assert document(inst, lid).intrekking is not None
        site.zet(Stuk("elders.txt", b"Stuk een", titel="Elders", kenmerk="Z-1"))
        oogst(inst)
        elders = item(inst, site, "elders.txt")
        assert (elders.document_id, document(inst, elders).intrekking) == (id, None)
        assert leden(inst, site)["een.txt"].document_id is None


def _weg(site: Site, naam: str) -> None:
    del site.stukken[naam]
    site.weg.add(naam)


def test_an_archive_that_cannot_be_opened_takes_nothing_away(tmp_path: Path, site: Site) -> None:
    zet(site, archief(een_txt=b"Stuk een", in_zip=archief(twee_txt=b"Stuk twee")))
    inst = installatie(tmp_path, site)
    inst = Installation(inst.home, **inst.environ, WOO_LIMITS__ZIP_MEMBERS="3")
    with inst:
        oogst(inst)
        before = leden(inst, site)
        whole = archief(een_txt=b"Stuk een")
        zet(site, whole[:40] + b"\0" * 40 + whole[80:])
        told = oogst(inst)
        assert (told.tellingen["failed"], told.tellingen.get("gone")) == (1, None)
        assert str(item(inst, site, ZIP).reden).startswith("damaged")

        zet(site, archief(een_txt=b"Stuk een", in_zip=b"PK\x03\x04" + b"\0" * 60))
        assert "gone" not in oogst(inst).tellingen
        assert document(inst, before["in.zip!/twee.txt"]).intrekking is None

        zet(site, archief(drie_txt=b"Stuk drie"))
        assert oogst(inst).tellingen == {"changed": 1, "new": 1, "gone": 3}

        zet(site, archief(a_txt=b"Stuk a", b_txt=b"Stuk b", c_txt=b"Stuk c", d_txt=b"Stuk d"))
        oogst(inst)
        now = leden(inst, site)
        assert str(now["..."].reden).startswith("too_many_members: 1 more")
        assert document(inst, now["drie.txt"]).intrekking is None  # it may be among those that were left
        with inst.platform.registry.read() as reading:
            kept = reading.item(item(inst, site, ZIP).itemsleutel)
        assert kept is not None
        assert kept.staat == "partial"

        zet(site, _cut())
        for _ in range(2):  # what comes after the cut is not known: it is asked again in each run
            site.gevraagd.clear()
            assert oogst(inst).tellingen["failed"] == 2  # the archive, and what was cut off
            assert site.bestanden_gevraagd() == 1
        assert "it was unpacked as far as member 2" in str(item(inst, site, ZIP).reden)
        now = leden(inst, site)
        assert document(inst, now["heel.txt"]).intrekking is None
        assert document(inst, now["a.txt"]).intrekking is None

        cut = site.stukken[ZIP]
        for _ in range(2):  # gone, back as it was, and gone again
            _weg(site, ZIP)
            site.zet(Stuk("ander.txt", b"Een ander stuk"))
            oogst(inst)
            assert document(inst, now["heel.txt"]).intrekking is not None
            site.weg.clear()
            site.zet(cut)
            oogst(inst)
            assert document(inst, now["heel.txt"]).intrekking is None


def _cut() -> bytes:
    """A TAR that ends in its second member."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as file:
        for naam, inhoud in (("heel.txt", b"Een heel stuk"), ("half.txt", b"x" * 4000)):
            lid = tarfile.TarInfo(naam)
            lid.size = len(inhoud)
            file.addfile(lid, io.BytesIO(inhoud))
    return made.getvalue()[:3000]


def test_a_run_that_is_killed_halfway_an_archive_ends_the_same(tmp_path: Path, site: Site) -> None:
    ends = []
    first = {f"stuk{n}_txt": f"Stuk {n}".encode() for n in range(6)}
    second = {**first, "stuk1_txt": b"Stuk 1, anders", "nieuw_txt": b"Nieuw"}
    del second["stuk2_txt"]
    for dies in (False, True):
        with installatie(tmp_path / str(dies), site) as inst:
            for members, place in ((first, 2), (second, 7)):
                zet(site, archief(**members))
                if dies:
                    _dies(inst, place)
                oogst(inst)
            kept = {key: (each.verschil, each.reden, each.weg) for key, each in leden(inst, site).items()}
            runs = _runs(inst)
            with inst.platform.registry.read() as reading:
                docs = {
                    d.bestand.naam: (d.versie, d.intrekking is None) for d in reading.documents() if d.bestand
                }
            ends.append((kept, docs, [run.tellingen for run in runs]))
    assert ends[0] == ends[1]
    assert len(ends[0][1]) == 7


def _runs(inst: Installation) -> list[Oogstrun]:
    with inst.platform.registry.read() as reading:
        return list(reading.oogst.runs(BRON))


def _dies(inst: Installation, place: int) -> None:
    """A run that is killed after so many steps."""
    steps = iter(range(place))

    def step() -> None:
        if next(steps, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        oogst(inst, progress=step)


def test_members_wait_where_changes_wait(tmp_path: Path, site: Site) -> None:
    zet(site, archief(een_txt=b"Stuk een", twee_txt=b"Stuk twee"))
    with installatie(tmp_path, site, policy="review") as inst:
        oogst(inst)
        bronnen = load_bronnen(inst.settings, inst.platform.lijsten)
        assert geef_vrij(inst.platform, TESTER, bronnen, BRON)[0] == 1
        zet(site, archief(een_txt=b"Stuk een, anders", drie_txt=b"Stuk drie"))
        told = oogst(inst)
        assert told.tellingen == {"changed": 2, "new": 1, "gone": 1}
        now = leden(inst, site)
        assert [now["een.txt"].reden, now["drie.txt"].reden, item(inst, site, ZIP).reden] == [WACHT] * 3
        assert document(inst, now["een.txt"]).versie == 1
        assert document(inst, now["twee.txt"]).intrekking is not None  # withdrawing waits for nobody

        site.gevraagd.clear()
        oogst(inst)
        assert site.bestanden_gevraagd() == 0
        assert geef_vrij(inst.platform, TESTER, bronnen, BRON)[2] == 1
        oogst(inst)
        now = leden(inst, site)
        assert [now["een.txt"].reden, now["drie.txt"].reden, item(inst, site, ZIP).reden] == [None] * 3
        assert (document(inst, now["een.txt"]).versie, now["drie.txt"].document_id is None) == (2, False)
        assert not item(inst, site, ZIP).vrij


def test_a_file_and_an_archive_in_each_others_place(tmp_path: Path, site: Site) -> None:
    site.zet(Stuk(ZIP, b"Nog gewoon een stuk"))
    with installatie(tmp_path, site) as inst:
        oogst(inst)
        stuk = document(inst, item(inst, site, ZIP))
        zet(site, archief(een_txt=b"Stuk een"))
        oogst(inst)
        assert document(inst, leden(inst, site)["een.txt"]).intrekking is None
        with inst.platform.registry.read() as reading:
            assert reading.document(stuk.id).intrekking is not None
        site.zet(Stuk(ZIP, b"Weer een stuk", lastmod="2026-12-01T00:00:00Z"))
        oogst(inst)
        found = item(inst, site, ZIP)
        assert (found.leden, document(inst, found).intrekking) == (None, None)
        assert document(inst, leden(inst, site)["een.txt"]).intrekking is not None


def test_what_was_withdrawn_or_destroyed_here_stays_so(tmp_path: Path, site: Site) -> None:
    lek = {f"{MARKER}_txt": f"Tekst van {MARKER}".encode()}
    zet(site, archief(**lek), titel=f"Stukken van {MARKER}")
    with installatie(tmp_path, site, policy="public") as inst:
        oogst(inst)
        [lid] = leden(inst, site).values()
        publicatie = document(inst, lid).publicatie_id
        withdraw(inst.platform, TESTER, str(lid.document_id), reden="Er staat een naam in.")
        zet(site, archief(**lek, ander_txt=b"Ander stuk"), titel=f"Stukken van {MARKER}")
        oogst(inst)
        assert document(inst, lid).intrekking is not None
        withdraw_publicatie(inst.platform, EEN, publicatie, code="privacy")
        inst.work()
        one = propose_destruction(
            inst.platform, EEN, "publicatie", publicatie, reden="Er staat een nummer in."
        )
        approve(inst.platform, TWEE, one.id)
        inst.work()
        assert item(inst, site, ZIP).vernietigd
        assert item(inst, site, ZIP).gegevens == {}
        elders = replace(site.stukken[ZIP], naam="elders.zip", titel="Elders")
        site.zet(replace(elders, inhoud=archief(**{"x_txt": lek[f"{MARKER}_txt"]})))
        oogst(inst)
        with inst.platform.registry.read() as reading:
            [again] = reading.oogst.members_of(BRON, site.url("elders.zip"))
        assert (again.document_id, again.gegevens, again.reden) == (None, {}, VERNIETIGD)
        inst.platform.registry.scrub()
        home = inst.home
    # as of every batch, the place of a file stays (docs/vernietigen.md): it keeps the file from coming back
    assert traces(home, f"van {MARKER}") == []
