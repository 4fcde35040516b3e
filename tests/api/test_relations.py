"""What a document is related to is told on its page and over the API, and only as far as it is public."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import html

from search_api.related import MOST
from tests.api.asking import Client
from tests.api.site import PublicSite
from woo.domain.document import Document, Relatie, Relatiesoort
from woo.domain.publicatie import Publicatie
from woo.projection import public_document

BIJLAGE, REACTIE, LIJKT = Relatiesoort.HEEFT_BIJLAGE, Relatiesoort.REACTIE_OP, Relatiesoort.LIJKT_OP


@pytest.fixture
def publicatie(site: PublicSite) -> Publicatie:
    return site.add_publicatie("Woo-verzoek")


def told(client: Client, document: Document) -> list[dict[str, Any]]:
    answer = client.get(f"/v1/documenten/{document.id}")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["relaties"]
    return found


def shown(client: Client, document: Document) -> list[tuple[str, list[str]]]:
    """The headings of the relations on the page, each with the titles below it."""
    page = html.fromstring(client.get(f"/documenten/{document.id}").text)
    return [
        (heading.text_content(), [link.text_content() for link in heading.getnext().cssselect("a, strong")])
        for heading in page.cssselect(".relations h3")
    ]


def test_each_kind_of_relation_has_its_name_from_both_ends(site: PublicSite, publicatie: Publicatie) -> None:
    brief, bijlage, antwoord, kopie = (
        site.add_document(publicatie, titel) for titel in ("Brief", "Bijlage", "Antwoord", "Kopie")
    )
    relaties = (
        Relatie(brief.id, BIJLAGE, bijlage.id),
        Relatie(antwoord.id, REACTIE, brief.id),
        Relatie(kopie.id, LIJKT, brief.id, 0.875),
    )
    site.relate(brief, *relaties)
    site.relate(bijlage, relaties[0])
    site.relate(antwoord, relaties[1])
    site.relate(kopie, relaties[2])
    client = site.client()
    assert shown(client, brief) == [
        ("Bijlagen", ["Bijlage"]),
        ("Reacties", ["Antwoord"]),
        ("Lijkt sterk op", ["Kopie"]),
    ]
    assert shown(client, bijlage) == [("Bijlage van", ["Brief"])]
    assert shown(client, antwoord) == [("Reactie op", ["Brief"])]
    assert shown(client, kopie) == [("Lijkt sterk op", ["Brief"])]
    assert "voor 87 procent gelijk" in client.get(f"/documenten/{kopie.id}").text
    assert [(one["naam"], one["soort"], one["omgekeerd"], one["gelijkenis"]) for one in told(client, brief)] == [
        ("Bijlagen", "c_05f4a5f3", False, None),
        ("Reacties", "c_07748060", True, None),
        ("Lijkt sterk op", "lijkt_op", False, 0.875),
    ]  # fmt: skip
    assert told(client, brief)[0]["document"] == {
        "id": bijlage.id,
        "officieleTitel": "Bijlage",
        "creatiedatum": "2024-03-14",
        "formaat": None,
        "url": f"https://open.zuiderveld.example/documenten/{bijlage.id}",
    }


def test_a_document_that_is_not_public_is_not_told_anywhere(site: PublicSite, publicatie: Publicatie) -> None:
    """Neither its id nor its title, nor that there is one: whether it is a concept, withdrawn, or of a withdrawn publicatie."""
    brief = site.add_document(publicatie, "Brief", ["Blad\nEen brief over heide."])
    gone = site.add_document(publicatie, "Ingetrokken stuk")
    elsewhere = site.add_publicatie("Ingetrokken publicatie")
    below = site.add_document(elsewhere, "Stuk daarvan")
    concept = "00000000-0000-4000-8000-00000000c0de"
    hidden = (gone.id, below.id, concept)
    client = site.client()
    site.withdraw(gone)
    site.withdraw(elsewhere)
    relaties = [
        Relatie(brief.id, soort, id, 0.9 if soort is LIJKT else None)
        for soort in Relatiesoort
        for id in hidden
    ]
    reverse = [Relatie(id, BIJLAGE, brief.id) for id in hidden]
    site.relate(brief, *relaties, *reverse)
    assert told(client, brief) == []
    for path in (
        f"/v1/documenten/{brief.id}",
        "/v1/documenten?zoek=heide",
        "/v1/documenten",
        f"/documenten/{brief.id}",
        f"/documenten/{brief.id}?zoek=heide",
        "/?zoek=heide",
        f"/publicaties/{publicatie.id}",
    ):
        text = client.get(path).text
        assert brief.id in text
        for word in (*hidden, "Ingetrokken stuk", "Stuk daarvan", "Hoort bij andere"):
            assert word not in text, (path, word)


def test_an_index_that_holds_ids_of_relations_does_not_give_them_away(
    site: PublicSite, publicatie: Publicatie
) -> None:
    brief = site.add_document(publicatie, "Brief")
    [flat] = [one for one in site.index._committed.values() if one.id == brief.id]
    kaart = public_document(brief, publicatie, site.lijsten, [Relatie(brief.id, BIJLAGE, "geheim-id")]).kaart
    key = next(key for key, one in site.index._committed.items() if one is flat)
    site.index._committed[key] = replace(flat, kaart=kaart)
    answer = site.client().get("/v1/documenten")
    assert answer.json()["totaal"] == 1
    assert "geheim-id" not in answer.text


def test_a_withdrawal_ends_what_is_told_within_a_second(site: PublicSite, publicatie: Publicatie) -> None:
    brief, bijlage = site.add_document(publicatie, "Brief"), site.add_document(publicatie, "Bijlage")
    site.relate(brief, Relatie(brief.id, BIJLAGE, bijlage.id))
    assert len(told(site.client(), brief)) == 1
    site.withdraw(bijlage)
    assert told(site.client(), brief) == []


def test_long_lists_end_and_say_so_only_where_there_is_more_that_is_public(
    site: PublicSite, publicatie: Publicatie
) -> None:
    brief = site.add_document(publicatie, "Brief")
    bijlagen = [site.add_document(publicatie, f"Bijlage {number}") for number in range(MOST + 1)]
    site.relate(brief, *(Relatie(brief.id, BIJLAGE, bijlage.id) for bijlage in bijlagen))
    client = site.client()
    [(_, titles)] = shown(client, brief)
    assert titles == [f"Bijlage {number}" for number in range(MOST)]
    assert len(told(client, brief)) == MOST
    assert "Er zijn er meer" in client.get(f"/documenten/{brief.id}").text
    site.withdraw(bijlagen[-1])
    assert "Er zijn er meer" not in site.client().get(f"/documenten/{brief.id}").text


def test_those_that_are_most_alike_come_first(site: PublicSite, publicatie: Publicatie) -> None:
    brief, een, twee = (site.add_document(publicatie, titel) for titel in ("Brief", "Een", "Twee"))
    site.relate(brief, Relatie(brief.id, LIJKT, een.id, 0.81), Relatie(brief.id, LIJKT, twee.id, 0.99))
    assert shown(site.client(), brief) == [("Lijkt sterk op", ["Twee", "Een"])]


def thread(site: PublicSite, publicatie: Publicatie) -> list[Document]:
    """Five messages, added in another order than they were sent: 1 ← 2 ← 4, 1 ← 3, and 5 answers 4."""
    order = {"Derde": 3, "Eerste": 1, "Vijfde": 5, "Tweede": 2, "Vierde": 4}
    made = {
        day: site.add_document(publicatie, titel, creatiedatum=date(2024, 1, day))
        for titel, day in order.items()
    }
    answers = [(2, 1), (3, 1), (4, 2), (5, 4)]
    relaties = [Relatie(made[one].id, REACTIE, made[other].id) for one, other in answers]
    for document in made.values():
        site.relate(document, *(each for each in relaties if document.id in (each.van, each.naar)))
    return [made[day] for day in sorted(made)]


def test_a_thread_is_shown_whole_and_in_order_from_every_message(
    site: PublicSite, publicatie: Publicatie
) -> None:
    messages = thread(site, publicatie)
    client = site.client()
    for message in messages:
        heading, titles = shown(client, message)[-1]
        assert heading == "Alle berichten, op volgorde"
        assert titles == ["Eerste", "Tweede", "Derde", "Vierde", "Vijfde"]
    page = html.fromstring(client.get(f"/documenten/{messages[2].id}").text)
    assert [one.text_content() for one in page.cssselect("[aria-current=page]")][-1] == "Derde"


def test_a_thread_ends_at_what_is_not_public(site: PublicSite, publicatie: Publicatie) -> None:
    messages = thread(site, publicatie)
    site.withdraw(messages[3])
    _, titles = shown(site.client(), messages[0])[-1]
    assert titles == ["Eerste", "Tweede", "Derde"]
    assert messages[4].id not in site.client().get(f"/documenten/{messages[0].id}").text


def test_messages_that_answer_each_other_in_a_ring_are_each_shown_once(
    site: PublicSite, publicatie: Publicatie
) -> None:
    made = [site.add_document(publicatie, f"Bericht {n}", creatiedatum=date(2024, 1, n)) for n in (1, 2, 3)]
    relaties = [Relatie(made[n].id, REACTIE, made[(n + 1) % 3].id) for n in range(3)]
    for document in made:
        site.relate(document, *(each for each in relaties if document.id in (each.van, each.naar)))
    assert shown(site.client(), made[1])[-1][1] == ["Bericht 1", "Bericht 3", "Bericht 2"]


def test_the_relations_of_a_thousand_documents_are_looked_up_no_more_than_so_often(
    site: PublicSite, publicatie: Publicatie
) -> None:
    brief = site.add_document(publicatie, "Brief")
    absent = [f"00000000-0000-4000-8000-{number:012x}" for number in range(10**6, 10**6 + 1000)]
    site.relate(brief, *(Relatie(brief.id, BIJLAGE, id) for id in absent))
    asked: list[str] = []
    document = site.store.document
    site.store.document = lambda id: asked.append(id) or document(id)  # type: ignore[method-assign]
    answer = site.client().get(f"/documenten/{brief.id}")
    assert answer.status_code == 200
    assert 100 < len(asked) <= 202
    assert json.loads(site.client().get(f"/v1/documenten/{brief.id}").text)["relaties"] == []
