"""Sends the digest of the legal terms to who is named in the settings or asked for it: once a day or a week, also with several workers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from ingest.post.postkantoor import AddressRefused, MailRefused, Postkantoor
from ingest.termijnen.brief import digest
from woo.domain.actor import Actor, Rol
from woo.domain.errors import Unavailable
from woo.logs import get_logger
from woo.settings import Settings
from woo.usecases.platform import Platform
from woo.usecases.termijnabonnement import subscribers
from woo.usecases.termijnoverzicht import Termijnoverzicht, overview

AGAIN = timedelta(minutes=15)
"""How long a digest that was begun and not marked as sent is left alone: its worker may be at it still, or was killed."""

_KEEP = timedelta(days=60)
_LOOK_EVERY = timedelta(minutes=1)
"""How often it is looked up who asked for the digest."""

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ontvanger:
    """Who gets the digest, how often, and as whom its terms are asked: what they may read stands in it."""

    adres: str
    hoe_vaak: Literal["dagelijks", "wekelijks"]
    actor: Actor

    @classmethod
    def named(
        cls, adres: str, hoe_vaak: Literal["dagelijks", "wekelijks"], organisatie: str | None
    ) -> "Ontvanger":
        """One of the settings: of which organisation is said there (None: of all)."""
        rollen = None if organisatie is None else {organisatie: Rol.LEZER}
        return cls(adres, hoe_vaak, Actor("termijnen", Rol.LEZER, "worker", rollen))

    def dag(self, today: date) -> date:
        """The day whose digest is the last one due: today, or the Monday of this week."""
        return today if self.hoe_vaak == "dagelijks" else today - timedelta(days=today.weekday())


class Termijnpost:
    """The digests of one installation; kept by a worker, so that it does not look again at what is done.

    Each is marked in the registry when the mail server has taken it. A worker that is killed between the two lets
    another send the same mail once more, with the same Message-ID.
    """

    def __init__(
        self, platform: Platform, settings: Settings, *, goes_on: Callable[[], bool] = lambda: True
    ) -> None:
        self._platform = platform
        self._settings = settings
        self._goes_on = goes_on
        self._named = [Ontvanger.named(*each) for each in settings.termijnen.ontvangers]
        self._subscribed: list[Ontvanger] = []
        self._look_again: datetime | None = None
        self._done: set[tuple[str, date]] = set()
        self._not_before: dict[str, datetime] = {}

    def send(self) -> bool:
        """Send every digest that is due; returns whether there was one.

        Raises Unavailable when the mail server cannot be reached: everything is tried again then.
        """
        now = self._platform.now()
        local = now.astimezone(_AMSTERDAM)
        if not self._settings.mail.on or local.hour < self._settings.termijnen.uur:
            return False
        due = [(each, each.dag(local.date())) for each in self._ontvangers(now)]
        waiting = [(each, dag) for each, dag in due if self._is_waiting(each, dag, now)]
        if not waiting:
            return False
        with Postkantoor(self._settings.mail) as kantoor:
            for ontvanger, dag in waiting:
                if self._goes_on():
                    self._send_one(kantoor, ontvanger, dag, now)
        self._done &= {(each.adres, dag) for each, dag in due}
        self._platform.registry.termijnpost.forget(before=local.date() - _KEEP)
        return True

    def _ontvangers(self, now: datetime) -> list[Ontvanger]:
        """Those of the settings, and the people who asked for it themselves; who is in both gets what the settings say."""
        if self._look_again is None or now >= self._look_again:
            self._look_again = now + _LOOK_EVERY
            known = {each.adres.casefold() for each in self._named}
            self._subscribed = [
                Ontvanger(account.email, hoe_vaak.value, account.actor("worker"))
                for account, hoe_vaak in subscribers(self._platform)
                if account.email is not None and account.email.casefold() not in known
            ]
        return [*self._named, *self._subscribed]

    def _is_waiting(self, ontvanger: Ontvanger, dag: date, now: datetime) -> bool:
        if (ontvanger.adres, dag) in self._done:
            return False
        return ontvanger.adres not in self._not_before or self._not_before[ontvanger.adres] <= now

    def _send_one(self, kantoor: Postkantoor, ontvanger: Ontvanger, dag: date, now: datetime) -> None:
        marks = self._platform.registry.termijnpost
        if not marks.take(ontvanger.adres, dag, now=now, again=AGAIN):
            if marks.was_sent(ontvanger.adres, dag):
                self._done.add((ontvanger.adres, dag))
            self._not_before[ontvanger.adres] = now + timedelta(minutes=1)
            return
        found = self._due(ontvanger)
        try:
            if found.dringend:
                kantoor.send(digest(self._settings, ontvanger.adres, dag, found, now), ontvanger.adres)
        except AddressRefused:
            _log.warning(
                "termijnen_address_refused", why="its mail server refuses an address that gets the digest"
            )
        except MailRefused as error:
            _log.warning("termijnen_mail_refused", why=str(error))
            self._not_before[ontvanger.adres] = now + AGAIN
            return
        except Unavailable:
            marks.release(ontvanger.adres, dag)
            raise
        marks.sent(ontvanger.adres, dag, now=now)
        self._done.add((ontvanger.adres, dag))
        _log.info("termijnen_sent", terms=found.dringend)

    def _due(self, ontvanger: Ontvanger) -> Termijnoverzicht:
        return overview(self._platform, ontvanger.actor, dagen=self._settings.termijnen.dagen)
