"""Codes of the second step: time-based ones (TOTP, RFC 6238) that work once, and recovery codes."""

import secrets
from datetime import datetime

import pyotp

STEP_SECONDS = 30
SKEW = 1
"""Steps that a clock may be off, either way."""

NUMBER = 10
"""Recovery codes that somebody gets."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CHARACTERS = 12


def new_secret() -> str:
    """A TOTP secret of 160 random bits (RFC 4226, section 4), base32."""
    return pyotp.random_base32(32)


def address(secret: str, *, naam: str, uitgever: str) -> str:
    """The `otpauth:` address that an app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=naam, issuer_name=uitgever)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step of which this is the code, at most SKEW from now; None when it is of none of them."""
    totp, present = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(present - SKEW, present + SKEW + 1):
        if secrets.compare_digest(totp.generate_otp(step), code):
            found = step
    return found


def typed(code: str) -> str:
    """A code as it is compared: without spaces and dashes, in capitals, in plain letters and digits alone."""
    return "".join(char for char in code.upper() if char.isascii() and char.isalnum())


def is_timed(code: str) -> bool:
    """Whether what was typed looks like a time-based code."""
    return len(code) == 6 and code.isdigit()


def new_recovery_codes() -> tuple[str, ...]:
    """NUMBER codes of 60 random bits, written in groups of four."""
    made = ("".join(secrets.choice(_LETTERS) for _ in range(_CHARACTERS)) for _ in range(NUMBER))
    return tuple("-".join(code[at : at + 4] for at in range(0, _CHARACTERS, 4)) for code in made)
