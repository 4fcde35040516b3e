"""The versions of a document's file that were public, each with when it came and when another took its place."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from woo.domain.document import Bestand, Document, Leesstatus, Lezing
from woo.domain.events import Actie
from woo.domain.formaat import BY_MIME, WITH_RENDITION
from woo.domain.publicatie import Publicatie
from woo.projection.document import shown_since
from woo.projection.values import utc_text
from woo.registry import Bestandsversie, LoggedEvent, Reading

_BATCH = 1000


def published_versions(reading: Reading, document: Document, publicatie: Publicatie) -> list[dict[str, Any]]:
    """The published versions of a public document, the oldest first; the last is the present one.

    A version is published from the moment that it was read and its publicatie public. One that was replaced before that is not
    told. Of earlier versions only digest and size are told, and neither where the public got a rendition in its place.
    """
    since = shown_since(document, publicatie)
    present = document.openbaar_bestand
    public_file = None if present is None else (present.digest, present.grootte)
    if document.versie == 1:
        return [_facts(1, since, None, public_file)]
    read = _read_moments(reading, document.id)
    versions = reading.versions(document.id)
    told = []
    for one, following in pairwise(versions):
        shown = _first_shown(read, one.vanaf, following.vanaf, since)
        if shown is not None:
            told.append(_told(one, shown, following.vanaf, _public_file(one.bestand)))
    shown = _first_shown(read, versions[-1].vanaf, None, since)
    return [*told, _told(versions[-1], shown or max(since, versions[-1].vanaf), None, public_file)]


def _read_moments(reading: Reading, id: str) -> list[datetime]:
    """When a file of this document was read, wholly or in part."""
    events: list[LoggedEvent] = []
    while batch := reading.events(object_id=id, after=events[-1].volgnummer if events else 0, limit=_BATCH):
        events += batch
    return [each.tijd for each in events if each.actie is Actie.TEXT_EXTRACTED and _gelezen(each)]


def _gelezen(event: LoggedEvent) -> bool:
    return Lezing(Leesstatus(event.details["status"])).gelezen


def _first_shown(
    read: Sequence[datetime], van: datetime, tot: datetime | None, since: datetime
) -> datetime | None:
    """The first moment between these two at which the version was read and its publicatie public; None when it never was."""
    for moment in read:
        shown = max(moment, since)
        if moment >= van and (tot is None or shown < tot):
            return shown
    return None


def _public_file(bestand: Bestand) -> tuple[str, int] | None:
    formaat = BY_MIME.get(bestand.mime)
    rendered = formaat is not None and formaat.soort in WITH_RENDITION
    return None if rendered else (bestand.digest, bestand.grootte)


def _told(
    versie: Bestandsversie, vanaf: datetime, tot: datetime | None, bestand: tuple[str, int] | None
) -> dict[str, Any]:
    """With why it came, where that was said."""
    facts = _facts(versie.versie, vanaf, tot, bestand)
    return facts if versie.reden is None else facts | {"reden": versie.reden}


def _facts(
    versie: int, vanaf: datetime, tot: datetime | None, bestand: tuple[str, int] | None
) -> dict[str, Any]:
    sha256, grootte = bestand or (None, None)
    return {
        "versie": versie,
        "gepubliceerdOp": utc_text(vanaf),
        "vervangenOp": None if tot is None else utc_text(tot),
        "sha256": sha256,
        "grootte": grootte,
    }
