"""Pages of documents: seen, changed, related, replaced; many added, changed together and put in order."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from tests.api.desk import DeskOfTest, open_desk, pdf
from woo.domain.actor import Rol
from woo.domain.document import Bericht, Voorstel
from woo.domain.inventaris import Beoordeling, Inventarisregel
from woo.registry import finding

BIJLAGE = "c_05f4a5f3"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture
def filled(desk: DeskOfTest) -> tuple[str, list[str]]:
    publicatie = desk.publicatie()
    return publicatie, [desk.document(publicatie, inhoud) for inhoud in ("a", "b", "c")]


def browser(desk: DeskOfTest, rol: Rol = Rol.REDACTEUR) -> Any:
    client = desk.by(rol)
    client.base_url = "http://balie"
    client.follow_redirects = False
    return client


def document(desk: DeskOfTest, id: str) -> Any:
    with desk.platform.registry.read() as reading:
        return reading.document(id)


def files(*names: str) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("bestand", (name, pdf(name), "application/pdf")) for name in names]


def test_a_document_shows_its_versions_relations_and_what_was_found(
    desk: DeskOfTest, filled: tuple[str, list[str]]
) -> None:
    _, (a, b, _) = filled
    with desk.platform.registry.transaction() as tx:
        found = (Voorstel("kenmerk", "Z-<1>", 0.8, "tekst:kenmerk", 2), Voorstel("grond", "5.1.2e", 1.0, "t"))
        tx.save_document(replace(tx.document(a), voorstellen=found))
    client = browser(desk)
    assert client.post(f"/documenten/{a}/relaties", data={"soort": BIJLAGE, "naar": b}).status_code == 303
    page = client.get(f"/documenten/{a}")
    assert "Z-&lt;1&gt;" in page.text
    assert "80%" in page.text
    tree = html.fromstring(page.text)
    assert [a.get("href") for a in tree.cssselect(".related a")] == [f"/documenten/{b}"]
    assert len(tree.cssselect('form[action$="/voorstel"]')) == 1
    taken = client.post(f"/documenten/{a}/voorstel", data={"veld": "kenmerk", "waarde": "Z-<1>"})
    assert taken.status_code == 303
    assert document(desk, a).kenmerk == "Z-<1>"
    assert 'class="tag ok">geldt' in client.get(f"/documenten/{a}").text
    gone = client.post(f"/documenten/{a}/voorstel", data={"veld": "kenmerk", "waarde": "weg"})
    assert (gone.status_code, "weg" in gone.text) == (400, True)
    reader = html.fromstring(browser(desk, Rol.LEZER).get(f"/documenten/{a}").text)
    assert reader.cssselect("main form") == []
    assert [link.get("href") for link in reader.cssselect(".acties a")] == [f"/documenten/{a}/geschiedenis"]


def test_the_family_and_the_conversation_of_a_document_are_shown(
    desk: DeskOfTest, filled: tuple[str, list[str]]
) -> None:
    publicatie, (a, b, c) = filled

    def regel(nummer: int, document_id: str, **more: str) -> Inventarisregel:
        return Inventarisregel(
            publicatie, nummer, str(nummer), "Brief", Beoordeling.OPENBAAR, document_id=document_id, **more
        )

    with desk.platform.registry.transaction() as tx:
        rows = [regel(1, a, familie="7"), regel(2, b, familie="7", draad="3"), regel(3, c, draad="3")]
        tx.dossier.save_regels(publicatie, rows)
        tx.save_document(replace(tx.document(a), bericht=Bericht("a@x", draad="a@x")))
        tx.save_document(replace(tx.document(c), bericht=Bericht("c@x", draad="a@x")))
    seen = {}
    for id in (a, b, c):
        tree = html.fromstring(browser(desk).get(f"/documenten/{id}").text)
        seen[id] = {
            heading.text: [link.get("href").rpartition("/")[2] for link in heading.getnext().cssselect("a")]
            for heading in tree.cssselect("main h3")
        }
    assert seen == {
        a: {"Zelfde familie": [b], "Zelfde gesprek": [c]},
        b: {"Zelfde familie": [a], "Zelfde gesprek": [c]},
        c: {"Zelfde gesprek": [b, a]},
    }


def test_data_are_changed_emptied_and_never_overwritten(
    desk: DeskOfTest, filled: tuple[str, list[str]]
) -> None:
    _, (a, *_) = filled
    client = browser(desk)
    tree = html.fromstring(client.get(f"/documenten/{a}/wijzig").text)
    state = tree.cssselect('[name="gewijzigdOp"]')[0].get("value")
    desk.clock.forward(minutes=1)
    sent = {"officieleTitel": "Brief", "creatiedatum": "2024-02-29", "kenmerk": "k", "gewijzigdOp": state}
    assert client.post(f"/documenten/{a}/wijzig", data=sent).status_code == 303
    late = client.post(f"/documenten/{a}/wijzig", data=sent | {"kenmerk": "later"})
    assert late.status_code == 409
    assert "Nu opgeslagen" in late.text
    wrong = client.post(f"/documenten/{a}/wijzig", data={"creatiedatum": "31-12-2024", "taal": "zz"})
    assert (wrong.status_code, wrong.text.count('class="field-error"')) == (400, 2)
    assert client.post(f"/documenten/{a}/wijzig", data={"officieleTitel": "Brief"}).status_code == 303
    assert (document(desk, a).kenmerk, document(desk, a).creatiedatum) == (None, None)


def test_many_files_at_once_each_end_as_added_or_refused_with_why(desk: DeskOfTest) -> None:
    publicatie = desk.publicatie()
    client = browser(desk)
    path = f"/publicaties/{publicatie}/toevoegen"
    assert 'type="file"' in client.get(path).text
    mixed = [
        *files("brief_van_1_mei.pdf", "nota.pdf"),
        ("bestand", ("dubbel.pdf", pdf("nota.pdf"), "application/pdf")),
        ("bestand", ("tekst.pdf", b"geen pdf", "application/pdf")),
        ("bestand", ("leeg.pdf", b"", "application/pdf")),
        ("bestand", ("brief.exe", pdf("x"), "application/pdf")),
    ]
    page = client.post(path, files=mixed)
    assert page.status_code == 400
    tree = html.fromstring(page.text)
    told = {
        item.cssselect("strong")[0].text: item.text_content() for item in tree.cssselect("[role=alert] li")
    }
    assert list(told) == ["dubbel.pdf", "tekst.pdf", "leeg.pdf", "brief.exe"]
    assert "precies hetzelfde bestand" in told["dubbel.pdf"]
    assert "geen PDF" in told["tekst.pdf"]
    assert "2 documenten zijn toegevoegd" in page.text
    with desk.platform.registry.read() as reading:
        documents = finding.documents_in_order(reading.connection, publicatie)
    assert [each.officiele_titel for each in documents] == ["brief van 1 mei", "nota"]
    assert client.post(path, files=files("derde.pdf")).status_code == 303


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"files": [("bestand", ("", b"", "application/octet-stream"))]}, "Kies een bestand"),
        ({"files": [("anders", ("a.pdf", pdf(), "application/pdf"))]}, "anders"),
        ({"data": {"vreemd": "1"}, "files": files("a.pdf")}, "vreemd"),
        ({"data": {}}, "Dit is geen formulier"),
    ],
)
def test_a_form_without_usable_files_says_so(desk: DeskOfTest, sent: dict[str, Any], said: str) -> None:
    page = browser(desk).post(f"/publicaties/{desk.publicatie()}/toevoegen", **sent)
    assert (page.status_code, said in page.text) == (400, True)


def test_who_may_not_add_is_refused_before_a_file_is_read(desk: DeskOfTest) -> None:
    path = f"/publicaties/{desk.published()}/toevoegen"
    assert browser(desk).post(path, files=files("a.pdf")).status_code == 403
    assert browser(desk, Rol.PUBLICEERDER).get(path).status_code == 200


def test_a_file_is_replaced_with_a_reason(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    _, (a, *_) = filled
    client = browser(desk, Rol.PUBLICEERDER)
    path = f"/documenten/{a}/bestand"
    done = client.post(path, data={"reden": "Pagina 3 ontbrak."}, files=files("nieuw.pdf"))
    assert done.status_code == 303
    assert "Pagina 3 ontbrak." in client.get(f"/documenten/{a}").text
    wrong = client.post(path, data={"reden": "blijft staan"}, files=[("bestand", ("a.pdf", b"x", "x"))])
    assert wrong.status_code == 400
    assert "blijft staan" in wrong.text
    assert html.fromstring(wrong.text).cssselect("#fout-bestand")
    assert browser(desk).get(path).status_code == 403


def test_ticked_documents_are_changed_together(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    publicatie, (a, b, c) = filled
    client = browser(desk)
    boxes = html.fromstring(client.get(f"/publicaties/{publicatie}").text).cssselect('input[name="ids"]')
    assert [box.get("value") for box in boxes] == [a, b, c]
    none = client.post(f"/publicaties/{publicatie}/samen")
    assert none.status_code == 400 or none.headers["location"] == f"/publicaties/{publicatie}"
    form = client.post(f"/publicaties/{publicatie}/samen", data={"ids": [a, c]})
    assert (form.status_code, "2 documenten wijzigen" in form.text) == (200, True)
    path = f"/publicaties/{publicatie}/samen/wijzig"
    wrong = client.post(path, data={"ids": [a, c], "creatiedatum": "gisteren", "kenmerk": "k"})
    assert (wrong.status_code, wrong.text.count('name="ids"')) == (400, 2)
    assert client.post(path, data={"ids": [a, c]}).status_code == 400
    assert client.post(path, data={"ids": [a, c], "kenmerk": "k"}).status_code == 303
    assert [document(desk, id).kenmerk for id in (a, b, c)] == ["k", None, "k"]


def test_the_order_is_changed_by_steps_and_whole(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    publicatie, (a, b, c) = filled
    client = browser(desk)
    path = f"/publicaties/{publicatie}/volgorde"
    steps = html.fromstring(client.get(path).text).cssselect("li button")
    assert [step.get("value") for step in steps] == ["2", "1", "3", "2"]
    step = client.post(f"/documenten/{c}/volgnummer", data={"volgnummer": "1", "terug": "volgorde"})
    assert step.headers["location"] == path
    assert client.post(path, data={"ids": [b, a, c]}).status_code == 303
    assert [document(desk, id).volgnummer for id in (b, a, c)] == [1, 2, 3]
    late = client.post(path, data={"ids": [b, a]})
    assert (late.status_code, "Iemand anders" in late.text) == (409, True)
    assert client.post(f"/documenten/{a}/volgnummer", data={"volgnummer": "0"}).status_code == 400


def test_a_relation_is_taken_away(desk: DeskOfTest, filled: tuple[str, list[str]]) -> None:
    _, (a, b, _) = filled
    client = browser(desk)
    client.post(f"/documenten/{a}/relaties", data={"soort": BIJLAGE, "naar": b})
    form = html.fromstring(client.get(f"/documenten/{b}/relaties").text).cssselect('form[action$="/weg"]')[0]
    sent = {field.get("name"): field.get("value") for field in form.cssselect("input")}
    assert client.post(f"/documenten/{b}/relaties/weg", data=sent).status_code == 303
    assert client.post(f"/documenten/{b}/relaties/weg", data=sent).status_code == 404
    wrong = client.post(f"/documenten/{a}/relaties", data={"naar": a})
    assert (wrong.status_code, wrong.text.count('class="field-error"')) == (400, 1)
