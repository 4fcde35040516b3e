"""Load the fictional municipality into an installation, through the same use cases that people use."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from ingest.demo.inventaris import load_regels
from ingest.demo.make import PUBLISHER, make_demo
from ingest.demo.model import DemoDocument, DemoPublicatie
from ingest.demo.verzoek import load_procedures, load_verzoek
from woo.domain.actor import Actor, Rol
from woo.domain.contactpersoon import Contactpersoon
from woo.domain.document import Bestand
from woo.usecases.categorievelden import fill_fields
from woo.usecases.contactpersoon import set_contact_of_organisatie
from woo.usecases.document import NieuwDocument, add_document
from woo.usecases.platform import Platform
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish

ACTOR = Actor("demo", Rol.BEHEERDER, "woo demo")
CONTACT = Contactpersoon("De Woo-contactpersoon", "woo@zuiderveld.example", "0800 00 00 000")
_KEY_NAME = "demo"
_MORNING = time(9, 0, tzinfo=UTC)


def load_demo(platform: Platform, files: Path) -> int:
    """Write the PDFs below `files` and register what is not there yet; returns how many publicaties were added."""
    set_contact_of_organisatie(platform, ACTOR, PUBLISHER, CONTACT)
    added = 0
    for demo in make_demo(files):
        with platform.registry.read() as reading:
            known = reading.publicatie_by_bron(_bron(demo))
        if known is None:
            _load(platform, demo)
            added += 1
    return added


def _bron(demo: DemoPublicatie) -> str:
    return f"demo:{demo.kenmerk}"


def _load(platform: Platform, demo: DemoPublicatie) -> None:
    """Register one publicatie at the moment its story says, so that dates and order look like a real site's."""
    moment = datetime.combine(demo.publicatiedatum, _MORNING)
    then = replace(platform, now=lambda: moment)
    publicatie = create_publicatie(
        then,
        ACTOR,
        NieuwePublicatie(
            PUBLISHER,
            demo.officiele_titel,
            (demo.informatiecategorie,),
            omschrijving=demo.omschrijving,
            kenmerk=demo.kenmerk,
            bron=_bron(demo),
            themas=demo.themas,
        ),
    )
    for document in demo.documenten:
        add_document(then, ACTOR, publicatie.id, _document(platform, document))
    if demo.velden:
        fill_fields(then, ACTOR, publicatie.id, demo.velden)
    if demo.regels:
        load_regels(then, ACTOR, publicatie.id, demo.regels)
    besluit = None
    if demo.verzoek is not None:
        besluit = load_verzoek(
            then,
            ACTOR,
            demo.verzoek,
            publicatie.id,
            kenmerk=demo.kenmerk,
            besloten=demo.besluitdatum,
            organisatie=PUBLISHER,
        )
    if demo.status == "gepubliceerd":
        publish(then, ACTOR, publicatie.id)
    if demo.verzoek is not None and besluit is not None:
        load_procedures(platform, ACTOR, demo.verzoek.procedures, besluit)


def _document(platform: Platform, demo: DemoDocument) -> NieuwDocument:
    stored = platform.archive.put(demo.pdf)
    return NieuwDocument(
        officiele_titel=demo.officiele_titel,
        bestand=Bestand(stored.digest, demo.bestandsnaam, "application/pdf", stored.grootte),
        documentsoort=demo.documentsoort,
        kenmerk=demo.nummer,
        creatiedatum=demo.creatiedatum,
        rol=demo.rol,
        herkomst=dict.fromkeys(("officiele_titel", "documentsoort", "creatiedatum"), "demo"),
    )


def demo_key(platform: Platform) -> str:
    """A fresh API key for the desk, good for a day; keys of earlier demos are revoked."""
    now, keys = platform.now(), platform.registry.keys
    for key in keys.list():
        if key.naam == _KEY_NAME:
            keys.revoke(key.id, now=now)
    _, secret = keys.create(_KEY_NAME, Rol.BEHEERDER, now=now, vervalt_op=now + timedelta(days=1))
    return secret
