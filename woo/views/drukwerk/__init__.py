"""Printed matter: tagged PDF (PDF/UA-1) set by typst from templates in this folder; the texts are given."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

_HERE = Path(__file__).parent


def printed(template: str, gegevens: Mapping[str, Any], *, op: datetime) -> bytes:
    """Set a template of this folder with these data (JSON values) as an accessible PDF that carries this moment.

    The texts are data to typst, never markup: nothing in them is carried out.
    """
    made = typst.compile(
        (_HERE / f"{template}.typ").read_bytes(),
        format="pdf",
        sys_inputs={"gegevens": json.dumps(gegevens, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        timestamp=int(op.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"template {template} gave {type(made).__name__} instead of one file")
    return made
