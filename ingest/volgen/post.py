"""Sends the mail that is due: who is asked to confirm, what is new for each follower, and reports of privacy problems."""

import json
from collections.abc import Callable
from datetime import timedelta

from ingest.post.postkantoor import AddressRefused, MailRefused, Postkantoor
from ingest.volgen.brieven import Brieven
from ingest.volgen.momenten import next_moment
from ingest.volgen.treffers import Treffer, Treffers
from woo.domain.errors import InvalidValue, Unavailable
from woo.domain.volgen import Frequentie
from woo.index.vraag import Vraag, vraag_of
from woo.logs import get_logger
from woo.settings import Settings
from woo.usecases.platform import Platform
from woo.volgers import Volger, Volgersopslag

MOST_REFUSALS = 5
"""Refusals of an address by its mail server, on different days, after which it is removed."""

_AFTER_REFUSAL = timedelta(days=1)
_AFTER_TROUBLE = timedelta(hours=1)
_log = get_logger(__name__)


class Post:
    """One round of mail; `goes_on` is asked before each, so that another worker can take over at once."""

    def __init__(
        self,
        platform: Platform,
        opslag: Volgersopslag,
        settings: Settings,
        *,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._platform = platform
        self._opslag = opslag
        self._settings = settings
        self._brieven = Brieven(settings, opslag.sleutels)
        self._goes_on = goes_on
        self._fresh: dict[tuple[int, int], list[Treffer]] = {}
        self._matches: dict[tuple[int, int, str], list[Treffer]] = {}

    def send(self, treffers: Callable[[], Treffers]) -> bool:
        """Send everything that is due; returns whether there was anything.

        `treffers` is called when the index is needed. Raises Unavailable when the mail server or the index cannot be reached:
        everything is tried again then.
        """
        with Postkantoor(self._settings.mail) as kantoor:
            did = self._ask(kantoor)
            return self._tell(kantoor, treffers) or did

    def tell_coordinator(self) -> bool:
        """Mail the coordinator of each report of a privacy problem; raises what `Postkantoor.send` raises."""
        to = self._settings.mail.coordinator
        waiting = [] if to is None else self._opslag.meldingen.to_mail()
        with Postkantoor(self._settings.mail) as kantoor:
            for melding in waiting:
                now = self._platform.now()
                kantoor.send(self._brieven.privacy(melding, str(to), now), str(to))
                self._opslag.meldingen.mailed(melding.id, now=now)
        return bool(waiting)

    def _ask(self, kantoor: Postkantoor) -> bool:
        own, did = self._settings.volgen, False
        for volger in self._opslag.volgers.to_ask(
            now=self._platform.now(), per_day=own.bevestigingen, per_hour=own.bevestigingen_uur
        ):
            if not self._goes_on():
                break
            now = self._platform.now()
            vraag = self._vraag(volger)
            self._opslag.volgers.asking(volger, now=now)
            try:
                kantoor.send(self._brieven.confirmation(volger, vraag, now), volger.adres)
                self._opslag.volgers.asked(volger, now=now)
            except AddressRefused:
                self._opslag.volgers.stop(volger.id)
            except MailRefused as error:
                _log.warning("mail_refused", volger=volger.id, why=str(error))
                self._opslag.volgers.not_asked(volger, again=now + _AFTER_TROUBLE)
            except Unavailable:
                self._opslag.volgers.not_asked(volger, again=now)
                raise
            did = True
        return did

    def _tell(self, kantoor: Postkantoor, treffers: Callable[[], Treffers]) -> bool:
        due = self._opslag.volgers.due(now=self._platform.now())
        if not due:
            return False
        index, last = treffers(), self._opslag.stroom.laatste()
        for volger in due:
            if not self._goes_on():
                break
            self._tell_one(
                kantoor, index, volger, last if volger.verzendt_tot is None else volger.verzendt_tot
            )
        return True

    def _tell_one(self, kantoor: Postkantoor, index: Treffers, volger: Volger, tot: int) -> None:
        """Send one follower what is new up to this event; killed on the way, the same mail is sent once more."""
        volgers, now = self._opslag.volgers, self._platform.now()
        volgende = next_moment(volger.frequentie, self._settings.volgen.uur, now)
        found = self._news(index, volger, tot)
        if not found:
            waits = volger.frequentie is not Frequentie.DIRECT
            volgers.told(volger.id, tot, volgende=volgende if waits else now)
            return
        volgers.sending(volger.id, tot)
        if not volgers.still_there(volger.id):
            return  # stopped a moment ago
        try:
            kantoor.send(self._brieven.digest(volger, self._vraag(volger), found, tot, now), volger.adres)
        except AddressRefused:
            self._refused(volger)
            return
        except MailRefused as error:
            _log.warning("mail_refused", volger=volger.id, why=str(error))
            volgers.later(volger.id, again=now + _AFTER_TROUBLE)
            return
        volgers.told(volger.id, tot, volgende=volgende)
        _log.info("mail_sent", volger=volger.id, objects=len(found))

    def _news(self, index: Treffers, volger: Volger, tot: int) -> list[Treffer]:
        """What was first shown since the last mail and matches; of a publicatie whose documents are named only those.

        Many follow from the same event on, and ask the same: what was found for one is used for the others.
        """
        since = (volger.gezien_tot, tot)
        if since not in self._fresh:
            self._fresh[since] = index.public(self._opslag.stroom.first_shown(*since))
        asked = (*since, json.dumps(volger.vraag, sort_keys=True))
        if asked not in self._matches:
            fresh = self._fresh[since]
            self._matches[asked] = index.matching(volger.vraag, fresh) if fresh else []
        found = [one for one in self._matches[asked] if index.look(one.soort, one.id) is not None]
        named = {one.publicatie_id for one in found if one.soort == "document"}
        return [one for one in found if one.soort == "document" or one.id not in named]

    def _refused(self, volger: Volger) -> None:
        """Count that the address was refused; after so many times it is removed."""
        if volger.geweigerd + 1 >= MOST_REFUSALS:
            self._opslag.volgers.stop(volger.id)
            _log.warning("volger_removed", volger=volger.id, why="its mail server refused it too often")
            return
        again = self._platform.now() + _AFTER_REFUSAL
        self._opslag.volgers.later(volger.id, again=again, geweigerd=volger.geweigerd + 1)
        _log.info("address_refused", volger=volger.id, times=volger.geweigerd + 1)

    @staticmethod
    def _vraag(volger: Volger) -> Vraag:
        try:
            return vraag_of(volger.vraag)
        except InvalidValue:  # a later version refuses it; the mail still says what it is about
            return Vraag(str(volger.vraag.get("zoek", "")), adres=str(volger.vraag.get("adres", "")))
