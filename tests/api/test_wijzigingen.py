"""The feed of changes as a reader asks for it: everything once, in order, by a cursor that stays good; never what is withdrawn."""

from typing import Any

import pytest

from search_api.wijziging_schemas import Wijzigingen
from tests.api.site import PublicSite
from woo.domain.document import Document, Relatie, Relatiesoort
from woo.domain.publicatie import Publicatie
from woo.storage.port import WIJZIGINGEN, wijzigingen_naam

EDITIE = "0123456789ab"
PATH = "/v1/wijzigingen"


def feed(site: PublicSite, *rows: tuple[int, Document, str], hoogste: int = 0, editie: str = EDITIE) -> None:
    """Let the store tell of these changes, as the worker writes them: number, document, state."""
    delen: dict[int, list[Any]] = {}
    for nummer, document, status in rows:
        op = f"2026-03-01T10:00:{nummer % 60:02d}Z"
        row = [nummer, document.id, document.publicatie_id, status, op]
        delen.setdefault((nummer - 1) // 1000 + 1, []).append(row)
    for deel, regels in delen.items():
        site.store.show_site(wijzigingen_naam(deel), {"rijen": regels})
    listed = [[deel, len(regels), regels[-1][4]] for deel, regels in delen.items()]
    highest = max([hoogste, *(nummer for nummer, _, _ in rows)])
    site.store.show_site(WIJZIGINGEN, {"editie": editie, "hoogste": highest, "delen": listed})


def _add(site: PublicSite, publicatie: Publicatie, titel: str) -> Document:
    return site.add_file(publicatie, titel, titel.encode(), naam="besluit.pdf", mime="application/pdf")


@pytest.fixture
def three(site: PublicSite) -> tuple[Publicatie, list[Document]]:
    """Three public documents, the last in a file of its own."""
    publicatie = site.add_publicatie("Kappen van de kastanje", kenmerk="Z-1")
    documents = [_add(site, publicatie, titel) for titel in ("Een", "Twee", "Drie")]
    feed(site, *zip((3, 7, 1004), documents, ["openbaar"] * 3, strict=True), hoogste=1010)
    return publicatie, documents


def numbers(body: dict[str, Any]) -> list[int]:
    return [each["nummer"] for each in body["wijzigingen"]]


def test_everything_comes_once_in_order_whatever_is_asked_at_once(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    client = site.client()
    whole = client.get(PATH).json()
    assert (numbers(whole), whole["meer"], whole["volgende"]) == ([3, 7, 1004], False, f"{EDITIE}-1010")
    seen, cursor, more = [], "", True
    while more:
        page = client.get(f"{PATH}?aantal=1&na={cursor}").json()
        seen += numbers(page)
        cursor, more = page["volgende"], page["meer"]
    assert seen == [3, 7, 1004]
    assert cursor == whole["volgende"]
    again = client.get(f"{PATH}?na={cursor}").json()
    assert (again["wijzigingen"], again["volgende"], again["meer"]) == ([], cursor, False)


def test_a_change_tells_what_the_api_tells_of_document_and_publicatie(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    publicatie, (first, second, _) = three
    elsewhere = _add(site, site.add_publicatie("Ander"), "Ander")
    site.relate(
        second,
        Relatie(first.id, Relatiesoort.HEEFT_BIJLAGE, second.id),
        Relatie(elsewhere.id, Relatiesoort.HEEFT_BIJLAGE, second.id),
    )
    client = site.client()
    answer = client.get(PATH)
    Wijzigingen.model_validate_json(answer.content, strict=False)
    told = answer.json()["wijzigingen"][1]
    own = client.get(f"/v1/documenten/{second.id}").json()
    own.pop("relaties")
    document = told["document"]
    assert {key: document[key] for key in own} == own
    assert document["bijlageVan"] == [first.id]
    assert document["vasteBestandUrl"].endswith(f"/v1/documenten/{second.id}/bestand/document.pdf")
    path = document["vasteBestandUrl"].removeprefix("https://open.zuiderveld.example")
    assert client.get(path).headers["etag"] == f'"{document["bestand"]["sha256"]}"'
    assert told["publicatie"]["kenmerk"] == "Z-1"
    assert (told["documentId"], told["publicatieId"], told["status"]) == (
        second.id,
        publicatie.id,
        "openbaar",
    )


@pytest.mark.parametrize("whole", [False, True])
def test_what_is_withdrawn_is_told_as_that_alone_whatever_is_stored(
    site: PublicSite, three: tuple[Publicatie, list[Document]], whole: bool
) -> None:
    publicatie, documents = three
    site.withdraw(publicatie if whole else documents[1], reden="Er stond een naam in.")
    answer = site.client().get(PATH)
    Wijzigingen.model_validate_json(answer.content, strict=False)
    assert answer.json()["wijzigingen"][1] == {
        "nummer": 7,
        "op": "2026-03-01T10:00:07Z",
        "documentId": documents[1].id,
        "publicatieId": publicatie.id,
        "status": "ingetrokken",
        "ingetrokkenOp": "2024-05-03T09:00:00Z",
        "reden": "Er stond een naam in.",
    }
    assert ("Kappen" in answer.text) is not whole
    assert "Twee" not in answer.text


def test_what_is_not_public_any_more_or_not_shown_tells_nothing_more(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    _, (first, second, third) = three
    feed(site, (3, first, "niet_openbaar"), (7, second, "openbaar"), (8, third, "ingetrokken"))
    site.store.hide(second.id)
    body = site.client().get(PATH).json()
    assert [(each["nummer"], each["status"]) for each in body["wijzigingen"]] == [
        (3, "niet_openbaar"),
        (8, "ingetrokken"),
    ]
    assert "document" not in body["wijzigingen"][0]
    assert body["wijzigingen"][1]["reden"] is None
    assert body["volgende"] == f"{EDITIE}-8"


def test_what_was_restored_a_moment_ago_is_not_told_as_withdrawn(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    """A cursor goes past it: it would stay withdrawn at the reader's for ever."""
    _, (first, *_) = three
    site.withdraw(first)
    client = site.client()
    assert client.get(PATH).json()["wijzigingen"][0]["status"] == "ingetrokken"
    site.store.unwithdraw(first.id)
    assert client.get(PATH).json()["wijzigingen"][0]["status"] == "openbaar"


def test_changes_since_a_moment(site: PublicSite, three: tuple[Publicatie, list[Document]]) -> None:
    client = site.client()
    assert numbers(client.get(f"{PATH}?sinds=2026-03-01T10:00:07Z").json()) == [7, 1004]
    assert numbers(client.get(f"{PATH}?sinds=2026-03-01T11:00:07%2B01:00").json()) == [7, 1004]
    assert numbers(client.get(f"{PATH}?sinds=2026-03-01").json()) == [3, 7, 1004]
    later = client.get(f"{PATH}?sinds=2026-03-02").json()
    assert (later["wijzigingen"], later["volgende"]) == ([], f"{EDITIE}-1010")


_REFUSED = {
    "na=iets": (400, "is geen cursor"),
    f"na={EDITIE}-1011": (400, "die er nog niet is"),
    f"na={EDITIE}-99999999999999999": (400, "is geen cursor"),
    "na=ba9876543210-3": (410, "Begin opnieuw zonder 'na'"),
    "aantal=0": (400, "van 1 tot en met 100"),
    "aantal=101": (400, "van 1 tot en met 100"),
    "limit=5": (400, "De parameter 'limit' bestaat niet"),
    "sinds=gisteren": (400, "is geen moment"),
    f"na={EDITIE}-3&sinds=2026-03-01": (400, "niet allebei"),
}


def test_what_cannot_be_asked_is_said_in_words(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    client = site.client()
    for query, (status, words) in _REFUSED.items():
        answer = client.get(f"{PATH}?{query}")
        assert answer.status_code == status, query
        assert answer.headers["content-type"] == "application/problem+json"
        assert words in answer.json()["detail"]


def test_a_feed_that_was_never_written_is_no_empty_feed(site: PublicSite) -> None:
    answer = site.client().get(PATH)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_a_file_that_is_lost_is_not_passed_over(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    site.store.hide_site(wijzigingen_naam(1))
    assert site.client().get(PATH).status_code == 503


def test_a_file_that_went_since_it_was_listed_is(
    site: PublicSite, three: tuple[Publicatie, list[Document]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that stood in it changed again between the reading of the list and of the file."""
    real = site.store.site

    def goes(naam: str) -> Any:
        if naam == wijzigingen_naam(1):
            feed(site, (1004, three[1][2], "openbaar"), (1005, three[1][0], "openbaar"))
            return None
        return real(naam)

    monkeypatch.setattr(site.store, "site", goes)
    body = site.client().get(PATH).json()
    assert (numbers(body), body["volgende"]) == ([1004, 1005], f"{EDITIE}-1010")


def test_the_same_answer_is_not_sent_twice(
    site: PublicSite, three: tuple[Publicatie, list[Document]]
) -> None:
    client = site.client()
    first = client.get(PATH)
    assert first.headers["cache-control"] == "no-cache"
    same = client.get(PATH, **{"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    site.withdraw(three[1][0])
    assert site.client().get(PATH, **{"If-None-Match": first.headers["etag"]}).status_code == 200
