"""The log to take away: as CSV or as JSON Lines, written while it is read."""

import json
from collections.abc import Iterator
from typing import Any

from publisher.logboek_inputs import Logvorm
from woo.exports import csv_rows
from woo.registry import LoggedEvent
from woo.usecases.logboek import Regels

MEDIA_TYPES = {Logvorm.CSV: csv_rows.MEDIA_TYPE, Logvorm.JSONL: "application/jsonl"}
_COLUMNS = (
    "volgnummer",
    "tijd",
    "actor",
    "account",
    "rol",
    "herkomst",
    "actie",
    "objectSoort",
    "objectId",
    "uitkomst",
    "details",
    "zegel",
)


def exported(parts: Iterator[Regels], vorm: Logvorm) -> Iterator[bytes]:
    """The file piece by piece; what was erased or may not be shown is empty."""
    if vorm is Logvorm.CSV:
        yield csv_rows.BOM + csv_rows.csv_row(_COLUMNS)
    for regels in parts:
        for regel in regels.regels:
            line = told(regel, regels)
            if vorm is Logvorm.CSV:
                cells = [_cell(line[name]) for name in _COLUMNS]
                yield csv_rows.csv_row(cells)
            else:
                yield (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def told(regel: LoggedEvent, regels: Regels) -> dict[str, Any]:
    """One line as it is exported and as the API gives it."""
    return {
        "volgnummer": regel.volgnummer,
        "tijd": regel.tijd.isoformat().replace("+00:00", "Z"),
        "actor": regel.actor,
        "account": regel.account,
        "rol": regel.rol,
        "herkomst": regel.herkomst,
        "actie": regel.actie.value,
        "objectSoort": regel.object_soort,
        "objectId": regel.object_id,
        "uitkomst": regel.uitkomst,
        "details": regels.details(regel),
        "zegel": regel.zegel,
    }


def _cell(value: Any) -> csv_rows.Cell:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else None
    return value if value is None or isinstance(value, int) else str(value)
