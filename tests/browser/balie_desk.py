"""A desk with something of every kind on it, and the list of all its pages: as they open, and as forms answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from tests.api.bronverslag import VERSLAG
from tests.api.desk import BEHEER, DeskOfTest, bestand, pdf
from tests.api.lijsten import goed, lijst
from tests.api.people import ANNA, Browser, browser, person, toegang_of
from tests.api.verzoek_rollen import BESLUIT, DERDE, VERZOEK
from woo.domain.account import Roltoekenning
from woo.domain.actor import Actor, Rol
from woo.domain.broncontrole import Broncontrole
from woo.domain.document import Relatie, Relatiesoort, Voorstel
from woo.domain.oogst import Oogstfase, Oogstitem, Oogstrun, Oogstuitkomst, Verschil
from woo.usecases.ingreep import propose_destruction
from woo.usecases.toegang import accounts, formulieren

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PROVIDER = "https://id.zuiderveld.example"
CONVENANTEN = "c_8fc2335c"


@dataclass(frozen=True, slots=True)
class Blad:
    """A page: its address, what is sent to it (nothing: it is opened), the status of the answer, and by whom it is seen."""

    path: str
    form: Mapping[str, str | Sequence[str]] | None = None
    status: int = 200
    wie: str = "anna"


@dataclass
class Balie:
    """The desk and the ids of what is on it."""

    desk: DeskOfTest
    anna: Browser
    half: dict[str, Browser] = field(default_factory=dict)
    bladen: list[Blad] = field(default_factory=list)

    def made(self, path: str, body: Mapping[str, Any], *, method: str = "POST") -> dict[str, Any]:
        answer = self.desk.by(Rol.BEHEERDER).request(method, path, json=body)
        assert answer.is_success, answer.text
        return dict(answer.json()) if answer.content else {}

    def sent(self, path: str, **more: Any) -> Any:
        """What a form gives, sent with a key: where it led."""
        client = self.desk.by(Rol.BEHEERDER)
        client.base_url = "http://balie"  # type: ignore[assignment]
        headers = {} if more.get("files") or more.get("data") else FORM
        answer = client.post(path, headers=headers, follow_redirects=True, **more)
        assert answer.is_success, answer.text
        return answer

    def add(self, *paths: str, **more: Any) -> None:
        self.bladen += [Blad(path, **more) for path in paths]


def fill(desk: DeskOfTest) -> Balie:
    """Put something of every kind on the desk."""
    balie = Balie(desk, browser(desk))
    desk.app.state.provider = SimpleNamespace(way_out=lambda back: f"{PROVIDER}/uit")
    _people(balie)
    publicatie = _concept(balie)
    _inventory(balie, publicatie)
    _request(balie, publicatie)
    _public(balie)
    _harvest(balie)
    balie.add("/", "/werk", "/inlezen", "/logboek", "/statistieken", "/termijnen", "/agenda", "/beheer")
    balie.made(
        "/webhooks",
        {"naam": "Zaaksysteem", "url": "https://zaken.voorbeeld.example/woo", "organisaties": ["gm0153"]},
    )
    balie.add("/beheer/webhooks")
    balie.add("/beheer/webhooks", form={}, status=400)
    balie.add("/inventaris", "/publicaties-teksten", "/publicaties-teksten?zoek=rondweg")
    balie.add("/beheer/sleutels", "/bewaartermijnen", "/ingetrokken", "/verzoeken", "/publicaties")
    balie.add("/nergens", status=404)
    return balie


def _people(balie: Balie) -> None:
    """Anna is logged in; others stand half-way, were invited, or were sent away with a form in their hands."""
    desk, toegang = balie.desk, toegang_of(balie.desk)
    anna = person(desk, Rol.BEHEERDER)
    balie.anna.log_in()
    balie.anna.set_up()
    code = browser(desk)
    code.log_in()
    person(desk, Rol.PUBLICEERDER, email="bo@zuiderveld.example", naam="Bo Bakker")
    instellen = browser(desk)
    instellen.log_in("bo@zuiderveld.example")
    balie.half = {"code": code, "instellen": instellen, "niemand": browser(desk)}
    rollen = [Roltoekenning(Rol.LEZER, None)]
    cas, link = accounts.make_account(
        toegang, BEHEER, naam="Cas Visser", email="cas@zuiderveld.example", rollen=rollen
    )
    assert link is not None
    typed = formulieren.Formulier("/publicaties/nieuw", (("officieleTitel", "Besluit over de rondweg"),))
    token = formulieren.keep(toegang, anna.id, typed)
    balie.add("/aanmelden", f"/uitnodiging/{link.token}", "/aanmelden?reden=bewaard", wie="niemand")
    balie.add("/uitnodiging/weg", wie="niemand", status=403)
    balie.add("/aanmelden", form={"email": ANNA, "wachtwoord": "fout"}, status=400, wie="niemand")
    balie.add("/aanmelden/code", wie="code")
    balie.add("/aanmelden/instellen", wie="instellen")
    balie.add("/aanmelden/afgemeld", wie="niemand")
    balie.add("/mijn/termijnpost")
    balie.add("/mijn/termijnpost", form={}, status=400)
    balie.add("/mijn", "/mijn/wachtwoord", "/mijn/tweede-stap", "/mijn/herstelcodes", f"/hervat/{token}")
    balie.add("/beheer/gebruikers", "/beheer/gebruikers/nieuw", f"/beheer/gebruikers/{cas.id}")
    dee = person(desk, email="dee@zuiderveld.example", naam="Dee Smit")
    balie.add(f"/beheer/gebruikers/{dee.id}/link", form={})
    gone = [person(desk, email=f"{naam}@zuiderveld.example", naam=naam.title()) for naam in ("eva", "fem")]
    for each in gone:
        accounts.close_account(toegang, BEHEER, each.id)
    balie.add(f"/beheer/gebruikers/{gone[0].id}")
    balie.add(f"/beheer/gebruikers/{gone[1].id}/heropenen", form={})
    balie.add("/beheer/gebruikers/nieuw", form={}, status=400)


def _concept(balie: Balie) -> str:
    """A concept that is planned, with documents of which one waits, and one that can not be published yet."""
    desk = balie.desk
    publicatie = desk.publicatie(
        officieleTitel="Besluit over de rondweg", kenmerk="Z-2026-0142", omschrijving="Alle stukken."
    )
    ids = [desk.document(publicatie, str(number)) for number in range(3)]
    with desk.platform.registry.transaction() as tx:
        found = (Voorstel("kenmerk", "Z-2026-0142", 0.8, "tekst:kenmerk", 2),)
        tx.save_document(replace(tx.document(ids[0]), voorstellen=found))
        tx.save_relatie(Relatie(ids[0], Relatiesoort.HEEFT_BIJLAGE, ids[1]))
    at, document = f"/publicaties/{publicatie}", f"/documenten/{ids[0]}"
    verzonden = {"officieleTitel": "Brief", "bestemming": "verzonden", "rol": "besluitbrief"}
    balie.sent(f"{at}/nooit-openbaar", data=verzonden, files=bestand(inhoud=pdf("brief")))
    balie.made(f"{at}/planning", {"publiceerOp": "2026-07-01T09:30:00+02:00"}, method="PUT")
    link = balie.sent(f"{at}/inzage", data={"naam": "Verzoeker A", "dagen": "7", "documenten": ids})
    inzage = link.text.partition("/inzage/")[2].partition("<")[0].partition('"')[0].strip()
    balie.sent(f"{document}/opschorting", data={"tot": "2026-03-16"})
    for part in (
        "",
        "/wijzig",
        "/toevoegen",
        "/volgorde",
        "/publiceren",
        "/gegevens",
        "/mededeling",
        "/inzage",
    ):
        balie.add(at + part)
    balie.add(f"{at}/nooit-openbaar", f"{at}/geschiedenis", f"{at}/voorbeeld")
    balie.add(f"{at}/voorbeeld{at}?regel=2", "/publicaties/nieuw", "/publicaties?zoek=rondweg")
    balie.add(f"/inzage/{inzage}", wie="niemand")
    balie.add(f"/inzage/{inzage}{document}", wie="niemand", status=404)  # it was not read yet
    for part in ("", "/wijzig", "/bestand", "/relaties", "/opschorting", "/geschiedenis"):
        balie.add(document + part)
    balie.add(f"{at}/samen", form={"ids": ids})
    balie.add("/publicaties/nieuw", form={}, status=400)
    balie.add(f"{document}/wijzig", form={"officieleTitel": ""}, status=400)
    wrong = desk.publicatie(
        officieleTitel="Convenant over de haven", informatiecategorieen=[CONVENANTEN], publisher=None
    )
    balie.add(f"/publicaties/{wrong}/publiceren", f"/publicaties/{wrong}/gegevens", "/publicaties-reeks")
    balie.add("/publicaties-reeks", form={"ids": [wrong]})
    return publicatie


def _inventory(balie: Balie, publicatie: str) -> None:
    at = f"/publicaties/{publicatie}/inventaris"
    first = balie.sent(f"{at}/lijst", files=lijst(*(goed(number) for number in range(1, 4))))
    balie.sent(first.url.path, data={"aantal": "0"})
    rows = goed(1, "deels openbaar", "5.1.2e; 5.1.5"), goed(2, "misschien"), goed(4, "niet openbaar", "9.9")
    voorstel = balie.sent(f"{at}/lijst", files=lijst(*rows)).url.path
    regels = balie.desk.by(Rol.BEHEERDER).get(f"{at}").json()["resultaten"]
    balie.add(at, f"{at}/lijst", voorstel, f"{at}/regels/nieuw", f"{at}/koppelingen")
    balie.add(f"{at}/regels/{regels[0]['id'].rpartition(':')[2]}")
    balie.add(f"{at}/regels/nieuw", form={}, status=400)
    balie.add(voorstel, form={"aantal": "2"}, status=400)


def _request(balie: Balie, publicatie: str) -> None:
    id = balie.made("/verzoeken", VERZOEK)["id"]
    at = f"/verzoeken/{id}"
    for path, body in (
        ("preciseringen", {"op": "2026-02-03"}),
        ("preciseringen/antwoord", {"op": "2026-02-05"}),
        ("opschortingen", {"van": "2026-02-06", "grond": "zienswijze"}),
        ("opschortingen/hervat", {"op": "2026-02-12"}),
        ("verdaging", {"op": "2026-02-16"}),
        ("doorzendingen", {"op": "2026-02-04", "aan": "gm1735"}),
        ("termijnfeiten", {"soort": "ander_orgaan", "op": "2026-02-10"}),
    ):
        balie.made(f"{at}/{path}", body)
    balie.made(f"{at}/verzoeker", {"naam": "Jozefien Verzinsel"}, method="PUT")
    derde = balie.made(f"{at}/derden", DERDE)["id"]
    besluit = balie.made(f"{at}/besluiten", {**BESLUIT, "deelbesluit": 1})["id"]
    later = balie.made(f"{at}/besluiten", {**BESLUIT, "kenmerk": "B-2", "deelbesluit": 2})["id"]
    balie.made(f"/besluiten/{besluit}/publicatie", {"publicatie": publicatie})
    procedure = balie.made(f"/besluiten/{besluit}/procedures", {"soort": "bezwaar", "datum": "2026-02-21"})
    balie.add("/verzoeken/nieuw", "/verzoeken?zoek=rondweg", at, f"{at}/wijzig", f"{at}/termijnen")
    balie.add(f"{at}/betrokkenen", f"{at}/verzoeker", f"{at}/derden/nieuw", f"{at}/derden/{derde}")
    balie.add(f"{at}/derden/{derde}/stukken", f"{at}/wissen/verzoeker", f"{at}/feiten/ingebrekestelling")
    balie.add(f"{at}/besluiten/nieuw", f"{at}/besluiten/{besluit}/wijzig", f"{at}/feiten/doorzending")
    balie.add(f"{at}/besluiten/{later}/publicatie", f"{at}/besluiten/{besluit}/procedures/nieuw")
    balie.add(f"{at}/procedures/{procedure['id']}/afloop")
    balie.add("/verzoeken/nieuw", form={}, status=400)


def _harvest(balie: Balie) -> None:
    """A source of which a run ended, with a document that failed."""
    now = balie.desk.clock()
    run = Oogstrun(
        "run-1",
        "voorbeeld",
        now,
        fase=Oogstfase.KLAAR,
        geeindigd_op=now,
        uitkomst=Oogstuitkomst.ONVOLLEDIG,
        reden="robots.txt names no sitemap",
        ontdekt=1,
        tellingen={"failed": 1},
        waarschuwingen=(("sitemap:datum", "https://open.voorbeeld.nl/1.xml", 3),),
    )
    item = Oogstitem(
        "voorbeeld",
        "https://open.voorbeeld.nl/besluit.pdf",
        0,
        "document:1",
        "vorm",
        {"titel": "Besluit over de rondweg"},
        gezien_run="run-1",
        verschil=Verschil.MISLUKT,
        reden="http: the site answers with status 404",
    )
    with balie.desk.platform.registry.transaction() as tx:
        tx.oogst.save_run(run)
        tx.oogst.save_items([item])
    balie.add("/oogst", "/oogst/voorbeeld", "/oogst/runs/run-1")
    with balie.desk.platform.registry.transaction() as tx:
        for id, klaar, verslag in (
            ("nagekeken", now, VERSLAG),
            ("wacht", None, None),
            ("mislukt", now, None),
        ):
            tx.broncontroles.save(Broncontrole(id, f"https://{id}.voorbeeld.nl", now, klaar, verslag))
    balie.add("/bronnen", "/bronnen/nagekeken", "/bronnen/wacht", "/bronnen/mislukt")


def _public(balie: Balie) -> None:
    """What is public, what was withdrawn, and what somebody wants destroyed."""
    desk = balie.desk
    publicatie, gone = desk.publicatie(officieleTitel="Nota over de haven"), desk.published()
    fout, lek, weg = (desk.document(publicatie, text) for text in ("fout", "lek", "weg"))
    blijft = desk.document(publicatie, "blijft")
    balie.made(f"/publicaties/{publicatie}/publiceer", {})
    balie.sent(f"/documenten/{fout}/intrekken", data={"code": "vergissing"})
    for id in (lek, weg):
        balie.sent(f"/documenten/{id}/intrekken", data={"code": "privacy"})
    balie.sent(f"/documenten/{lek}/lekblad", data={"ontdektOp": "2026-03-01T10:00"})
    balie.sent(f"/publicaties/{gone}/intrekken", data={"code": "privacy"})
    other = Actor("Noor", Rol.PUBLICEERDER, "tests", account="noor")
    voorstel = propose_destruction(desk.platform, other, "document", weg, reden="Er staat een BSN in.")
    balie.add(f"/publicaties/{publicatie}", f"/publicaties/{publicatie}/intrekken")
    balie.add(f"/publicaties/{publicatie}/bewaartermijn")
    balie.add(f"/documenten/{blijft}", f"/documenten/{blijft}/intrekken")
    balie.add(
        f"/documenten/{fout}/herstellen", f"/documenten/{lek}/lekblad", f"/documenten/{lek}/vernietigen"
    )
    balie.add(f"/publicaties/{gone}", f"/publicaties/{gone}/lekblad", f"/publicaties/{gone}/vernietigen")
    balie.add(
        f"/publicaties/{gone}/herstellen", f"/ingetrokken/voorstellen/{voorstel.id}", f"/documenten/{lek}"
    )
    balie.add(f"/documenten/{blijft}/intrekken", form={}, status=400)
