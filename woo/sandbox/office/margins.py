"""Read the headers and footers of a sheet, which Excel writes with codes between the text."""

import re

_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d{1,3}|[A-Za-z])')


def margin_text(written: str) -> str:
    """Give the text without its codes (ECMA-376, part 1, 18.3.1.46; [MS-XLS] writes them so too)."""
    return " ".join(_CODE.sub(" ", written).split())
