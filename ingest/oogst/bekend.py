"""Hands what is known of the documents of a source to its spider, so that it need not ask for what did not change."""

import json
from pathlib import Path

from woo.domain.errors import Unavailable
from woo.oogst import Bron
from woo.usecases.platform import Platform

_PAGE = 1000


def schrijf_bekend(platform: Platform, bron: Bron, spool: Path) -> Path:
    """Write the address and the metadata of everything that the source named, as they were told last, one a line; returns the file.

    Raises:
        Unavailable: the folder cannot be written.
    """
    pad = spool / "bekend.jsonl"
    after = ""
    try:
        with pad.open("w", encoding="utf-8") as out, platform.registry.read() as reading:
            while items := reading.oogst.listed(bron.naam, after=after, limit=_PAGE):
                for item in items:
                    if item.archief is not None:
                        continue
                    known = {"sleutel": item.sleutel, "gegevens": dict(item.gegevens)}
                    out.write(json.dumps(known, ensure_ascii=True) + "\n")
                after = items[-1].sleutel
    except OSError as error:
        raise Unavailable(f"folder {spool}", error.strerror or str(error)) from error
    return pad
