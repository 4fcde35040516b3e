"""The people of the fictional municipality who log in at its desk, under a password that is made anew at every start."""

import secrets

from ingest.demo.make import PUBLISHER
from woo.domain.account import Roltoekenning
from woo.domain.actor import Actor, Rol
from woo.settings import Settings
from woo.usecases.platform import Platform
from woo.usecases.toegang.aanmelden import Vanwaar
from woo.usecases.toegang.accounts import make_account
from woo.usecases.toegang.eigen import set_first_password
from woo.usecases.toegang.onderdelen import Toegang

MENSEN = (
    ("beheer@zuiderveld.example", "Bo Beheer", Roltoekenning(Rol.BEHEERDER)),
    ("coordinator@zuiderveld.example", "Cor Coördinator", Roltoekenning(Rol.PUBLICEERDER, PUBLISHER)),
    ("redactie@zuiderveld.example", "Rik Redactie", Roltoekenning(Rol.REDACTEUR, PUBLISHER)),
    ("lezer@zuiderveld.example", "Lies Lezer", Roltoekenning(Rol.LEZER, PUBLISHER)),
)
"""Address, name and role of each; all of them are made up."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_ACTOR = Actor("demo", Rol.BEHEERDER, "woo demo")


def demo_people(platform: Platform, settings: Settings) -> str:
    """Make the accounts that are not there yet, and give all of them a fresh password; returns it."""
    toegang = Toegang.of(platform, settings.aanmelden)
    wachtwoord = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    for email, naam, rol in MENSEN:
        with platform.registry.read() as reading:
            account = reading.accounts.by_email(email)
        if account is None:
            account, _ = make_account(toegang, _ACTOR, naam=naam, email=email, rollen=[rol])
        if account.gesloten_op is None:
            set_first_password(toegang, account.id, wachtwoord, Vanwaar(_ACTOR.herkomst))
    return wachtwoord
