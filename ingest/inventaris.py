"""What `woo import inventaris` does: read the sheet in the sandbox, show the differences, ask, and take them over."""

import hashlib
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from ingest.setup import open_sandbox
from woo.cli.publicaties import operator
from woo.domain.errors import InvalidValue
from woo.inventaris.bestand import read_bestand
from woo.inventaris.lezen import Inventaris, Leeswijze
from woo.inventaris.verslag import tell_difference, tell_sheet
from woo.settings import Settings
from woo.usecases.inventaris import (
    Voorstel,
    import_inventaris,
    new_publicatie_of,
    propose_inventaris,
)
from woo.usecases.platform import Platform, open_platform
from woo.usecases.publicatie import NieuwePublicatie

Tell = Callable[[str], None]


class Bevestiging(Enum):
    """Who says that it is right: nobody (only look), the one who gave the command, or who is asked."""

    NIET = "niet"
    JA = "ja"
    VRAAG = "vraag"


def bring_in(
    settings: Settings,
    file: Path,
    doel: str | NieuwePublicatie,
    wijze: Leeswijze,
    bevestiging: Bevestiging,
    *,
    tell: Tell,
    ask: Callable[[str], bool],
) -> bool:
    """Import an inventory as far as it is confirmed, and tell everything; whether nothing stood in the way.

    Raises:
        InvalidValue, SandboxError: the file cannot be read as an inventory.
        NotFound, Refused, NotAllowed: see woo.usecases.inventaris.
    """
    with open_platform(settings) as platform:
        lijst, sha256 = _read(platform, settings, file, wijze)
        for line in tell_sheet(lijst):
            tell(line)
        if lijst.fouten:
            tell("")
            tell("Er is niets overgenomen: verbeter eerst de fouten in de lijst.")
            return False
        actor = operator()
        goal = new_publicatie_of(doel, sha256) if isinstance(doel, NieuwePublicatie) else doel
        voorstel = propose_inventaris(platform, actor, goal, lijst)
        _tell(voorstel, tell)
        if voorstel.verschil.geblokkeerd:
            tell("")
            tell("Er is niets overgenomen: trek eerst de geblokkeerde documenten in.")
            return False
        if bevestiging is Bevestiging.NIET or (voorstel.verschil.is_leeg and not voorstel.is_nieuw):
            tell("")
            tell("Er is niets veranderd.")
            return True
        if bevestiging is Bevestiging.VRAAG and not ask("Dit overnemen?"):
            tell("Er is niets veranderd.")
            return True
        import_inventaris(platform, actor, lijst, voorstel, sha256=sha256)
        tell("")
        tell(f"{voorstel.publicatie.id} inventaris overgenomen: {len(voorstel.verschil.regels)} regels")
    return True


def _read(platform: Platform, settings: Settings, file: Path, wijze: Leeswijze) -> tuple[Inventaris, str]:
    if file.stat().st_size > settings.limits.file_bytes:
        raise InvalidValue("file", str(file), "it is larger than limits.file_bytes")
    vandaag = platform.now().date()
    with open_sandbox(settings, processes=1) as sandbox:
        lijst = read_bestand(sandbox, platform.lijsten, file, wijze=wijze, vandaag=vandaag)
    with file.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return lijst, sha256


def _tell(voorstel: Voorstel, tell: Tell) -> None:
    publicatie = voorstel.publicatie
    tell("")
    state = "wordt gemaakt als concept" if voorstel.is_nieuw else publicatie.status.value
    tell(f"Publicatie {publicatie.id} “{publicatie.officiele_titel}” ({state})")
    for line in tell_difference(voorstel.verschil, voorstel.titels):
        tell(line)
