"""Reads the sums of views and downloads that the public side left in the inbox."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from woo.domain.errors import InvalidValue

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST = 1_000
_HIGHEST = 10**9


def counted_of(inhoud: Mapping[str, Any]) -> tuple[date, list[tuple[str, int, int]]]:
    """The day, and per document its views and downloads; raises InvalidValue for what the site never leaves."""
    try:
        dag = date.fromisoformat(str(inhoud.get("dag")))
    except ValueError:
        raise InvalidValue("dag", "(withheld)", "a day is written as 2026-03-02") from None
    told = inhoud.get("aantallen")
    if not isinstance(told, dict) or len(told) > _MOST:
        raise InvalidValue(
            "aantallen", "(withheld)", f"at most {_MOST} documents with two numbers are accepted"
        )
    return dag, [(_id(id), *_pair(sums)) for id, sums in told.items()]


def _id(id: str) -> str:
    if not _ID.fullmatch(id):
        raise InvalidValue("aantallen", "(withheld)", "a document is named by its id")
    return id


def _pair(sums: object) -> tuple[int, int]:
    if (
        not isinstance(sums, list)
        or len(sums) != 2
        or not all(type(n) is int and 0 <= n <= _HIGHEST for n in sums)
    ):
        raise InvalidValue("aantallen", "(withheld)", "each document has two numbers from 0")
    return sums[0], sums[1]
