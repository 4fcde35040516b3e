"""Draws the QR code with which an app takes over the secret of the second step."""

import segno
from markupsafe import Markup

from woo.domain.account import Account
from woo.usecases.toegang import codes


def qr_code(secret: str, account: Account, uitgever: str) -> Markup:
    """An SVG element of the `otpauth:` address, black on white in every theme, so that any camera reads it."""
    address = codes.address(secret, naam=account.email or account.naam, uitgever=uitgever)
    drawn = segno.make(address, micro=False, error="m").svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" aria-label="QR-code voor uw app" ', 1))  # noqa: S704  # drawn by segno from an address that it encodes
