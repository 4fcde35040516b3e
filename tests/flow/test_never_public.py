"""What can never be public is on no public surface: people behind a request, letters as sent, what is for the requester alone."""

from datetime import date
from pathlib import Path

import pytest

from ingest.verify import verify
from tests.api.pdfs import write_pdf
from tests.flow.installation import ENSCHEDE, TESTER, WOO_VERZOEK, Installation, Visitor
from woo.domain.besluit import Herziening, Uitkomst
from woo.domain.betrokkenen import Reactie
from woo.domain.document import Bestand, Bestemming, Documentrol
from woo.domain.verloop import Doorzending, Periode
from woo.usecases.betrokkenen import add_belanghebbende, set_verzoeker
from woo.usecases.document import NieuwDocument, add_document
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish
from woo.usecases.verloop import note_late, send_on
from woo.usecases.verzoek import NieuwBesluit, register_besluit, register_verzoek, show_besluit_in

SECRET = (
    "Verzinsel",  # who asked
    "Bakkerij",  # a third party
    "Prikkebeen",  # in the text of the letter as sent
    "zilverreiger",  # its title
    "wouwaapje",  # in the text of what is for the requester alone
    "roerdomp",  # its title
    "2024-03-05",  # the notice of being late
)


@pytest.mark.embedded
def test_nothing_of_it_is_on_any_public_surface(installation: Installation, tmp_path: Path) -> None:
    platform = installation.platform
    publicatie = create_publicatie(
        platform, TESTER, NieuwePublicatie(ENSCHEDE, "Besluit over kwartelwei", (WOO_VERZOEK,))
    )
    digests = {
        bestemming: _add(installation, tmp_path, publicatie.id, bestemming, *texts)
        for bestemming, texts in {
            Bestemming.OPENBAAR: ("Brief over kwartelwei", "Wij besluiten."),
            Bestemming.VERZONDEN: ("Brief zilverreiger", "Geachte heer Prikkebeen, wij besluiten."),
            Bestemming.ALLEEN_VERZOEKER: ("Stuk roerdomp", "Uw eigen gegevens: wouwaapje."),
        }.items()
    }
    _request(installation, publicatie.id)
    publish(platform, TESTER, publicatie.id)
    installation.work()
    visitor = installation.public()
    seen = _everything(visitor, publicatie.id)
    assert "kwartelwei" in seen
    assert [word for word in SECRET if word.casefold() in seen.casefold()] == []
    for digest in (digests[Bestemming.VERZONDEN], digests[Bestemming.ALLEEN_VERZOEKER]):
        assert digest not in seen
    for word in SECRET:
        assert visitor.zoek(word)["totaal"] == 0, word
    with platform.registry.read() as reading:
        hidden = [d for d in reading.documents(publicatie.id) if d.bestemming is not Bestemming.OPENBAAR]
    for document in hidden:
        for path in (f"/documenten/{document.id}", f"/v1/documenten/{document.id}"):
            assert visitor.get(path).status_code == 404, path
        assert visitor.get(f"/v1/documenten/{document.id}/bestand/x.pdf").status_code == 404
    for part in ("public", "index"):
        assert _holding(installation.home / part, SECRET) == []
    assert verify(platform, installation.in_index, repair=False) == []


@pytest.mark.embedded
def test_the_public_page_says_which_decision_counts_and_where_a_part_went(
    installation: Installation, tmp_path: Path
) -> None:
    publicatie = create_publicatie(
        installation.platform, TESTER, NieuwePublicatie(ENSCHEDE, "Besluit over kwartelwei", (WOO_VERZOEK,))
    )
    _add(installation, tmp_path, publicatie.id, Bestemming.OPENBAAR, "Brief", "Wij besluiten.")
    _request(installation, publicatie.id)
    publish(installation.platform, TESTER, publicatie.id)
    installation.work()
    visitor = installation.public()
    [verzoek] = visitor.get(f"/v1/publicaties/{publicatie.id}").json()["verzoeken"]
    assert verzoek["periode"] == {"van": "2020-01-01", "tot": None}
    assert [(each["aan"], each["deel"]) for each in verzoek["doorzendingen"]] == [
        ("gemeente Hof van Twente", "de sloten")
    ]
    first, revised = verzoek["besluiten"]
    assert (first["herzienDoor"], first["gronden"]) == ("B-2", ["5.1.2.e"])
    assert (revised["herziet"], revised["herziening"], revised["herzienDoor"]) == ("B-1", "bezwaar", None)
    assert revised["aangemerktAls"] == "een melding"
    page = visitor.get(f"/publicaties/{publicatie.id}").text
    for text in (
        "Dit besluit geldt niet meer. Nu geldt B-2.",
        "Dit besluit komt in de plaats van B-1, na bezwaar.",
        "Geen Woo-verzoek, maar een melding",
        "de sloten, naar gemeente Hof van Twente",
        "de burgemeester",
        "vanaf 1 januari 2020",
        "De besluitbrief",
    ):
        assert text in page, text
    figures = visitor.get("/v1/statistieken").json()["verzoeken"]
    assert (figures["aantal"], figures["uitkomsten"]["geenWooVerzoek"]) == (1, 1)
    assert figures["metOpschorting"]["opTijd"] == 1


def _add(
    installation: Installation, tmp_path: Path, id: str, bestemming: Bestemming, titel: str, text: str
) -> str:
    path = write_pdf(tmp_path / f"{bestemming.value}.pdf", [f"{titel}\n{text}"])
    stored = installation.platform.archive.put(path)
    bestand = Bestand(stored.digest, f"{titel}.pdf", "application/pdf", stored.grootte)
    nieuw = NieuwDocument(titel, bestand, bestemming=bestemming, rol=Documentrol.BESLUITBRIEF)
    add_document(installation.platform, TESTER, id, nieuw)
    return stored.digest


def _request(installation: Installation, publicatie_id: str) -> None:
    platform = installation.platform
    verzoek = register_verzoek(
        platform,
        TESTER,
        kenmerk="Woo-1",
        onderwerp="Kwartelwei",
        ontvangen_op=date(2024, 1, 8),
        organisatie=ENSCHEDE,
        periode=Periode(date(2020, 1, 1)),
    )
    send_on(platform, TESTER, verzoek.id, Doorzending("gm1735", date(2024, 1, 9), "de sloten"))
    set_verzoeker(
        platform, TESTER, verzoek.id, {"naam": "Jozefien Verzinsel", "email": "jv@verzinsel.example"}
    )
    derde = {"naam": "Bakkerij Nergens", "gevraagd_op": date(2024, 1, 10), "reactie": Reactie.GEEN_REACTIE}
    add_belanghebbende(platform, TESTER, verzoek.id, derde)
    first = NieuwBesluit(
        "B-1",
        date(2024, 2, 1),
        Uitkomst.DEELS_OPENBAAR,
        gronden=("5.1.2e",),
        ondertekenaar="de burgemeester",
    )
    besluit = register_besluit(platform, TESTER, verzoek.id, first)
    show_besluit_in(platform, TESTER, besluit.id, publicatie_id)
    note_late(platform, TESTER, verzoek.id, op=date(2024, 3, 5))
    revised = NieuwBesluit(
        "B-2",
        date(2024, 6, 1),
        Uitkomst.GEEN_WOO_VERZOEK,
        publicatie_id=publicatie_id,
        aangemerkt_als="een melding",
        herziet=besluit.id,
        herziening=Herziening.BEZWAAR,
    )
    register_besluit(platform, TESTER, verzoek.id, revised)


def _everything(visitor: Visitor, publicatie_id: str) -> str:
    """All that the public side says, in one text."""
    own = f"/publicaties/{publicatie_id}"
    paths = [
        *("/", "/?zoek=besluiten", "/publicaties", own, f"{own}?geschiedenis=alles", "/statistieken"),
        *(f"/en{path}" for path in ("/", own, "/statistieken")),
        *("/v1/documenten", "/v1/publicaties", f"/v1{own}", "/v1/statistieken"),
        *("/v1/export?formaat=csv", "/v1/export?formaat=jsonl", "/feed.atom", "/feed.rss"),
        *(f"/?zoek={word}" for word in SECRET),
    ]
    said: list[str] = []
    for path in paths:
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        searched = path.rpartition("zoek=")[2]
        text = answer.text
        said.append(text.replace(searched, "") if searched in SECRET else text)
    kaarten = visitor.get("/v1/documenten").json()["resultaten"]
    said += [visitor.get(f"/documenten/{kaart['id']}").text for kaart in kaarten]
    said += [visitor.get(f"/v1/documenten/{kaart['id']}").text for kaart in kaarten]
    return "\n".join(said)


def _holding(folder: Path, words: tuple[str, ...]) -> list[str]:
    """The files below this folder that hold one of these words."""
    found: list[str] = []
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files, folder
    for path in files:
        content = path.read_bytes().lower()
        found += [f"{path}: {word}" for word in words if word.casefold().encode() in content]
    return found
