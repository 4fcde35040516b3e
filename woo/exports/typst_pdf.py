"""PDFs made by typst from a template of ours and data of others, in a limited process, one at a time."""

import json
import subprocess
import sys
import threading
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from woo.domain.errors import Unavailable
from woo.logs import get_logger

MEDIA_TYPE = "application/pdf"
_PART = "the maker of PDFs"
_MEMORY = 3 * 2**30
"""Address space of the process, of which the threads of typst reserve most and use little."""

_one_at_a_time = threading.BoundedSemaphore(1)
_log = get_logger(__name__)


def typst_pdf(template: str, data: Any, *, seconds: float, moment: datetime) -> bytes:
    """Make a tagged PDF (PDF/UA-1) of a template in this package; `moment` is the date that it carries.

    Only one is made at a time in a process, so that those who ask for many do not take the machine; who waits longer than
    `seconds` for a turn is refused.

    Raises:
        Unavailable: it took too long, or could not be made.
    """
    asked = {
        "template": _template(template),
        "data": data,
        "timestamp": int(moment.timestamp()),
        "memory": _MEMORY,
        "seconds": max(1, round(seconds)),
    }
    content = json.dumps(asked).encode()
    if not _one_at_a_time.acquire(timeout=seconds):
        raise Unavailable(_PART, "it is busy with others; try again in a minute")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "woo.exports.typst_child"],
            input=content,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(_PART, f"it took longer than {seconds:g} seconds") from error
    finally:
        _one_at_a_time.release()
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        _log.error("pdf_not_made", template=template, code=done.returncode)
        raise Unavailable(_PART, "it could not make this PDF")
    return done.stdout


@cache
def _template(naam: str) -> str:
    return files("woo.exports").joinpath(naam).read_text("utf-8")
