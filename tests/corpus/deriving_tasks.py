"""Tasks that answer what the deriver may not be answered."""

import json
import time
from collections.abc import Iterator

from woo.sandbox.task import Answer, Request


def sleep(_request: Request) -> Iterator[Answer]:
    time.sleep(60)
    yield {}, b""


def nothing(_request: Request) -> Iterator[Answer]:
    yield {"derived": "iets anders"}, b""


def wrong_rows(_request: Request) -> Iterator[Answer]:
    yield {"derived": "fingerprint"}, b""
    yield {"derived": "voorstellen"}, json.dumps([["veld", "waarde", 3.0, "bron", None]]).encode()


def wrong_page(_request: Request) -> Iterator[Answer]:
    yield {"derived": "fingerprint"}, b""
    yield {"derived": "voorstellen"}, json.dumps([["veld", "waarde", 0.5, "bron", 2]]).encode()
