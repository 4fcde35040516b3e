"""Between the objects of the domain and rows of the registry, both ways."""

import zlib
from typing import Any

from sqlalchemy.engine import Row

from woo.domain.document import (
    Bericht,
    Bestand,
    Bestemming,
    Document,
    Documentrol,
    Leesstatus,
    Lezing,
    Pagina,
    Relatie,
    Relatiesoort,
    Voorstel,
)
from woo.domain.publicatie import Intrekking, Publicatie, Publicatiestatus
from woo.registry.records import Bestandsversie, Item, Shown, Soort

Values = dict[str, Any]


def publicatie_values(publicatie: Publicatie) -> Values:
    return {
        "id": publicatie.id,
        "publisher": publicatie.publisher,
        "officiele_titel": publicatie.officiele_titel,
        "informatiecategorieen": list(publicatie.informatiecategorieen),
        "aangemaakt_op": publicatie.aangemaakt_op,
        "gewijzigd_op": publicatie.gewijzigd_op,
        "status": publicatie.status.value,
        "verkorte_titel": publicatie.verkorte_titel,
        "omschrijving": publicatie.omschrijving,
        "kenmerk": publicatie.kenmerk,
        "eerste_publicatie": publicatie.eerste_publicatie,
        "bron": publicatie.bron,
        "themas": list(publicatie.themas),
        **_intrekking_values(publicatie.intrekking),
    }


def to_publicatie(row: Row[Any]) -> Publicatie:
    return Publicatie(
        id=row.id,
        publisher=row.publisher,
        officiele_titel=row.officiele_titel,
        informatiecategorieen=tuple(row.informatiecategorieen),
        aangemaakt_op=row.aangemaakt_op,
        gewijzigd_op=row.gewijzigd_op,
        status=Publicatiestatus(row.status),
        verkorte_titel=row.verkorte_titel,
        omschrijving=row.omschrijving,
        kenmerk=row.kenmerk,
        eerste_publicatie=row.eerste_publicatie,
        intrekking=_to_intrekking(row),
        bron=row.bron,
        themas=tuple(row.themas),
    )


def document_values(document: Document) -> Values:
    bestand, lezing = document.bestand, document.lezing
    return {
        "id": document.id,
        "publicatie_id": document.publicatie_id,
        "volgnummer": document.volgnummer,
        "officiele_titel": document.officiele_titel,
        "aangemaakt_op": document.aangemaakt_op,
        "gewijzigd_op": document.gewijzigd_op,
        "bestand_digest": bestand.digest if bestand else None,
        "bestand_naam": bestand.naam if bestand else None,
        "bestand_mime": bestand.mime if bestand else None,
        "bestand_grootte": bestand.grootte if bestand else None,
        "versie": document.versie,
        "omschrijving": document.omschrijving,
        "kenmerk": document.kenmerk,
        "documentsoort": document.documentsoort,
        "creatiedatum": document.creatiedatum,
        "taal": document.taal,
        "leesstatus": lezing.status.value,
        "lees_reden": lezing.reden,
        "paginas": lezing.paginas,
        "onleesbaar": lezing.onleesbaar,
        "tekstbron": lezing.tekstbron,
        "extractor": lezing.extractor,
        "seconden": lezing.seconden,
        "waarschuwingen": list(lezing.waarschuwingen),
        "herkomst": dict(document.herkomst),
        "onzeker": lezing.onzeker,
        "opgeschort_tot": document.opgeschort_tot,
        "vrijgegeven_op": document.vrijgegeven_op,
        "voorstellen": [[v.veld, v.waarde, v.zekerheid, v.bron, v.pagina] for v in document.voorstellen],
        "bestemming": document.bestemming.value,
        "rol": None if document.rol is None else document.rol.value,
        **_weergave_values(document.weergave),
        **_bericht_values(document.bericht),
        **_intrekking_values(document.intrekking),
    }


def to_document(row: Row[Any]) -> Document:
    return Document(
        id=row.id,
        publicatie_id=row.publicatie_id,
        volgnummer=row.volgnummer,
        officiele_titel=row.officiele_titel,
        aangemaakt_op=row.aangemaakt_op,
        gewijzigd_op=row.gewijzigd_op,
        bestand=_to_bestand(row),
        versie=row.versie,
        omschrijving=row.omschrijving,
        kenmerk=row.kenmerk,
        documentsoort=row.documentsoort,
        creatiedatum=row.creatiedatum,
        taal=row.taal,
        lezing=_to_lezing(row),
        intrekking=_to_intrekking(row),
        herkomst=row.herkomst,
        weergave=_to_weergave(row),
        voorstellen=tuple(Voorstel(*values) for values in row.voorstellen),
        bericht=_to_bericht(row),
        opgeschort_tot=row.opgeschort_tot,
        vrijgegeven_op=row.vrijgegeven_op,
        bestemming=Bestemming(row.bestemming),
        rol=None if row.rol is None else Documentrol(row.rol),
    )


def versie_values(document_id: str, versie: Bestandsversie) -> Values:
    bestand = versie.bestand
    return {
        "document_id": document_id,
        "versie": versie.versie,
        "digest": bestand.digest,
        "naam": bestand.naam,
        "mime": bestand.mime,
        "grootte": bestand.grootte,
        "vanaf": versie.vanaf,
        "reden": versie.reden,
    }


def to_versie(row: Row[Any]) -> Bestandsversie:
    return Bestandsversie(
        row.versie, Bestand(row.digest, row.naam, row.mime, row.grootte), row.vanaf, row.reden
    )


def pagina_values(document_id: str, pagina: Pagina) -> Values:
    return {
        "document_id": document_id,
        "nummer": pagina.nummer,
        "tekst": pagina.tekst,
        "tekstbron": pagina.tekstbron,
        "leesbaar": pagina.leesbaar,
        "zekerheid": pagina.zekerheid,
        "fout": pagina.fout,
        "label": pagina.label,
        "woorden": zlib.compress(pagina.woorden, 6) if pagina.woorden else None,
    }


def to_pagina(row: Row[Any]) -> Pagina:
    return Pagina(
        row.nummer,
        row.tekst,
        row.tekstbron,
        row.leesbaar,
        row.zekerheid,
        row.fout,
        row.label,
        zlib.decompress(row.woorden) if row.woorden else b"",
    )


def relatie_values(relatie: Relatie) -> Values:
    return {
        "van_id": relatie.van,
        "soort": relatie.soort.value,
        "naar_id": relatie.naar,
        "gelijkenis": relatie.gelijkenis,
        "met_de_hand": relatie.met_de_hand,
    }


def to_relatie(row: Row[Any]) -> Relatie:
    return Relatie(
        row.van_id, Relatiesoort(row.soort), row.naar_id, row.gelijkenis, met_de_hand=row.met_de_hand
    )


def item_values(item: Item) -> Values:
    return {
        "sleutel": item.sleutel,
        "pad": item.pad,
        "gezien_op": item.gezien_op,
        "publicatie_id": item.publicatie_id,
        "document_id": item.document_id,
        "sha256": item.sha256,
        "grootte": item.grootte,
        "mtime_ns": item.mtime_ns,
        "staat": item.staat,
        "reden": item.reden,
        "seconden": item.seconden,
    }


def to_item(row: Row[Any]) -> Item:
    return Item(
        sleutel=row.sleutel,
        pad=row.pad,
        gezien_op=row.gezien_op,
        publicatie_id=row.publicatie_id,
        document_id=row.document_id,
        sha256=row.sha256,
        grootte=row.grootte,
        mtime_ns=row.mtime_ns,
        staat=row.staat,
        reden=row.reden,
        seconden=row.seconden,
    )


def to_shown(soort: Soort, row: Row[Any]) -> Shown:
    return Shown(soort, row.id, row.paginas, row.vingerafdruk, row.op)


def _intrekking_values(intrekking: Intrekking | None) -> Values:
    return {
        "ingetrokken_op": intrekking.op if intrekking else None,
        "intrekking_reden": intrekking.reden if intrekking else None,
    }


def _to_intrekking(row: Row[Any]) -> Intrekking | None:
    return None if row.ingetrokken_op is None else Intrekking(row.ingetrokken_op, row.intrekking_reden)


def _to_bestand(row: Row[Any]) -> Bestand | None:
    if row.bestand_digest is None:
        return None
    return Bestand(row.bestand_digest, row.bestand_naam, row.bestand_mime, row.bestand_grootte)


def _weergave_values(weergave: Bestand | None) -> Values:
    return {
        "weergave_digest": weergave.digest if weergave else None,
        "weergave_naam": weergave.naam if weergave else None,
        "weergave_grootte": weergave.grootte if weergave else None,
    }


def _to_weergave(row: Row[Any]) -> Bestand | None:
    if row.weergave_digest is None:
        return None
    return Bestand(row.weergave_digest, row.weergave_naam, "application/pdf", row.weergave_grootte)


def _bericht_values(bericht: Bericht | None) -> Values:
    return {
        "bericht_id": bericht.id if bericht else None,
        "bericht_antwoord_op": bericht.antwoord_op if bericht else None,
        "bericht_draad": bericht.draad if bericht else None,
    }


def _to_bericht(row: Row[Any]) -> Bericht | None:
    values = (row.bericht_id, row.bericht_antwoord_op, row.bericht_draad)
    return None if values == (None, None, None) else Bericht(*values)


def _to_lezing(row: Row[Any]) -> Lezing:
    return Lezing(
        status=Leesstatus(row.leesstatus),
        reden=row.lees_reden,
        paginas=row.paginas,
        onleesbaar=row.onleesbaar,
        tekstbron=row.tekstbron,
        extractor=row.extractor,
        seconden=row.seconden,
        waarschuwingen=tuple(row.waarschuwingen),
        onzeker=row.onzeker,
    )
