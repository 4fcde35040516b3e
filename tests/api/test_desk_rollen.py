"""Every route of the desk against every role: who gets in, and who is told which role is needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from publisher.problems import lowest_role
from tests.api.desk import NOW, REDEN, WOO_VERZOEKEN, DeskOfTest, TestClient, bestand, open_desk, pdf
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
from woo.domain.publicatie import Publicatiestatus
from woo.domain.volgen import Meldingsoort
from woo.registry import Transaction
from woo.usecases.bewaring import change_term
from woo.usecases.ingreep import approve, propose_destruction
from woo.usecases.intrekking import withdraw_document, withdraw_publicatie
from woo.usecases.lekblad import make_lekblad
from woo.usecases.publicatie import NieuwePublicatie, build_publicatie
from woo.usecases.rechten import MATRIX, Handeling
from woo.usecases.vernietiging import conclude
from woo.volgers import Melding, open_volgers

ROLLEN = list(Rol)
OWN = {"POST /agendas/{id}/intrekken"}
"""Of what somebody made for themselves: whoever may read may do it with their own; here it is of another."""
FIXED = "besluit"
"""The id of a document that is asked for in a body."""


@dataclass(frozen=True)
class Case:
    """One route: the action it is for, the status it gives to who may do that, and what is asked.

    Which roles may is not said here: the rights matrix says it of the action. That the route is for this action, and for no
    other, is seen from a key that may do everything else.
    """

    method: str
    path: str
    handeling: Handeling
    status: int = 200
    id: Callable[[DeskOfTest], str] = lambda desk: ""
    asked: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def lowest(self) -> Rol:
        """The first role that may, by the matrix; what is somebody's own is of the others for who administers alone."""
        recht = MATRIX[self.handeling].demanded(Publicatiestatus.CONCEPT)
        return Rol.BEHEERDER if self.name in OWN else lowest_role(recht)


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


WEBHOOK = {"naam": "DMS", "url": "https://dms.voorbeeld.example/woo"}


def a_webhook(desk: DeskOfTest) -> str:
    made = desk.by(Rol.BEHEERDER).post("/webhooks", json=WEBHOOK)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


NIEUW = {"officieleTitel": "Besluit", "informatiecategorieen": [WOO_VERZOEKEN], "publisher": "gm0153"}
SLEUTEL = {"naam": "zaaksysteem", "rol": "redacteur", "dagen": 30}
UPLOAD = {"data": {"officieleTitel": "Besluit"}, "files": bestand()}

CASES = [
    Case("GET", "/openapi.json", Handeling.BESCHRIJVING_LEZEN),
    Case("GET", "/publicaties", Handeling.PUBLICATIES_LEZEN),
    Case("POST", "/publicaties", Handeling.PUBLICATIE_MAKEN, 201, asked={"json": NIEUW}),
    Case("GET", "/publicaties/{id}", Handeling.PUBLICATIE_LEZEN, id=concept),
    Case(
        "PATCH",
        "/publicaties/{id}",
        Handeling.PUBLICATIE_WIJZIGEN,
        id=concept,
        asked={"json": {"kenmerk": "Z-1"}},
    ),
    Case("POST", "/publicaties/{id}/publiceer", Handeling.PUBLICEREN, id=concept),
    Case(
        "POST",
        "/publicaties/{id}/intrekken",
        Handeling.PUBLICATIE_INTREKKEN,
        id=published,
        asked={"json": {"reden": REDEN}},
    ),
    Case("POST", "/publicaties/{id}/documenten", Handeling.DOCUMENT_TOEVOEGEN, 201, id=concept, asked=UPLOAD),
    Case("GET", "/publicaties/{id}/geschiedenis", Handeling.GESCHIEDENIS_LEZEN, id=concept),
    Case("GET", "/documenten/{id}", Handeling.DOCUMENT_LEZEN, id=a_document),
    Case(
        "PATCH",
        "/documenten/{id}",
        Handeling.DOCUMENT_WIJZIGEN,
        id=a_document,
        asked={"json": {"kenmerk": "Z-1"}},
    ),
    Case(
        "PUT",
        "/documenten/{id}/bestand",
        Handeling.DOCUMENT_VERVANGEN,
        id=a_document,
        asked={"files": bestand(inhoud=pdf("twee"))},
    ),
    Case(
        "POST",
        "/documenten/{id}/intrekken",
        Handeling.DOCUMENT_INTREKKEN,
        id=a_document,
        asked={"json": {"reden": REDEN}},
    ),
    Case("PUT", "/publicaties/{id}", Handeling.PUBLICATIE_WIJZIGEN, id=concept, asked={"json": NIEUW}),
    Case(
        "POST",
        "/publicaties/{id}/documenten/wijzigen",
        Handeling.DOCUMENT_WIJZIGEN,
        id=with_fixed_document,
        asked={"json": {"ids": [FIXED], "kenmerk": "Z-1"}},
    ),
    Case(
        "PUT",
        "/publicaties/{id}/documenten/volgorde",
        Handeling.PUBLICATIE_WIJZIGEN,
        id=with_fixed_document,
        asked={"json": {"ids": [FIXED]}},
    ),
    Case(
        "POST",
        "/documenten/{id}/volgnummer",
        Handeling.PUBLICATIE_WIJZIGEN,
        id=a_document,
        asked={"json": {"volgnummer": 1}},
    ),
    Case("GET", "/documenten/{id}/relaties", Handeling.DOCUMENT_LEZEN, id=a_document),
    Case(
        "POST",
        "/documenten/{id}/relaties",
        Handeling.RELATIE_LEGGEN,
        201,
        id=beside_fixed,
        asked={"json": RELATIE},
    ),
    Case(
        "POST",
        "/documenten/{id}/relaties/weghalen",
        Handeling.RELATIE_WEGHALEN,
        id=related,
        asked={"json": RELATIE},
    ),
    Case("GET", "/documenten/{id}/voorstellen", Handeling.DOCUMENT_LEZEN, id=a_document),
    Case(
        "POST",
        "/documenten/{id}/voorstellen/overnemen",
        Handeling.DOCUMENT_WIJZIGEN,
        id=with_suggestion,
        asked={"json": {"veld": "kenmerk", "waarde": "Z-1"}},
    ),
    Case("GET", "/documenten/{id}/versies", Handeling.DOCUMENT_LEZEN, id=a_document),
    Case("GET", "/documenten/{id}/bestand", Handeling.DOCUMENT_LEZEN, id=a_document),
    Case("GET", "/documenten/{id}/versies/{versie}/bestand", Handeling.DOCUMENT_LEZEN, id=a_document),
    Case("GET", "/documenten/{id}/geschiedenis", Handeling.GESCHIEDENIS_LEZEN, id=a_document),
    Case("GET", "/status", Handeling.STATUS_LEZEN),
    Case("POST", "/jobs/opnieuw", Handeling.OPNIEUW_PROBEREN),
    Case("GET", "/oogst", Handeling.OOGST_LEZEN),
    Case("GET", "/oogst/{id}", Handeling.OOGSTBRON_LEZEN, id=a_source),
    Case("GET", "/oogst/runs/{id}", Handeling.OOGSTBRON_LEZEN, id=a_harvest),
    Case("POST", "/oogst/{id}/vragen", Handeling.OOGST_VRAGEN, 409, id=a_source),
    Case("POST", "/oogst/{id}/vrijgeven", Handeling.OOGST_VRIJGEVEN, id=a_source),
    Case("GET", "/bronnen", Handeling.BRONNEN_LEZEN),
    Case("POST", "/bronnen", Handeling.BRON_CONTROLEREN, 202, asked={"json": {"adres": "open.voorbeeld.nl"}}),
    Case("GET", "/bronnen/{id}", Handeling.BRONNEN_LEZEN, id=a_check),
    Case(
        "POST",
        "/bronnen/{id}/openbaarheid",
        Handeling.BRONCONTROLE_PUBLICEREN,
        id=a_check,
        asked={"json": {"openbaar": True}},
    ),
    Case("GET", "/logboek", Handeling.LOGBOEK_LEZEN),
    Case("GET", "/logboek/uitvoer", Handeling.LOGBOEK_LEZEN, asked={"params": {"formaat": "csv"}}),
    Case("GET", "/logboek/keten", Handeling.LOGBOEK_LEZEN),
    Case("POST", "/logboek/keten/controleer", Handeling.KETEN_CONTROLEREN),
    Case("GET", "/meldingen", Handeling.MELDINGEN_LEZEN),
    Case("POST", "/meldingen/{id}/afgehandeld", Handeling.MELDING_AFHANDELEN, id=a_report),
    Case("GET", "/teksten", Handeling.PUBLICATIES_LEZEN, asked={"params": {"zoek": "rondweg"}}),
    Case("GET", "/inventarissen", Handeling.PUBLICATIES_LEZEN),
    Case("GET", "/webhooks", Handeling.WEBHOOKS_LEZEN),
    Case("POST", "/webhooks", Handeling.WEBHOOK_MAKEN, 201, asked={"json": WEBHOOK}),
    Case("POST", "/webhooks/{id}/hervat", Handeling.WEBHOOK_WIJZIGEN, id=a_webhook),
    Case("DELETE", "/webhooks/{id}", Handeling.WEBHOOK_WIJZIGEN, 204, id=a_webhook),
    Case("GET", "/sleutels", Handeling.SLEUTELS_LEZEN),
    Case("POST", "/sleutels", Handeling.SLEUTEL_MAKEN, 201, asked={"json": SLEUTEL}),
    Case("POST", "/sleutels/{id}/intrekken", Handeling.SLEUTEL_INTREKKEN, id=another_key),
    *(Case(*row) for row in VERZOEKEN),
]


CASES += [Case(*row) for row in (*TERMIJNEN, *GEBRUIKERS)]
CASES += [
    Case("GET", "/publicaties/{id}/controle", Handeling.CONTROLEREN, id=concept),
    Case("GET", "/publicaties/{id}/planning", Handeling.PUBLICATIE_LEZEN, id=planned),
    Case("PUT", "/publicaties/{id}/planning", Handeling.PLANNEN, id=concept, asked={"json": PLAN}),
    Case("DELETE", "/publicaties/{id}/planning", Handeling.PLANNEN, id=planned),
    Case("GET", "/planningen", Handeling.PLANNINGEN_LEZEN),
    Case("POST", "/publiceer-reeks", Handeling.REEKS_PUBLICEREN, asked={"json": {"ids": ["bestaat-niet"]}}),
    Case("GET", "/categorieen", Handeling.BESCHRIJVING_LEZEN),
    Case("GET", "/publicaties/{id}/gegevens", Handeling.PUBLICATIE_LEZEN, id=concept),
    Case(
        "PATCH",
        "/publicaties/{id}/gegevens",
        Handeling.CATEGORIEVELDEN_WIJZIGEN,
        id=convenant,
        asked={"json": VELDEN},
    ),
    Case(
        "PUT",
        "/publicaties/{id}/mededeling",
        Handeling.MEDEDELING_WIJZIGEN,
        id=concept,
        asked={"json": MEDEDELING},
    ),
    Case("DELETE", "/publicaties/{id}/mededeling", Handeling.MEDEDELING_WIJZIGEN, 204, id=concept),
    Case(
        "PUT",
        "/documenten/{id}/opschorting",
        Handeling.DOCUMENT_OPSCHORTEN,
        id=a_document,
        asked={"json": TOT},
    ),
    Case("DELETE", "/documenten/{id}/opschorting", Handeling.DOCUMENT_VRIJGEVEN, id=a_waiting_document),
    Case("GET", "/publicaties/{id}/inzages", Handeling.LINKS_LEZEN, id=concept),
    Case("POST", "/publicaties/{id}/inzages", Handeling.LINK_MAKEN, 201, id=filled, asked={"json": LINK}),
    Case("POST", "/inzages/{id}/intrekken", Handeling.LINK_INTREKKEN, id=a_link),
    Case("GET", "/intrekredenen", Handeling.BESCHRIJVING_LEZEN),
    Case("GET", "/intrekkingen", Handeling.INTREKKINGEN_LEZEN),
    Case("POST", "/{soort}/{id}/herstellen", Handeling.HERSTELLEN, 204, id=withdrawn, asked={"json": {}}),
    Case(
        "POST",
        "/{soort}/{id}/herstelvoorstel",
        Handeling.HERSTEL_VOORSTELLEN,
        201,
        id=withdrawn,
        asked=VOORSTEL,
    ),
    Case(
        "POST",
        "/{soort}/{id}/vernietigen",
        Handeling.VERNIETIGING_VOORSTELLEN,
        201,
        id=withdrawn,
        asked=VOORSTEL,
    ),
    Case("GET", "/ingrepen", Handeling.INGREPEN_LEZEN),
    Case("GET", "/ingrepen/{id}", Handeling.INGREEP_LEZEN, id=proposed),
    Case("POST", "/ingrepen/{id}/goedkeuren", Handeling.INGREEP_BESLISSEN, id=proposed),
    Case("POST", "/ingrepen/{id}/afwijzen", Handeling.INGREEP_BESLISSEN, id=proposed, asked=AFWIJZING),
    Case("GET", "/ingrepen/{id}/verklaring", Handeling.INGREEP_LEZEN, id=destroyed),
    Case("GET", "/{soort}/{id}/lekblad", Handeling.LEKBLAD_LEZEN, id=with_sheet),
    Case("PUT", "/{soort}/{id}/lekblad", Handeling.LEKBLAD_MAKEN, id=withdrawn, asked=ONTDEKT),
    Case("PUT", "/{soort}/{id}/lekblad/besluit", Handeling.LEKBLAD_BESLISSEN, id=with_sheet, asked=BESLUIT),
    Case("GET", "/bewaartermijnen", Handeling.BEWAARTERMIJNEN_LEZEN),
    Case("GET", "/publicaties/{id}/bewaartermijn", Handeling.BEWAARTERMIJN_LEZEN, id=published),
    Case(
        "PUT",
        "/publicaties/{id}/bewaartermijn",
        Handeling.BEWAARTERMIJN_WIJZIGEN,
        id=published,
        asked=TERMIJN,
    ),
    Case(
        "POST",
        "/publicaties/{id}/bewaartermijn/vernietigen",
        Handeling.VERNIETIGING_VOORSTELLEN,
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
    ("GET", "/mijn/termijnpost"),
    ("PUT", "/mijn/termijnpost"),
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
        path = case.path.format(id=case.id(desk), soort="documenten", versie=1)
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
            assert line.details["handeling"] == case.handeling
            assert line.account is not None
    if case.name not in OWN:
        check_limited(desk, case)


def check_limited(desk: DeskOfTest, case: Case) -> None:
    """A key that may do everything but the action of a route is refused, with one line that names the action."""
    path = case.path.format(id=case.id(desk), soort="documenten", versie=1)
    before = len(desk.events())
    response = without(desk, case.handeling).request(case.method, path, **case.asked)
    assert response.status_code == 403, response.text
    [line] = desk.events()[before:]
    assert (line.actie, line.details["handeling"]) == (Actie.HANDELING_GEWEIGERD, case.handeling)


def without(desk: DeskOfTest, handeling: Handeling) -> TestClient:
    """Who sends a key of a beheerder that may do everything but this."""
    rest = frozenset(each.value for each in Handeling) - {handeling.value}
    now = desk.clock()
    _, secret = desk.platform.registry.keys.create(
        "alles behalve", Rol.BEHEERDER, now=now, vervalt_op=now + timedelta(days=1), handelingen=rest
    )
    return desk.client(f"Bearer {secret}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_route_does_anything_without_a_key(desk: DeskOfTest, case: Case) -> None:
    path = case.path.format(id=case.id(desk), soort="documenten", versie=1)
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
