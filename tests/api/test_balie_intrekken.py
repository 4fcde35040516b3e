"""Pages of withdrawing, restoring, destroying, leak sheets and terms: one story each, and forms that keep what was typed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.api.desk import NOW, DeskOfTest, open_desk
from woo.domain.actor import Actor, Rol
from woo.usecases.bewaring import change_term, keep_terms
from woo.usecases.ingreep import approve, propose_destruction
from woo.usecases.vernietiging import conclude
from woo.views.verklaring import statement

EMPTY = {"Content-Type": "application/x-www-form-urlencoded"}
"""What a browser says of a form that is only a button."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def browser(desk: DeskOfTest, rol: Rol = Rol.PUBLICEERDER, *, follow: bool = True) -> Any:
    client = desk.by(rol)
    client.base_url = "http://balie"
    client.follow_redirects = follow
    return client


def test_a_document_is_withdrawn_with_a_reason_and_the_leak_sheet_follows(desk: DeskOfTest) -> None:
    id = desk.document(desk.published())
    page = browser(desk)
    assert "Intrekken" in page.get(f"/documenten/{id}").text
    assert "Persoonsgegevens die er niet in mochten staan" in page.get(f"/documenten/{id}/intrekken").text
    wrong = page.post(f"/documenten/{id}/intrekken", data={"intern": "Bladzijde 3."})
    assert wrong.status_code == 400
    assert "Er staat niet waarom u intrekt" in wrong.text
    assert "Bladzijde 3." in wrong.text
    sheet = page.post(f"/documenten/{id}/intrekken", data={"code": "privacy", "intern": "Bladzijde 3."})
    assert sheet.url.path == f"/documenten/{id}/lekblad"
    assert "de 72 uur lopen" in sheet.text
    made = page.post(f"/documenten/{id}/lekblad", data={"ontdektOp": "2026-03-01T10:00"})
    assert "Melden bij de Autoriteit Persoonsgegevens kan tot" in made.text
    assert "archive.org" in made.text
    refused = page.post(f"/documenten/{id}/lekblad/besluit", data={"melden": "true"})
    assert refused.status_code == 400
    told = page.post(f"/documenten/{id}/lekblad/besluit", data={"melden": "false", "reden": "Niet gezien."})
    assert "niet melden. Niet gezien." in told.text
    assert browser(desk, Rol.REDACTEUR).get(f"/documenten/{id}/lekblad").status_code == 403


def test_an_open_leak_stands_on_vandaag(desk: DeskOfTest) -> None:
    id = desk.document(desk.published())
    page = browser(desk)
    page.post(f"/documenten/{id}/intrekken", data={"code": "privacy"})
    page.post(f"/documenten/{id}/lekblad", data={"ontdektOp": "2026-03-01T10:00"})
    assert f"/documenten/{id}/lekblad" in page.get("/").text


def test_a_mistake_is_restored_on_one_page(desk: DeskOfTest) -> None:
    id = desk.document(desk.published())
    page = browser(desk)
    page.post(f"/documenten/{id}/intrekken", data={"code": "vergissing"})
    listed = page.get("/ingetrokken")
    assert f"/documenten/{id}" in listed.text
    assert "Dit is per vergissing openbaar gemaakt." in listed.text
    done = page.post(f"/documenten/{id}/herstellen", data={"toelichting": ""})
    assert "Het is hersteld" in done.text
    assert "hersteld" in page.get("/ingetrokken?stand=hersteld").text


def test_destroying_is_proposed_by_one_and_approved_by_another(desk: DeskOfTest) -> None:
    id = desk.document(desk.published())
    one, two = browser(desk), browser(desk, Rol.BEHEERDER)
    one.post(f"/documenten/{id}/intrekken", data={"code": "privacy"})
    proposal = one.post(f"/documenten/{id}/vernietigen", data={"reden": "Er staat een BSN in."})
    assert "Een ander moet het goedkeuren" in proposal.text
    path = proposal.url.path
    assert one.post(f"{path}/goedkeuren", headers=EMPTY).status_code == 409
    assert path in two.get("/").text
    done = two.post(f"{path}/goedkeuren", headers=EMPTY)
    assert done.status_code == 200
    assert "Vernietigd document" in done.text
    assert "Dit is vernietigd" in one.get(f"/documenten/{id}/herstellen").text


def test_the_same_file_elsewhere_is_shown_to_decide_on(desk: DeskOfTest) -> None:
    first, other = desk.document(desk.published(), "zelfde"), desk.document(desk.published(), "zelfde")
    page = browser(desk)
    page.post(f"/documenten/{first}/intrekken", data={"code": "privacy"})
    assert other in page.get(f"/documenten/{first}/vernietigen").text
    refused = page.post(f"/documenten/{first}/vernietigen", data={"reden": "Lek."})
    assert refused.status_code == 400
    made = page.post(
        f"/documenten/{first}/vernietigen", data={"reden": "Lek.", "redenBewaren": "Daar mag het."}
    )
    assert "Daar mag het." in made.text


def test_a_term_is_shown_changed_announced_and_kept(desk: DeskOfTest) -> None:
    id = desk.published()
    page = browser(desk)
    assert "Voorbeeld, geen vastgestelde selectielijst" in page.get(f"/publicaties/{id}/bewaartermijn").text
    wrong = page.post(f"/publicaties/{id}/bewaartermijn", data={"afwijkend": "true", "jaren": "1"})
    assert wrong.status_code == 400
    kept = page.post(
        f"/publicaties/{id}/bewaartermijn", data={"afwijkend": "true", "jaren": "1", "reden": "Kort."}
    )
    assert "1 jaar: Kort." in kept.text
    worker = Actor("worker", Rol.BEHEERDER, "tests")
    assert keep_terms(desk.platform, worker) == (0, 0)
    desk.clock.forward(days=350)
    page = later(desk)
    assert id in page.get("/bewaartermijnen?dagen=30").text
    assert keep_terms(desk.platform, worker) == (1, 0)
    assert id in page.get("/").text
    desk.clock.forward(days=20)
    assert keep_terms(desk.platform, worker) == (0, 0), "the term is over, but the notice is not"
    desk.clock.forward(days=15)
    assert keep_terms(desk.platform, worker) == (0, 1)
    entry = desk.platform.public.withdrawn()[id]
    assert entry.reden == "De termijn waarin dit openbaar moest zijn, is voorbij."
    page = later(desk)
    made = page.post(f"/publicaties/{id}/bewaartermijn/vernietigen", data={"reden": "Termijn voorbij."})
    assert "De bewaartermijn is voorbij" in made.text


def later(desk: DeskOfTest) -> Any:
    """A browser with a key that is valid at this hour of the clock."""
    desk.secrets.clear()
    return browser(desk)


def test_nothing_goes_offline_by_the_example(desk: DeskOfTest) -> None:
    desk.published()
    desk.clock.forward(days=365 * 60)
    assert keep_terms(desk.platform, Actor("worker", Rol.BEHEERDER, "tests")) == (0, 0)


def test_the_statement_is_an_accessible_pdf_that_names_both_people(desk: DeskOfTest) -> None:
    een, twee = (Actor(naam, Rol.PUBLICEERDER, "tests", account=naam) for naam in ("Noor", "Sami"))
    id = desk.document(desk.published())
    browser(desk).post(f"/documenten/{id}/intrekken", data={"code": "privacy"})
    made = propose_destruction(desk.platform, een, "document", id, reden="Er staat een #[BSN] in.")
    done = approve(desk.platform, twee, made.id)
    content = statement(done, organisatie="Gemeente Duinrade", nu=NOW + timedelta(hours=1))
    conclude(desk.platform, done, content)
    got = browser(desk).get(f"/ingetrokken/voorstellen/{made.id}/verklaring")
    assert got.headers["content-type"] == "application/pdf"
    text = _text(got.content)
    for word in ("Verklaring van vernietiging", "Noor", "Sami", "Gemeente Duinrade", id, "#[BSN]"):
        assert word in text.replace("\n", " "), word
    assert b"/StructTreeRoot" in _unpacked(got.content)


def _text(content: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _unpacked(content: bytes) -> bytes:
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def test_a_term_of_another_organisation_is_not_there(desk: DeskOfTest) -> None:
    id = desk.published()
    elders = Actor("e", Rol.BEHEERDER, "t", per_organisatie={"gm0344": Rol.BEHEERDER}, account="e")
    with pytest.raises(Exception, match="no publicatie"):
        change_term(desk.platform, elders, id, afwijkend=True, jaren=1, reden="x")
