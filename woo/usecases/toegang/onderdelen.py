"""What the use cases of logging in work with, and how a log-in is refused."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Self

from woo.domain.actor import Rol
from woo.domain.errors import WooError
from woo.domain.sessie import Duur
from woo.settings import AanmeldenSettings
from woo.usecases.platform import Platform
from woo.usecases.toegang.budget import Budget
from woo.usecases.toegang.kluis import Kluis
from woo.usecases.toegang.wachtwoorden import Wachtwoorden


@dataclass(frozen=True, slots=True)
class Toegang:
    """Platform and settings of logging in, with the keys and the hashing that come from them."""

    platform: Platform
    settings: AanmeldenSettings
    kluis: Kluis
    wachtwoorden: Wachtwoorden
    budget: Budget = field(default_factory=Budget)

    @classmethod
    def of(cls, platform: Platform, settings: AanmeldenSettings) -> Self:
        return cls(
            platform,
            settings,
            Kluis(platform.log_key),
            Wachtwoorden(mb=settings.hash_mb, rondes=settings.hash_rondes),
        )

    @property
    def duur(self) -> Duur:
        """How long sessions last."""
        return Duur(timedelta(minutes=self.settings.stil_minuten), timedelta(hours=self.settings.sessie_uren))

    @property
    def second_step_from(self) -> Rol | None:
        """The lowest role that needs a second step; None where no role does."""
        asked = self.settings.tweede_stap
        return None if asked == "nooit" else Rol(asked)


class Reden(StrEnum):
    """Why a log-in was refused; the first says no more, so that nobody learns which accounts there are."""

    ONJUIST = "onjuist"
    WACHTEN = "wachten"
    CODE_ONJUIST = "code onjuist"
    CODE_GEBRUIKT = "code eerder gebruikt"
    LINK_VERLOPEN = "link verlopen of gebruikt"
    VERLOPEN = "aanmelding verlopen"
    GEEN_ACCOUNT = "geen account"
    GESLOTEN = "account gesloten"
    EMAIL_ONBEVESTIGD = "e-mailadres niet bevestigd"
    GEEN_ROL = "geen rol"


class AanmeldingGeweigerd(WooError):
    """A log-in, or a step of it, was refused; `seconden` says how long to wait."""

    def __init__(self, reden: Reden, *, seconden: int = 0) -> None:
        super().__init__(f"The log-in was refused: {reden.value}.")
        self.reden = reden
        self.seconden = seconden
