"""How each use case is called on an object of the municipality in a state, for the walk through the rights matrix."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from publisher import keys
from tests.api.desk import BEHEER, GEMEENTE, REDEN, WOO_VERZOEKEN, DeskOfTest
from woo.domain.account import Roltoekenning
from woo.domain.actor import Actor, Rol
from woo.domain.besluit import Uitkomst, Woobesluit
from woo.domain.contactpersoon import Contactpersoon
from woo.domain.document import Bestand, Relatiesoort, Voorstel
from woo.domain.procedure import Proceduresoort, Procedureuitkomst
from woo.domain.publicatie import Publicatiestatus
from woo.domain.verloop import Doorzending
from woo.domain.verzoek import Opschorting, Opschortingsgrond, Verzoekfeit
from woo.domain.volgen import Meldingsoort
from woo.inventaris.lezen import Inventaris
from woo.registry import Logvraag
from woo.registry.finding import Zoekvraag
from woo.usecases import (
    aandacht,
    afhalen,
    besluit,
    betrokkenen,
    categorievelden,
    contactpersoon,
    document,
    document_gegevens,
    herlezen,
    intrekking,
    inventaris,
    inventarisblad,
    inventarisoverzicht,
    inventarisregel,
    inventarisvoorstel,
    inzage,
    jaarcijfers,
    logboek,
    meldingen,
    opnieuw,
    opschorting,
    planning,
    procedure,
    publicatie,
    publicatie_gegevens,
    reeks,
    relaties,
    stukken,
    tekstzoeken,
    termijnen,
    verloop,
    verzoek,
    verzoekinzage,
    volgorde,
    waardelijsten,
    webhooks,
)
from woo.usecases.controle.controleren import check_publication
from woo.usecases.toegang import accounts
from woo.usecases.toegang.heropenen import reopen_account
from woo.usecases.toegang.onderdelen import Toegang
from woo.volgers import Melding, open_volgers

Call = Callable[[Actor], object]
Maker = Callable[["Bench", Publicatiestatus], Call]

CONCEPT, PUBLIC, GONE = Publicatiestatus
DAY, LATER = date(2026, 2, 2), date(2026, 2, 9)
ORGANISATIES = {GEMEENTE: Rol.LEZER}
_NUMBERS = count(1)
WEBHOOK: dict[str, Any] = {
    "naam": "DMS",
    "url": "https://dms.voorbeeld.example/",
    "organisaties": [GEMEENTE],
    "private": False,
}
EMPTY = Inventaris((), (), (), 0)
HANDELINGEN = Path(__file__).parents[1] / "unit" / "lijsten" / "soorthandelinglijst.csv"


@dataclass
class Bench:
    """Makes what a use case is tried on, as somebody who may do everything."""

    desk: DeskOfTest

    def __post_init__(self) -> None:
        self.toegang = Toegang.of(self.desk.platform, self.desk.settings.aanmelden)

    @property
    def platform(self) -> Any:
        return self.desk.platform

    def number(self) -> int:
        return next(_NUMBERS)

    def bestand(self) -> Bestand:
        content = f"%PDF-1.7\n% {self.number()}\n%%EOF\n".encode()
        folder = self.desk.settings.home
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "bestand.pdf"
        path.write_bytes(content)
        stored = self.platform.archive.put(path)
        return Bestand(stored.digest, "besluit.pdf", "application/pdf", stored.grootte)

    def nieuw(self) -> publicatie.NieuwePublicatie:
        return publicatie.NieuwePublicatie(GEMEENTE, "Besluit", (WOO_VERZOEKEN,))

    def publicatie(self, status: Publicatiestatus) -> str:
        id = publicatie.create_publicatie(self.platform, BEHEER, self.nieuw()).id
        return self.brought(id, status)

    def brought(self, id: str, status: Publicatiestatus) -> str:
        """Bring a concept to this status."""
        if status is not CONCEPT:
            publicatie.publish(self.platform, BEHEER, id)
        if status is GONE:
            intrekking.withdraw_publicatie(self.platform, BEHEER, id, reden=REDEN)
        return id

    def document(self, status: Publicatiestatus, publicatie_id: str | None = None) -> str:
        """A document in this status: GONE is withdrawn itself, in a public publicatie."""
        own = publicatie_id or self.publicatie(CONCEPT)
        wanted = document.NieuwDocument("Bijlage", self.bestand())
        id = document.add_document(self.platform, BEHEER, own, wanted).id
        if status is not CONCEPT and publicatie_id is None:
            publicatie.publish(self.platform, BEHEER, own)
        if status is GONE:
            intrekking.withdraw_document(self.platform, BEHEER, id, reden=REDEN)
        return id

    def verzoek(self) -> str:
        made = verzoek.register_verzoek(
            self.platform,
            BEHEER,
            kenmerk=f"Z-{self.number()}",
            onderwerp="x",
            ontvangen_op=DAY,
            organisatie=GEMEENTE,
        )
        return made.id

    def besluit(self, status: Publicatiestatus) -> Woobesluit:
        """A decision that a publicatie in this status shows."""
        shown = self.publicatie(CONCEPT)
        made = self.besluit_op(self.verzoek(), shown)
        self.brought(shown, status)
        return made

    def besluit_op(self, verzoek_id: str, publicatie_id: str | None, deel: int = 1) -> Woobesluit:
        nieuw = verzoek.NieuwBesluit(f"B-{deel}", DAY, Uitkomst.OPENBAAR, deel, publicatie_id)
        return verzoek.register_besluit(self.platform, BEHEER, verzoek_id, nieuw)

    def unshown(self, status: Publicatiestatus) -> Woobesluit:
        """A decision that nothing shows, on a request of which another decision stands in a publicatie in this status."""
        first = self.besluit(status)
        return self.besluit_op(first.verzoek_id, None, deel=2)

    def melding(self) -> str:
        id = f"melding.{self.number():016d}.{'a' * 32}"
        about = self.document(CONCEPT)
        melding = Melding(id, self.platform.now(), Meldingsoort.PRIVACY, about, None, 1, "x", None)
        with open_volgers(self.desk.settings) as opslag:
            opslag.meldingen.add(melding)
        return id

    def account(self) -> str:
        rollen = [Roltoekenning(Rol.LEZER, GEMEENTE)]
        email = f"a{self.number()}@voorbeeld.nl"
        return accounts.make_account(self.toegang, BEHEER, naam="A", email=email, rollen=rollen)[0].id


def _publicatie(call: Callable[[Any, Actor, str], object]) -> Maker:
    def make(bench: Bench, status: Publicatiestatus) -> Call:
        id = bench.publicatie(status)
        return lambda actor: call(bench.platform, actor, id)

    return make


def _document(call: Callable[[Any, Actor, str], object]) -> Maker:
    def make(bench: Bench, status: Publicatiestatus) -> Call:
        id = bench.document(status)
        return lambda actor: call(bench.platform, actor, id)

    return make


def _filed(call: Callable[[Any, Actor, str, Bestand], object], *, in_publicatie: bool) -> Maker:
    def make(bench: Bench, status: Publicatiestatus) -> Call:
        id = bench.publicatie(status) if in_publicatie else bench.document(status)
        bestand = bench.bestand()
        return lambda actor: call(bench.platform, actor, id, bestand)

    return make


def _verzoek(
    call: Callable[[Any, Actor, str], object], *before: Callable[[Any, Actor, str], object]
) -> Maker:
    def make(bench: Bench, status: Publicatiestatus) -> Call:
        id = bench.besluit(status).verzoek_id
        for step in before:
            step(bench.platform, BEHEER, id)
        return lambda actor: call(bench.platform, actor, id)

    return make


def _besluit(call: Callable[[Any, Actor, str], object]) -> Maker:
    def make(bench: Bench, status: Publicatiestatus) -> Call:
        id = bench.besluit(status).id
        return lambda actor: call(bench.platform, actor, id)

    return make


def _nothing(call: Callable[[Any, Actor], object]) -> Maker:
    return lambda bench, _: lambda actor: call(bench.platform, actor)


def _key(bench: Bench, _: Publicatiestatus) -> Call:
    key, _secret = keys.create_key(bench.platform, BEHEER, "x", dagen=1, organisaties=ORGANISATIES)
    return lambda actor: keys.revoke_key(bench.platform, actor, key.id)


def _voorstel(bench: Bench, status: Publicatiestatus) -> Call:
    own = bench.publicatie(CONCEPT)
    id = bench.document(CONCEPT, own)
    with bench.platform.registry.transaction() as tx:
        found = Voorstel("kenmerk", "Z-1", 0.9, "regel")
        tx.save_document(replace(tx.document(id), voorstellen=(found,)))
    if status is not CONCEPT:
        publicatie.publish(bench.platform, BEHEER, own)
    if status is GONE:
        intrekking.withdraw_document(bench.platform, BEHEER, id, reden=REDEN)
    return lambda actor: document_gegevens.accept_voorstel(bench.platform, actor, id, "kenmerk", "Z-1")


def _many(bench: Bench, status: Publicatiestatus) -> Call:
    id = bench.document(status)
    with bench.platform.registry.read() as reading:
        own = reading.document(id).publicatie_id
    return lambda actor: document_gegevens.change_many(bench.platform, actor, own, [id], {"kenmerk": "Z-2"})


def _order(bench: Bench, status: Publicatiestatus) -> Call:
    own = bench.publicatie(CONCEPT)
    ids = [bench.document(CONCEPT, own), bench.document(CONCEPT, own)]
    bench.brought(own, status)
    return lambda actor: volgorde.set_order(bench.platform, actor, own, ids[::-1])


def _move(bench: Bench, status: Publicatiestatus) -> Call:
    own = bench.publicatie(CONCEPT)
    ids = [bench.document(CONCEPT, own), bench.document(CONCEPT, own)]
    bench.brought(own, status)
    return lambda actor: volgorde.move(bench.platform, actor, ids[1], 1)


BIJLAGE = Relatiesoort.HEEFT_BIJLAGE


def _relation(bench: Bench, status: Publicatiestatus, *, there: bool) -> tuple[str, str]:
    own = bench.publicatie(CONCEPT)
    a, b = bench.document(CONCEPT, own), bench.document(CONCEPT, own)
    if there:
        relaties.relate(bench.platform, BEHEER, a, BIJLAGE, b)
    if status is not CONCEPT:
        publicatie.publish(bench.platform, BEHEER, own)
    if status is GONE:
        intrekking.withdraw_document(bench.platform, BEHEER, a, reden=REDEN)
    return a, b


def _relate(bench: Bench, status: Publicatiestatus) -> Call:
    a, b = _relation(bench, status, there=False)
    return lambda actor: relaties.relate(bench.platform, actor, a, BIJLAGE, b)


def _unrelate(bench: Bench, status: Publicatiestatus) -> Call:
    a, b = _relation(bench, status, there=True)
    return lambda actor: relaties.unrelate(bench.platform, actor, a, BIJLAGE, b)


def _show_in(bench: Bench, status: Publicatiestatus) -> Call:
    made = bench.besluit_op(bench.verzoek(), None)
    shown = bench.publicatie(status)
    return lambda actor: verzoek.show_besluit_in(bench.platform, actor, made.id, shown)


def _make_publicatie(bench: Bench, status: Publicatiestatus) -> Call:
    made = bench.unshown(status)
    return lambda actor: besluit.make_publicatie(bench.platform, actor, made.id)


def _register_besluit(bench: Bench, status: Publicatiestatus) -> Call:
    first = bench.besluit(status)
    nieuw = verzoek.NieuwBesluit("B-2", DAY, Uitkomst.OPENBAAR, 2)
    return lambda actor: verzoek.register_besluit(bench.platform, actor, first.verzoek_id, nieuw)


def _decide(bench: Bench, status: Publicatiestatus) -> Call:
    own = bench.besluit(status)
    soort = Proceduresoort.BEZWAAR
    lodged = procedure.register_procedure(bench.platform, BEHEER, own.id, soort=soort, datum=DAY)
    uitkomst = Procedureuitkomst.ONGEGROND
    return lambda actor: procedure.decide_procedure(
        bench.platform, actor, lodged.id, uitkomst=uitkomst, op=DAY
    )


def _party(call: Callable[[Any, Actor, str], object]) -> Maker:
    def make(bench: Bench, _: Publicatiestatus) -> Call:
        own = bench.verzoek()
        values = {"naam": "Bedrijf"}
        made = betrokkenen.add_belanghebbende(bench.platform, BEHEER, own, values)
        return lambda actor: call(bench.platform, actor, made.id)

    return make


def _people(call: Callable[[Any, Actor, str], object]) -> Maker:
    def make(bench: Bench, _: Publicatiestatus) -> Call:
        own = bench.verzoek()
        betrokkenen.set_verzoeker(bench.platform, BEHEER, own, {"naam": "Iemand"})
        return lambda actor: call(bench.platform, actor, own)

    return make


CONTACT = Contactpersoon("Woo-contactpersoon", "woo@voorbeeld.nl")


def _import(bench: Bench, status: Publicatiestatus) -> Call:
    id = bench.publicatie(CONCEPT)
    seen = inventaris.propose_inventaris(bench.platform, BEHEER, id, EMPTY)
    bench.brought(id, status)
    return lambda actor: inventaris.import_inventaris(bench.platform, actor, EMPTY, seen, sha256="0" * 64)


def _finish(bench: Bench, _: Publicatiestatus) -> Call:
    id = bench.melding()

    def call(actor: Actor) -> object:
        with open_volgers(bench.desk.settings) as opslag:
            return meldingen.finish_melding(bench.platform, actor, opslag, id)

    return call


def _hook(call: Callable[..., object], *, made: bool) -> Maker:
    def make(bench: Bench, _: Publicatiestatus) -> Call:
        def do(actor: Actor, *given: str, **named: Any) -> Any:
            with open_volgers(bench.desk.settings) as opslag:
                return call(bench.platform, actor, opslag, *given, **named)

        if not made:
            return do
        with open_volgers(bench.desk.settings) as opslag:
            id = webhooks.make_webhook(bench.platform, BEHEER, opslag, **WEBHOOK).id
        return lambda actor: do(actor, id)

    return make


def _reports(bench: Bench, _: Publicatiestatus) -> Call:
    def call(actor: Actor) -> object:
        with open_volgers(bench.desk.settings) as opslag:
            return meldingen.list_meldingen(bench.platform, actor, opslag)

    return call


def _account(call: Callable[[Toegang, Actor, str], object], *, closed: bool = False) -> Maker:
    def make(bench: Bench, _: Publicatiestatus) -> Call:
        id = bench.account()
        if closed:
            accounts.close_account(bench.toegang, BEHEER, id)
        return lambda actor: call(bench.toegang, actor, id)

    return make


def _new_account(bench: Bench, _: Publicatiestatus) -> Call:
    rollen = [Roltoekenning(Rol.LEZER, GEMEENTE)]
    email = f"b{bench.number()}@voorbeeld.nl"
    return lambda actor: accounts.make_account(bench.toegang, actor, naam="B", email=email, rollen=rollen)


def _add(p: Any, a: Actor, id: str, bestand: Bestand) -> object:
    return document.add_document(p, a, id, document.NieuwDocument("Bijlage", bestand))


GEGEVENS = publicatie_gegevens.Gegevens("Nieuw", (WOO_VERZOEKEN,), GEMEENTE)
OPSCHORTING = Opschorting(DAY, None, Opschortingsgrond.PRECISERING)
REGISTER: dict[str, Any] = {"kenmerk": "Z", "onderwerp": "x", "ontvangen_op": DAY, "organisatie": GEMEENTE}


def _suspended(p: Any, a: Actor, id: str) -> object:
    return verzoek.suspend(p, a, id, OPSCHORTING)


def _asked(p: Any, a: Actor, id: str) -> object:
    return verloop.ask_precision(p, a, id, op=DAY)


def _late(p: Any, a: Actor, id: str) -> object:
    return verloop.note_late(p, a, id, op=DAY)


CALLS: Mapping[str, Maker] = {
    "woo.usecases.afhalen.find_bestand": _document(afhalen.find_bestand),
    "publisher.keys.create_key": _nothing(
        lambda p, a: keys.create_key(p, a, "x", dagen=1, organisaties=ORGANISATIES)
    ),
    "publisher.keys.list_keys": _nothing(keys.list_keys),
    "publisher.keys.revoke_key": _key,
    "woo.usecases.aandacht.intake": _nothing(aandacht.intake),
    "woo.usecases.aandacht.stalled": _nothing(aandacht.stalled),
    "woo.usecases.categorievelden.fill_fields": _publicatie(
        lambda p, a, id: categorievelden.fill_fields(p, a, id, {})
    ),
    "woo.usecases.controle.controleren.check_publication": _publicatie(check_publication),
    "woo.usecases.inventarisblad.left_over": _publicatie(inventarisblad.left_over),
    "woo.usecases.inventarisblad.read_inventaris": _publicatie(inventarisblad.read_inventaris),
    "woo.usecases.inventarisvoorstel.check_room": _publicatie(inventarisvoorstel.check_room),
    "woo.usecases.inventarisblad.regels_of": _publicatie(inventarisblad.regels_of),
    "woo.usecases.inventarisregel.link_again": _publicatie(inventarisregel.link_again),
    "woo.usecases.jaarcijfers.count_years": _nothing(jaarcijfers.count_years),
    "woo.usecases.opschorting.suspend_document": _document(
        lambda p, a, id: opschorting.suspend_document(p, a, id, tot=date(2026, 6, 1))
    ),
    "woo.usecases.planning.plans_of": _nothing(lambda p, a: planning.plans_of(p, a, since=p.now())),
    "woo.usecases.reeks.publish_many": _nothing(lambda p, a: reeks.publish_many(p, a, [])),
    "woo.usecases.stukken.read_stukken": _party(stukken.read_stukken),
    "woo.usecases.termijnen.genoteerde_feiten": _verzoek(termijnen.genoteerde_feiten),
    "woo.usecases.termijnen.open_termijnen": _nothing(termijnen.open_termijnen),
    "woo.usecases.termijnen.termijndossier": _verzoek(termijnen.termijndossier),
    "woo.usecases.termijnen.termijnen_van": _verzoek(termijnen.termijnen_van),
    "woo.usecases.besluit.change_besluit": _besluit(
        lambda p, a, id: besluit.change_besluit(p, a, id, {"ondertekenaar": "de burgemeester"})
    ),
    "woo.usecases.besluit.make_publicatie": _make_publicatie,
    "woo.usecases.betrokkenen.add_belanghebbende": _people(
        lambda p, a, id: betrokkenen.add_belanghebbende(p, a, id, {"naam": "Bedrijf"})
    ),
    "woo.usecases.betrokkenen.change_belanghebbende": _party(
        lambda p, a, id: betrokkenen.change_belanghebbende(p, a, id, {"naam": "Ander"})
    ),
    "woo.usecases.betrokkenen.erase_belanghebbende": _party(betrokkenen.erase_belanghebbende),
    "woo.usecases.betrokkenen.erase_verzoeker": _people(betrokkenen.erase_verzoeker),
    "woo.usecases.betrokkenen.read_betrokkenen": _people(betrokkenen.read_betrokkenen),
    "woo.usecases.betrokkenen.set_verzoeker": _people(
        lambda p, a, id: betrokkenen.set_verzoeker(p, a, id, {"naam": "Ander"})
    ),
    "woo.usecases.contactpersoon.set_contact_of_organisatie": _nothing(
        lambda p, a: contactpersoon.set_contact_of_organisatie(p, a, GEMEENTE, CONTACT)
    ),
    "woo.usecases.contactpersoon.set_contact_of_publicatie": _publicatie(
        lambda p, a, id: contactpersoon.set_contact_of_publicatie(p, a, id, CONTACT)
    ),
    "woo.usecases.document.add_document": _filed(_add, in_publicatie=True),
    "woo.usecases.document.change_document": _document(
        lambda p, a, id: document.change_document(p, a, id, {"kenmerk": "Z-2"})
    ),
    "woo.usecases.document.check_replaceable": _document(document.check_replaceable),
    "woo.usecases.document.check_room": _publicatie(document.check_room),
    "woo.usecases.document.replace_bestand": _filed(document.replace_bestand, in_publicatie=False),
    "woo.usecases.document_gegevens.accept_voorstel": _voorstel,
    "woo.usecases.document_gegevens.change_many": _many,
    "woo.usecases.document_gegevens.change_seen": _document(
        lambda p, a, id: document_gegevens.change_seen(p, a, id, {"kenmerk": "Z-2"})
    ),
    "woo.usecases.herlezen.reread": _nothing(lambda p, a: herlezen.reread(p, a, [], None)),
    "woo.usecases.intrekking.withdraw": _document(
        lambda p, a, id: intrekking.withdraw(p, a, id, reden=REDEN)
    ),
    "woo.usecases.intrekking.withdraw_document": _document(
        lambda p, a, id: intrekking.withdraw_document(p, a, id, reden=REDEN)
    ),
    "woo.usecases.intrekking.withdraw_publicatie": _publicatie(
        lambda p, a, id: intrekking.withdraw_publicatie(p, a, id, reden=REDEN)
    ),
    "woo.usecases.inventaris.import_inventaris": _import,
    "woo.usecases.inventaris.propose_inventaris": _publicatie(
        lambda p, a, id: inventaris.propose_inventaris(p, a, id, EMPTY)
    ),
    "woo.usecases.inzage.history_of_document": _document(inzage.history_of_document),
    "woo.usecases.inzage.history_of_publicatie": _publicatie(inzage.history_of_publicatie),
    "woo.usecases.inventarisoverzicht.list_inventarissen": _nothing(inventarisoverzicht.list_inventarissen),
    "woo.usecases.inzage.latest_publicaties": _nothing(
        lambda p, a: inzage.latest_publicaties(p, a, Zoekvraag())
    ),
    "woo.usecases.inzage.list_documents": _publicatie(inzage.list_documents),
    "woo.usecases.inzage.list_publicaties": _nothing(lambda p, a: inzage.list_publicaties(p, a, Zoekvraag())),
    "woo.usecases.inzage.read_document": _document(inzage.read_document),
    "woo.usecases.inzage.read_publicatie": _publicatie(inzage.read_publicatie),
    "woo.usecases.inzage.read_status": _nothing(inzage.read_status),
    "woo.usecases.waardelijsten.compare_waardelijsten": _nothing(
        lambda p, a: waardelijsten.compare_waardelijsten(p, a, HANDELINGEN)
    ),
    "woo.usecases.waardelijsten.update_waardelijsten": _nothing(
        lambda p, a: waardelijsten.update_waardelijsten(p, a, [])
    ),
    "woo.usecases.logboek.check_chain": _nothing(logboek.check_chain),
    "woo.usecases.logboek.export_log": _nothing(
        lambda p, a: logboek.export_log(p, a, Logvraag(), vorm="csv")
    ),
    "woo.usecases.logboek.last_check": _nothing(logboek.last_check),
    "woo.usecases.logboek.search_log": _nothing(lambda p, a: logboek.search_log(p, a, Logvraag())),
    "woo.usecases.tekstzoeken.search_concepts": _nothing(
        lambda p, a: tekstzoeken.search_concepts(p, a, "rondweg")
    ),
    "woo.usecases.webhooks.list_webhooks": _hook(webhooks.list_webhooks, made=False),
    "woo.usecases.webhooks.make_webhook": _hook(partial(webhooks.make_webhook, **WEBHOOK), made=False),
    "woo.usecases.webhooks.remove_webhook": _hook(webhooks.remove_webhook, made=True),
    "woo.usecases.webhooks.resume_webhook": _hook(webhooks.resume_webhook, made=True),
    "woo.usecases.meldingen.finish_melding": _finish,
    "woo.usecases.meldingen.list_meldingen": _reports,
    "woo.usecases.opnieuw.retry": _nothing(lambda p, a: opnieuw.retry(p, a, None)),
    "woo.usecases.procedure.decide_procedure": _decide,
    "woo.usecases.procedure.register_procedure": _besluit(
        lambda p, a, id: procedure.register_procedure(p, a, id, soort=Proceduresoort.BEZWAAR, datum=DAY)
    ),
    "woo.usecases.publicatie.change_publicatie": _publicatie(
        lambda p, a, id: publicatie.change_publicatie(p, a, id, kenmerk="Z-2")
    ),
    "woo.usecases.publicatie.create_publicatie": lambda bench, _: (
        lambda actor: publicatie.create_publicatie(bench.platform, actor, bench.nieuw())
    ),
    "woo.usecases.publicatie.publish": _publicatie(publicatie.publish),
    "woo.usecases.publicatie_gegevens.rewrite_publicatie": _publicatie(
        lambda p, a, id: publicatie_gegevens.rewrite_publicatie(p, a, id, GEGEVENS)
    ),
    "woo.usecases.relaties.relate": _relate,
    "woo.usecases.relaties.unrelate": _unrelate,
    "woo.usecases.toegang.accounts.change_roles": _account(
        lambda t, a, id: accounts.change_roles(t, a, id, rollen=[Roltoekenning(Rol.REDACTEUR, GEMEENTE)])
    ),
    "woo.usecases.toegang.accounts.close_account": _account(accounts.close_account),
    "woo.usecases.toegang.accounts.erase_account": _account(accounts.erase_account, closed=True),
    "woo.usecases.toegang.accounts.list_accounts": lambda bench, _: (
        lambda actor: accounts.list_accounts(bench.toegang, actor)
    ),
    "woo.usecases.toegang.accounts.make_account": _new_account,
    "woo.usecases.toegang.accounts.make_link": _account(accounts.make_link),
    "woo.usecases.toegang.accounts.read_account": _account(accounts.read_account),
    "woo.usecases.toegang.accounts.reset_second_step": _account(accounts.reset_second_step),
    "woo.usecases.toegang.heropenen.reopen_account": _account(reopen_account, closed=True),
    "woo.usecases.verloop.ask_precision": _verzoek(_asked),
    "woo.usecases.verloop.note_late": _verzoek(_late),
    "woo.usecases.verloop.note_precision": _verzoek(
        lambda p, a, id: verloop.note_precision(p, a, id, op=DAY), _asked
    ),
    "woo.usecases.verloop.send_on": _verzoek(
        lambda p, a, id: verloop.send_on(p, a, id, Doorzending("gm0363", DAY))
    ),
    "woo.usecases.verloop.strike_out": _verzoek(
        lambda p, a, id: verloop.strike_out(p, a, id, Verzoekfeit.INGEBREKESTELLING), _late
    ),
    "woo.usecases.verloop.take_back": _verzoek(lambda p, a, id: verloop.take_back(p, a, id, op=DAY)),
    "woo.usecases.verzoek.change_verzoek": _verzoek(
        lambda p, a, id: verzoek.change_verzoek(p, a, id, {"onderwerp": "y"})
    ),
    "woo.usecases.verzoek.put_off": _verzoek(lambda p, a, id: verzoek.put_off(p, a, id, op=DAY)),
    "woo.usecases.verzoek.register_besluit": _register_besluit,
    "woo.usecases.verzoek.register_verzoek": _nothing(
        lambda p, a: verzoek.register_verzoek(p, a, **REGISTER)
    ),
    "woo.usecases.verzoek.resume": _verzoek(lambda p, a, id: verzoek.resume(p, a, id, op=LATER), _suspended),
    "woo.usecases.verzoek.show_besluit_in": _show_in,
    "woo.usecases.verzoek.suspend": _verzoek(_suspended),
    "woo.usecases.verzoekinzage.list_verzoeken": _nothing(verzoekinzage.list_verzoeken),
    "woo.usecases.verzoekinzage.read_besluit": _besluit(verzoekinzage.read_besluit),
    "woo.usecases.verzoekinzage.read_verzoek": _verzoek(verzoekinzage.read_verzoek),
    "woo.usecases.volgorde.move": _move,
    "woo.usecases.volgorde.set_order": _order,
}
"""Every use case by module and name, with what makes a call of it."""

WALKED_ELSEWHERE = {
    *(f"woo.usecases.agenda.{name}_agendasleutel" for name in ("create", "revoke")),
    "woo.usecases.agenda.list_agendasleutels",
    *(f"woo.usecases.termijnabonnement.{name}_digest" for name in ("my", "set")),
    *(f"woo.usecases.categorievelden.{name}_announcement" for name in ("drop", "make")),
    *(f"woo.usecases.inventarisblad.{name}" for name in ("find_sleutel", "history_of", "regel_of")),
    *(
        f"woo.usecases.inventarisregel.{name}"
        for name in (
            "add_regel",
            "change_regel",
            "find_changeable",
            "link_document",
            "move_regel",
            "remove_regel",
        )
    ),
    *(
        f"woo.usecases.inventarisvoorstel.{name}"
        for name in ("apply_voorstel", "discard_voorstel", "propose", "read_voorstel")
    ),
    "woo.usecases.opschorting.release_document",
    *(f"woo.usecases.planning.{name}" for name in ("cancel_plan", "plan_publication")),
    "woo.usecases.stukken.answer_stukken",
    *(f"woo.usecases.termijnen.{name}_feit" for name in ("note", "remove")),
    *(f"woo.usecases.verzoekerslink.{name}" for name in ("create_inzage", "inzages_of", "revoke_inzage")),
    "woo.usecases.voorbeeld_lezen.open_example",
}
"""Use cases that need more than an object in a state; the tests of their own parts try them with other roles."""
