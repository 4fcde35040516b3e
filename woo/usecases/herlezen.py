"""Have files read again that an older reader read; what it gave stays public until the new reading is there."""

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import partial

from woo.domain.actor import Actor
from woo.domain.errors import InvalidValue
from woo.domain.events import Actie, Gebeurtenis, Jobsoort, Jobwens, Prioriteit
from woo.domain.formaat import BY_MIME, FORMATEN, Soort
from woo.registry import Reading, Transaction
from woo.sandbox.ocr import OCR_VERSION
from woo.sandbox.versions import is_older, names_in, parts_of, versions_now
from woo.usecases.handeling import usecase
from woo.usecases.platform import Platform
from woo.usecases.rechten import Handeling

_CHUNK = 500


@usecase(Handeling.OPNIEUW_LEZEN, "balie")
def reread(platform: Platform, actor: Actor, kinds: Sequence[str], older_than: str | None) -> int:
    """Ask that every file of these kinds be read again (all kinds without), or only those that an older version read.

    Files that could not be read count too. What was withdrawn is left out, and what is waiting to be read already. Safe to
    repeat, and to break off half way. Returns how many documents will be read again.

    Raises:
        InvalidValue: There is no such kind, or `older_than` is no version of a reader of these kinds.
        NotAllowed: This actor may not change documents.
    """
    registry = platform.registry
    with registry.read() as reading:
        mimes = _mimes(reading, kinds, older_than)
        known = reading.extractors(mimes)
    chosen = [version for version in known if older_than is None or is_older(version, older_than)]
    count, after = 0, None
    while chosen:
        ids = registry.run(partial(_want, mimes, chosen, after, platform.now()))
        count += len(ids)
        if len(ids) < _CHUNK:
            break
        after = ids[-1]
    details = {"soorten": sorted(kinds), "documenten": count}
    line = Gebeurtenis(Actie.OPNIEUW_GELEZEN, "balie", "herlezen", actor, platform.now(), details=details)
    registry.run(lambda tx: tx.record(line))
    return count


def _want(
    mimes: Sequence[str], versions: Sequence[str | None], after: str | None, now: datetime, tx: Transaction
) -> list[str]:
    ids = tx.read_by(mimes, versions, after=after, limit=_CHUNK)
    tx.want_many([Jobwens(Jobsoort.EXTRACT, id, Prioriteit.BULK) for id in ids], now)
    return ids


def _mimes(reading: Reading, kinds: Sequence[str], older_than: str | None) -> list[str]:
    """The types of file that are meant; without kinds those that were ever read by what this version names."""
    now = versions_now()
    for kind in kinds:
        if kind not in now:
            near = get_close_matches(kind, now) or sorted(now)
            raise InvalidValue("kind", kind, "no reader reads this kind of file", accepted=sorted(near))
    mimes = {formaat.naam: formaat.mime for formaat in FORMATEN if formaat.naam in (kinds or now)}
    if older_than is None:
        return list(mimes.values())
    names = parts_of(older_than).keys()
    readers = {
        kind: {now[kind], *_recognition(mime), *filter(None, reading.extractors([mime]))}
        for kind, mime in mimes.items()
    }
    meant = [kind for kind, known in readers.items() if any(names & names_in(one) for one in known)]
    strange = [kind for kind in readers if kind not in meant] if kinds or not meant else []
    if strange:
        why = f"it is no version of what reads {', '.join(strange)}"
        known_ones = sorted(set().union(*(readers[kind] for kind in strange)))
        raise InvalidValue("version", older_than, why, accepted=known_ones)
    return [mimes[kind] for kind in meant]


def _recognition(mime: str) -> tuple[str, ...]:
    """The version of text recognition, for kinds whose pages may be pictures."""
    return (OCR_VERSION,) if BY_MIME[mime].soort in (Soort.PDF, Soort.BEELD) else ()
