"""Every route of the desk against every role: who gets in, and who is told which role is needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.api.desk import NOW, REDEN, WOO_VERZOEKEN, DeskOfTest, bestand, open_desk, pdf
from tests.api.gebruiker_rollen import ROWS as GEBRUIKERS
from tests.api.termijn_rollen import ROWS as TERMIJNEN
from tests.api.test_desk_inventaris_rollen import CASES as INVENTARIS
from tests.api.verzoek_rollen import ROWS as VERZOEKEN
from woo.domain.actor import Actor, Rol
from woo.domain.broncontrole import Broncontrole
from woo.domain.document import Document, Relatie, Relatiesoort, Voorstel
from woo.domain.errors import NotFound
from woo.domain.events import Actie
from woo.domain.oogst import Oogstrun
from woo.domain.volgen import Meldingsoort
from woo.registry import Transaction
from woo.usecases.bewaring import change_term
from woo.usecases.ingreep import approve, propose_destruction
from woo.usecases.intrekking import withdraw_document, withdraw_publicatie
from woo.usecases.lekblad import make_lekblad
from woo.usecases.publicatie import NieuwePublicatie, build_publicatie
from woo.usecases.vernietiging import conclude
from woo.volgers import Melding, open_volgers

ROLLEN = list(Rol)
FIXED = "besluit"
"""The id of a document that is asked for in a body."""


@dataclass(frozen=True)
class Case:
    """One route: the lowest role that may use it, the status it then gives, and what is asked."""

    method: str
    path: str
    lowest: Rol
    status: int = 200
    id: Callable[[DeskOfTest], str] = lambda desk: ""
    asked: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


def a_document(desk: DeskOfTest) -> str:
    return desk.document(desk.published())


def a_source(desk: DeskOfTest) -> str:
    return "voorbeeld"


def a_harvest(desk: DeskOfTest) -> str:
    with desk.platform.registry.transaction() as tx:
        tx.oogst.save_run(Oogstrun("run-1", "voorbeeld", desk.clock()))
    return "run-1"


def a_check(desk: DeskOfTest) -> str:
    id, now = desk.platform.new_id(), desk.clock()
    with desk.platform.registry.transaction() as tx:
        tx.broncontroles.save(Broncontrole(id, "https://open.voorbeeld.nl", now, now, {"bevindingen": []}))
    return id


def another_key(desk: DeskOfTest) -> str:
    desk.secret(Rol.LEZER)
    return desk.platform.registry.keys.list()[0].id


def concept(desk: DeskOfTest) -> str:
    return desk.publicatie()


def published(desk: DeskOfTest) -> str:
    return desk.published()


def with_fixed_document(desk: DeskOfTest) -> str:
    """A publicatie whose one document has the id that is asked for; it is made once."""
    with desk.platform.registry.transaction() as tx:
        try:
            return tx.document(FIXED).publicatie_id
        except NotFound:
            publicatie = tx.publicatie(_concept_within(desk, tx))
            tx.save_document(Document(FIXED, publicatie.id, 1, "Besluit", NOW, NOW))
            return publicatie.id


def _concept_within(desk: DeskOfTest, tx: Transaction) -> str:
    nieuw = build_publicatie(desk.platform, NieuwePublicatie("gm0153", "Besluit", (WOO_VERZOEKEN,)))
    tx.save_publicatie(nieuw)
    return nieuw.id


def beside_fixed(desk: DeskOfTest) -> str:
    with_fixed_document(desk)
    return a_document(desk)


def related(desk: DeskOfTest) -> str:
    id = beside_fixed(desk)
    with desk.platform.registry.transaction() as tx:
        tx.save_relatie(Relatie(id, Relatiesoort.HEEFT_BIJLAGE, FIXED))
    return id


def with_suggestion(desk: DeskOfTest) -> str:
    id = a_document(desk)
    with desk.platform.registry.transaction() as tx:
        tx.save_document(replace(tx.document(id), voorstellen=(Voorstel("kenmerk", "Z-1", 0.9, "tekst"),)))
    return id


def a_report(desk: DeskOfTest) -> str:
    melding = Melding(
        id=f"melding.{len(desk.events()):016d}.{'a' * 32}",
        op=NOW,
        soort=Meldingsoort.PRIVACY,
        document_id="document",
        pagina=None,
        versie=1,
        tekst="Mijn adres staat erin.",
        adres=None,
    )
    with open_volgers(desk.settings) as opslag:
        opslag.meldingen.add(melding)
    return melding.id


ANDER = Actor("een ander", Rol.PUBLICEERDER, "tests", account="een-ander")
"""Who proposes what the roles decide on."""


def withdrawn(desk: DeskOfTest) -> str:
    id = desk.document(desk.published(), f"stuk {len(desk.events())}")
    withdraw_document(desk.platform, ANDER, id, code="vergissing")
    return id


def proposed(desk: DeskOfTest) -> str:
    return propose_destruction(desk.platform, ANDER, "document", withdrawn(desk), reden="Lek.").id


def destroyed(desk: DeskOfTest) -> str:
    made = propose_destruction(desk.platform, ANDER, "document", withdrawn(desk), reden="Lek.")
    done = approve(desk.platform, Actor("tweede", Rol.PUBLICEERDER, "tests", account="tweede"), made.id)
    conclude(desk.platform, done, b"%PDF-")
    return done.id


def with_sheet(desk: DeskOfTest) -> str:
    id = withdrawn(desk)
    make_lekblad(desk.platform, ANDER, "document", id, ontdekt_op=NOW, bereik=None)
    return id


def over(desk: DeskOfTest) -> str:
    """A publicatie that is offline, and whose term is over."""
    id = desk.published()
    change_term(desk.platform, ANDER, id, afwijkend=True, jaren=1, reden="Kort.")
    withdraw_publicatie(desk.platform, ANDER, id, code="bewaartermijn")
    with desk.platform.registry.transaction() as tx:
        tx.connection.exec_driver_sql(
            f"UPDATE publicatie SET eerste_publicatie = '2001-01-01 00:00:00.000000' WHERE id = '{id}'"  # noqa: S608
        )
    return id


VOORSTEL = {"json": {"reden": "Er staat een naam in."}}
AFWIJZING = {"json": {"toelichting": "Eerst overleg."}}
ONTDEKT = {"json": {"ontdektOp": NOW.isoformat()}}
BESLUIT = {"json": {"melden": False, "reden": "Niemand heeft het gezien."}}
TERMIJN = {"json": {"afwijkend": True, "jaren": 5, "reden": "Kort."}}
RELATIE = {"soort": "c_05f4a5f3", "naar": FIXED}
PLAN = {"publiceerOp": "2026-12-04T09:00:00+01:00"}
VELDEN = {"velden": {"partijen": "gemeente Voorbeeld"}}
MEDEDELING = {"gronden": ["5.1.1.c"], "toelichting": "Het rapport is geheim."}
TOT = {"tot": "2026-03-16"}
LINK = {"naam": "Verzoeker", "dagen": 7}


def planned(desk: DeskOfTest) -> str:
    id = desk.publicatie()
    assert desk.by(Rol.BEHEERDER).put(f"/publicaties/{id}/planning", json=PLAN).status_code == 200
    return id


def convenant(desk: DeskOfTest) -> str:
    return desk.publicatie(informatiecategorieen=["c_8fc2335c"])


def filled(desk: DeskOfTest) -> str:
    id = desk.publicatie()
    desk.document(id)
    return id


def a_waiting_document(desk: DeskOfTest) -> str:
    id = desk.document(desk.publicatie())
    assert desk.by(Rol.BEHEERDER).put(f"/documenten/{id}/opschorting", json=TOT).status_code == 200
    return id


def a_link(desk: DeskOfTest) -> str:
    made = desk.by(Rol.BEHEERDER).post(f"/publicaties/{filled(desk)}/inzages", json=LINK)
    return str(made.json()["id"])


NIEUW = {"officieleTitel": "Besluit", "informatiecategorieen": [WOO_VERZOEKEN], "publisher": "gm0153"}
SLEUTEL = {"naam": "zaaksysteem", "rol": "redacteur", "dagen": 30}
UPLOAD = {"data": {"officieleTitel": "Besluit"}, "files": bestand()}

CASES = [
    Case("GET", "/openapi.json", Rol.LEZER),
    Case("GET", "/publicaties", Rol.LEZER),
    Case("POST", "/publicaties", Rol.REDACTEUR, 201, asked={"json": NIEUW}),
    Case("GET", "/publicaties/{id}", Rol.LEZER, id=concept),
    Case("PATCH", "/publicaties/{id}", Rol.REDACTEUR, id=concept, asked={"json": {"kenmerk": "Z-1"}}),
    Case("POST", "/publicaties/{id}/publiceer", Rol.PUBLICEERDER, id=concept),
    Case(
        "POST",
        "/publicaties/{id}/intrekken",
        Rol.PUBLICEERDER,
        id=published,
        asked={"json": {"reden": REDEN}},
    ),
    Case("POST", "/publicaties/{id}/documenten", Rol.REDACTEUR, 201, id=concept, asked=UPLOAD),
    Case("GET", "/publicaties/{id}/geschiedenis", Rol.LEZER, id=concept),
    Case("GET", "/documenten/{id}", Rol.LEZER, id=a_document),
    Case("PATCH", "/documenten/{id}", Rol.REDACTEUR, id=a_document, asked={"json": {"kenmerk": "Z-1"}}),
    Case(
        "PUT",
        "/documenten/{id}/bestand",
        Rol.PUBLICEERDER,
        id=a_document,
        asked={"files": bestand(inhoud=pdf("twee"))},
    ),
    Case(
        "POST",
        "/documenten/{id}/intrekken",
        Rol.PUBLICEERDER,
        id=a_document,
        asked={"json": {"reden": REDEN}},
    ),
    Case("PUT", "/publicaties/{id}", Rol.REDACTEUR, id=concept, asked={"json": NIEUW}),
    Case(
        "POST",
        "/publicaties/{id}/documenten/wijzigen",
        Rol.REDACTEUR,
        id=with_fixed_document,
        asked={"json": {"ids": [FIXED], "kenmerk": "Z-1"}},
    ),
    Case(
        "PUT",
        "/publicaties/{id}/documenten/volgorde",
        Rol.REDACTEUR,
        id=with_fixed_document,
        asked={"json": {"ids": [FIXED]}},
    ),
    Case(
        "POST", "/documenten/{id}/volgnummer", Rol.REDACTEUR, id=a_document, asked={"json": {"volgnummer": 1}}
    ),
    Case("GET", "/documenten/{id}/relaties", Rol.LEZER, id=a_document),
    Case("POST", "/documenten/{id}/relaties", Rol.REDACTEUR, 201, id=beside_fixed, asked={"json": RELATIE}),
    Case("POST", "/documenten/{id}/relaties/weghalen", Rol.REDACTEUR, id=related, asked={"json": RELATIE}),
    Case("GET", "/documenten/{id}/voorstellen", Rol.LEZER, id=a_document),
    Case(
        "POST",
        "/documenten/{id}/voorstellen/overnemen",
        Rol.REDACTEUR,
        id=with_suggestion,
        asked={"json": {"veld": "kenmerk", "waarde": "Z-1"}},
    ),
    Case("GET", "/documenten/{id}/versies", Rol.LEZER, id=a_document),
    Case("GET", "/documenten/{id}/geschiedenis", Rol.LEZER, id=a_document),
    Case("GET", "/status", Rol.LEZER),
    Case("POST", "/jobs/opnieuw", Rol.REDACTEUR),
    Case("GET", "/oogst", Rol.LEZER),
    Case("GET", "/oogst/{id}", Rol.LEZER, id=a_source),
    Case("GET", "/oogst/runs/{id}", Rol.LEZER, id=a_harvest),
    Case("POST", "/oogst/{id}/vragen", Rol.REDACTEUR, 409, id=a_source),
    Case("POST", "/oogst/{id}/vrijgeven", Rol.PUBLICEERDER, id=a_source),
    Case("GET", "/bronnen", Rol.BEHEERDER),
    Case("POST", "/bronnen", Rol.BEHEERDER, 202, asked={"json": {"adres": "open.voorbeeld.nl"}}),
    Case("GET", "/bronnen/{id}", Rol.BEHEERDER, id=a_check),
    Case("POST", "/bronnen/{id}/openbaarheid", Rol.BEHEERDER, id=a_check, asked={"json": {"openbaar": True}}),
    Case("GET", "/logboek", Rol.BEHEERDER),
    Case("GET", "/logboek/uitvoer", Rol.BEHEERDER, asked={"params": {"formaat": "csv"}}),
    Case("GET", "/logboek/keten", Rol.BEHEERDER),
    Case("POST", "/logboek/keten/controleer", Rol.BEHEERDER),
    Case("GET", "/meldingen", Rol.REDACTEUR),
    Case("POST", "/meldingen/{id}/afgehandeld", Rol.REDACTEUR, id=a_report),
    Case("GET", "/sleutels", Rol.BEHEERDER),
    Case("POST", "/sleutels", Rol.BEHEERDER, 201, asked={"json": SLEUTEL}),
    Case("POST", "/sleutels/{id}/intrekken", Rol.BEHEERDER, id=another_key),
    *(Case(*row) for row in VERZOEKEN),
]


CASES += [Case(*row) for row in (*TERMIJNEN, *GEBRUIKERS)]
CASES += [
    Case("GET", "/publicaties/{id}/controle", Rol.LEZER, id=concept),
    Case("GET", "/publicaties/{id}/planning", Rol.LEZER, id=planned),
    Case("PUT", "/publicaties/{id}/planning", Rol.PUBLICEERDER, id=concept, asked={"json": PLAN}),
    Case("DELETE", "/publicaties/{id}/planning", Rol.PUBLICEERDER, id=planned),
    Case("GET", "/planningen", Rol.LEZER),
    Case("POST", "/publiceer-reeks", Rol.PUBLICEERDER, asked={"json": {"ids": ["bestaat-niet"]}}),
    Case("GET", "/categorieen", Rol.LEZER),
    Case("GET", "/publicaties/{id}/gegevens", Rol.LEZER, id=concept),
    Case("PATCH", "/publicaties/{id}/gegevens", Rol.REDACTEUR, id=convenant, asked={"json": VELDEN}),
    Case("PUT", "/publicaties/{id}/mededeling", Rol.REDACTEUR, id=concept, asked={"json": MEDEDELING}),
    Case("DELETE", "/publicaties/{id}/mededeling", Rol.REDACTEUR, 204, id=concept),
    Case("PUT", "/documenten/{id}/opschorting", Rol.REDACTEUR, id=a_document, asked={"json": TOT}),
    Case("DELETE", "/documenten/{id}/opschorting", Rol.PUBLICEERDER, id=a_waiting_document),
    Case("GET", "/publicaties/{id}/inzages", Rol.PUBLICEERDER, id=concept),
    Case("POST", "/publicaties/{id}/inzages", Rol.PUBLICEERDER, 201, id=filled, asked={"json": LINK}),
    Case("POST", "/inzages/{id}/intrekken", Rol.PUBLICEERDER, id=a_link),
    Case("GET", "/intrekredenen", Rol.LEZER),
    Case("GET", "/intrekkingen", Rol.LEZER),
    Case("POST", "/{soort}/{id}/herstellen", Rol.PUBLICEERDER, 204, id=withdrawn, asked={"json": {}}),
    Case("POST", "/{soort}/{id}/herstelvoorstel", Rol.PUBLICEERDER, 201, id=withdrawn, asked=VOORSTEL),
    Case("POST", "/{soort}/{id}/vernietigen", Rol.PUBLICEERDER, 201, id=withdrawn, asked=VOORSTEL),
    Case("GET", "/ingrepen", Rol.PUBLICEERDER),
    Case("GET", "/ingrepen/{id}", Rol.PUBLICEERDER, id=proposed),
    Case("POST", "/ingrepen/{id}/goedkeuren", Rol.PUBLICEERDER, id=proposed),
    Case("POST", "/ingrepen/{id}/afwijzen", Rol.PUBLICEERDER, id=proposed, asked=AFWIJZING),
    Case("GET", "/ingrepen/{id}/verklaring", Rol.PUBLICEERDER, id=destroyed),
    Case("GET", "/{soort}/{id}/lekblad", Rol.PUBLICEERDER, id=with_sheet),
    Case("PUT", "/{soort}/{id}/lekblad", Rol.PUBLICEERDER, id=withdrawn, asked=ONTDEKT),
    Case("PUT", "/{soort}/{id}/lekblad/besluit", Rol.PUBLICEERDER, id=with_sheet, asked=BESLUIT),
    Case("GET", "/bewaartermijnen", Rol.LEZER),
    Case("GET", "/publicaties/{id}/bewaartermijn", Rol.LEZER, id=published),
    Case("PUT", "/publicaties/{id}/bewaartermijn", Rol.PUBLICEERDER, id=published, asked=TERMIJN),
    Case(
        "POST",
        "/publicaties/{id}/bewaartermijn/vernietigen",
        Rol.PUBLICEERDER,
        201,
        id=over,
        asked=VOORSTEL,
    ),
]

UPLOADS = {
    ("OPTIONS", "/uploads"),
    ("POST", "/uploads"),
    *((method, "/uploads/{id}") for method in ("HEAD", "GET", "PATCH", "DELETE", "POST")),
}
"""Uploads are of who began them, whatever their role: see test_desk_uploads."""

MIJN = {
    ("GET", "/mijn"),
    *(
        ("POST", f"/mijn/{rest}")
        for rest in (
            "wachtwoord",
            "tweede-stap",
            "tweede-stap/bevestigen",
            "herstelcodes",
            "aanmeldingen/afmelden",
            "aanmeldingen/{id}/afmelden",
        )
    ),
}
"""The own account is of who is logged in, whatever their role, and of no key: see test_gebruikers."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskOfTest]:
    with open_desk(tmp_path) as opened:
        yield opened


def test_the_table_of_these_tests_names_every_route(desk: DeskOfTest) -> None:
    described = desk.by(Rol.LEZER).get("/openapi.json").json()["paths"]
    offered = {(method.upper(), path) for path, item in described.items() for method in item}
    named = (*CASES, *INVENTARIS)
    assert {(case.method, case.path) for case in named} == offered - UPLOADS - MIJN
    assert offered >= UPLOADS | MIJN


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_route_opens_for_its_role_and_those_above_it_alone(desk: DeskOfTest, case: Case) -> None:
    for rol in ROLLEN:
        path = case.path.format(id=case.id(desk), soort="documenten")
        before = len(desk.events())
        response = desk.by(rol).request(case.method, path, **case.asked)
        if ROLLEN.index(rol) >= ROLLEN.index(case.lowest):
            assert response.status_code == case.status, f"{rol}: {response.text}"
        else:
            assert response.status_code == 403, f"{rol}: {response.text}"
            assert response.headers["content-type"] == "application/problem+json"
            assert response.json()["nodig"] == case.lowest
            [line] = desk.events()[before:]
            assert (line.actie, line.uitkomst) == (Actie.HANDELING_GEWEIGERD, "geweigerd")
            assert line.details["reden"] == "NotAllowed"
            assert line.account is not None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_route_does_anything_without_a_key(desk: DeskOfTest, case: Case) -> None:
    path = case.path.format(id=case.id(desk), soort="documenten")
    with desk.platform.registry.read() as reading:
        before = reading.counts()
    response = desk.client(None).request(case.method, path, **case.asked)
    assert response.status_code == 401
    with desk.platform.registry.read() as reading:
        assert reading.counts() == before


def test_an_editor_may_not_add_to_what_is_public_already(desk: DeskOfTest) -> None:
    id = desk.published()
    response = desk.by(Rol.REDACTEUR).post(f"/publicaties/{id}/documenten", **UPLOAD)
    assert response.status_code == 403
    assert response.json()["nodig"] == "publiceerder"
    assert list(desk.platform.archive.digests()) == []
