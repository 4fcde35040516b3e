"""Writes the PDFs of the fictional municipality and says what they are."""

from pathlib import Path

from ingest.demo.afwerking import finish, scanned
from ingest.demo.dossier import Dossier, Stuk, read_dossiers
from ingest.demo.huisstijl import STIJLEN
from ingest.demo.inventaris import demo_regels, numbers_of, rollen_of
from ingest.demo.model import DemoDocument, DemoPublicatie
from ingest.demo.vormen import draw
from woo.domain.document import Documentrol

PUBLISHER = "gm9999"
_DOSSIERS = Path(__file__).parent / "dossiers"


def make_demo(target: Path) -> tuple[DemoPublicatie, ...]:
    """Write the PDFs, one folder per publicatie below `target`, and return their descriptions.

    The bytes are the same every time; files that are there already are overwritten.

    Raises:
        DossierFout: a dossier is malformed; names file and document.
    """
    return tuple(_make(dossier, target / dossier.map) for dossier in read_dossiers(_DOSSIERS))


def _make(dossier: Dossier, folder: Path) -> DemoPublicatie:
    folder.mkdir(parents=True, exist_ok=True)
    regels = demo_regels(dossier.stukken)
    numbers, rollen = numbers_of(dossier.stukken, regels), rollen_of(dossier.stukken)
    return DemoPublicatie(
        officiele_titel=dossier.officiele_titel,
        omschrijving=dossier.omschrijving,
        informatiecategorie=dossier.informatiecategorie,
        kenmerk=dossier.kenmerk,
        besluitdatum=dossier.besluitdatum,
        publicatiedatum=dossier.publicatiedatum,
        status=dossier.status,
        documenten=tuple(
            _write(stuk, folder, numbers.get(stuk.bestand), rollen.get(stuk.bestand))
            for stuk in dossier.stukken
        ),
        regels=regels,
        verzoek=dossier.verzoek,
        velden=dossier.velden,
        themas=dossier.themas,
    )


def _write(stuk: Stuk, folder: Path, nummer: str | None, rol: Documentrol | None) -> DemoDocument:
    content = draw(stuk)
    if stuk.scan is not None:
        content = scanned(content, angle=stuk.scan, seed=stuk.bestand)
    auteur = STIJLEN[stuk.stijl].naam or "Onbekend"
    path = folder / stuk.bestand
    path.write_bytes(finish(content, titel=stuk.titel, auteur=auteur, datum=stuk.datum))
    return DemoDocument(stuk.bestand, stuk.titel, stuk.soort, stuk.datum, path, nummer, rol)
