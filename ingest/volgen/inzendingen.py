"""Takes what visitors left in the inbox into the store of followers: sign-ups, confirmations, stops and reports; and sums of views."""

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from ingest.volgen.momenten import first_moment
from ingest.volgen.raadplegingen import counted_of
from woo.domain.errors import InvalidValue
from woo.domain.volgen import MAX_MELDING, Frequentie, Meldingsoort, checked_adres
from woo.index.vraag import vraag_of
from woo.logs import get_logger
from woo.settings import Settings
from woo.storage.port import Inbox, InboxEntry
from woo.usecases.platform import Platform
from woo.volgers import Aanmelding, Doel, Melding, Volgersopslag

_MOST = 200
_ID_LENGTH = 128
_ADRES_LENGTH = 2000
_log = get_logger(__name__)


class Inzendingen:
    """Deals with the kinds of entry that are about following; an entry is taken out only once what it says is kept."""

    def __init__(self, platform: Platform, opslag: Volgersopslag, inbox: Inbox, settings: Settings) -> None:
        self._platform = platform
        self._opslag = opslag
        self._inbox = inbox
        self._settings = settings
        self._kinds: Mapping[str, Callable[[InboxEntry], None]] = {
            "volgen": self._sign_up,
            "volgen-bevestig": self._confirm,
            "volgen-stop": self._stop,
            "melding": self._report,
            "raadplegingen": self._counted,
        }

    def take(self) -> bool:
        """Deal with what is there, the oldest first, some hundreds at most; returns whether there was anything."""
        entries = list(islice((e for e in self._inbox.entries() if e.soort in self._kinds), _MOST))
        for entry in entries:
            try:
                self._kinds[entry.soort](entry)
            except InvalidValue as error:
                # the site checks what it takes in, so this was put there by something else
                _log.warning("inbox_entry_refused", id=entry.id, field=error.field, why=error.why)
            self._inbox.remove(entry.id)
        return bool(entries)

    def _sign_up(self, entry: InboxEntry) -> None:
        told = entry.inhoud
        vraag = vraag_of(told.get("vraag"))
        if len(vraag.adres) > _ADRES_LENGTH:
            raise InvalidValue("vraag", "(withheld)", "its query string is too long")
        aanmelding = Aanmelding(
            adres=checked_adres(_text(told, "adres")),
            vraag=vraag.as_json(),
            frequentie=_one_of(Frequentie, told, "frequentie"),
            inzending=entry.id,
        )
        self._opslag.volgers.sign_up(aanmelding, now=self._platform.now())

    def _confirm(self, entry: InboxEntry) -> None:
        id = self._opslag.sleutels.id_of(Doel.BEVESTIG, _text(entry.inhoud, "sleutel"))
        now, uur = self._platform.now(), self._settings.volgen.uur
        moments = {one: first_moment(one, uur, now) for one in Frequentie}
        if id is None or not self._opslag.volgers.confirm(id, now=now, volgende=moments):
            _log.info("volgen_key_unknown", doel="bevestig")

    def _stop(self, entry: InboxEntry) -> None:
        id = self._opslag.sleutels.id_of(Doel.STOP, _text(entry.inhoud, "sleutel"))
        if id is None or not self._opslag.volgers.stop(id):
            _log.info("volgen_key_unknown", doel="stop")

    def _report(self, entry: InboxEntry) -> None:
        told = entry.inhoud
        soort = _one_of(Meldingsoort, told, "soort")
        melding = Melding(
            id=entry.id,
            op=entry.op,
            soort=soort,
            document_id=_text(told, "document", longest=_ID_LENGTH),
            pagina=_number(told, "pagina"),
            versie=_number(told, "versie"),
            tekst=_text(told, "tekst", longest=MAX_MELDING, may_be_empty=True),
            adres=_text(told, "email", may_be_empty=True) or None,
        )
        if self._opslag.meldingen.add(melding) and soort is Meldingsoort.PRIVACY:
            _log.warning("privacy_reported", melding=melding.id, document=melding.document_id)

    def _counted(self, entry: InboxEntry) -> None:
        """Add sums of views and downloads to the registry; a worker that is killed at this moment may add one twice."""
        dag, sums = counted_of(entry.inhoud)
        with self._platform.registry.transaction() as tx:
            tx.intrekkingen.count(dag, sums)


def _text(told: Mapping[str, Any], naam: str, *, longest: int = 300, may_be_empty: bool = False) -> str:
    value = told.get(naam)
    if value is None and may_be_empty:
        return ""
    if not isinstance(value, str) or len(value) > longest or not (value or may_be_empty):
        raise InvalidValue(naam, "(withheld)", f"a text of at most {longest} characters is accepted")
    return value.replace("\x00", "").encode("utf-8", "replace").decode()


def _number(told: Mapping[str, Any], naam: str) -> int | None:
    value = told.get(naam)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 10**7:
        raise InvalidValue(naam, "(withheld)", "a number from 1 is accepted")
    return value


def _one_of(kind: Any, told: Mapping[str, Any], naam: str) -> Any:
    try:
        return kind(told.get(naam))
    except ValueError:
        raise InvalidValue(naam, "(withheld)", "it is none of the kinds", accepted=list(kind)) from None
