"""A digest of what is shown, so that what stays the same is not shown again."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from woo.domain.document import Document

PROJECTION_VERSION = "3"
"""Raise it when a projection changes shape: everything is then shown anew."""


def fingerprint(kaart: dict[str, Any], document: Document | None = None) -> str:
    """A digest of a projection: as long as it stays the same, nothing need be shown again."""
    lezing = None if document is None else {k: str(v) for k, v in asdict(document.lezing).items()}
    content = json.dumps([PROJECTION_VERSION, kaart, lezing], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()
