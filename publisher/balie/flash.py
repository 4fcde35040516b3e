"""What was done, told once on the page after a redirect; kept by the browser for that long and never longer."""

import base64
import binascii

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

_COOKIE = "balie-melding"
_SECONDS = 60
_LONGEST = 500


def after(location: str, tekst: str) -> Response:
    """Send the browser on to a page (303) that shows this sentence once; no personal data in the sentence."""
    response = RedirectResponse(location, status_code=303)
    kept = base64.urlsafe_b64encode(tekst[:_LONGEST].encode()).decode()
    response.set_cookie(_COOKIE, kept, max_age=_SECONDS, httponly=True, samesite="strict")
    return response


def of(request: Request) -> str:
    """The sentence that this request brings; empty when there is none, or when it was not written by us."""
    try:
        return base64.urlsafe_b64decode(request.cookies.get(_COOKIE, "")).decode()[:_LONGEST]
    except (UnicodeError, binascii.Error, ValueError):
        return ""


def forget(response: Response) -> None:
    """Let the browser forget the sentence: it was shown."""
    response.delete_cookie(_COOKIE, httponly=True, samesite="strict")
