"""Gathers every text of the site and writes it into its catalogues, where the new ones wait for their translation.

`python -m search_api.catalogue` renews each file of `search_api/portal/talen`; a text that is gone goes from them too.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from search_api import parameters
from search_api.talen import CATALOGUES
from woo.domain.procedure import Proceduresoort, Procedureuitkomst

_ROOT = Path(__file__).resolve().parent.parent
_CODE = ("search_api/**/*.py", "woo/views/*.py", "woo/index/*.py")
_TEMPLATES = "search_api/portal/templates/*.html"
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "counted": (2, 3),
}
"""What takes a text of the site, and which of its arguments that is: of the last two the words for one and for more."""

_JINJA = {"trimmed": "true", "newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}  # fmt: skip

Text = str | tuple[str, ...]
"""A text, or the words for one and for more of a thing."""


def texts(root: Path = _ROOT) -> dict[Text, str]:
    """Every text of the site with the file that it is in, by the marks in templates and code."""
    found: dict[Text, str] = {}
    for path in sorted(root.glob(_TEMPLATES)):
        found |= _extracted(path, root, babel_extract, _JINJA)
    for pattern in _CODE:
        for path in sorted(root.glob(pattern)):
            found |= _extracted(path, root, "python", {})
    found |= {parameter.uitleg: "search_api/params.py" for parameter in parameters.DOCUMENTEN}
    return found | {each.naam: "woo/domain/procedure.py" for each in (*Proceduresoort, *Procedureuitkomst)}


def _extracted(path: Path, root: Path, method: Any, options: dict[str, str]) -> dict[Text, str]:
    with path.open("rb") as file:
        return dict.fromkeys(_messages(file, method, options), str(path.relative_to(root)))


def _messages(file: IO[bytes], method: Any, options: dict[str, str]) -> Iterator[Text]:
    for _, message, _, _ in extract(method, file, keywords=_KEYWORDS, options=options):
        if message:
            yield message


def renewed(catalogue: Catalog, found: dict[Text, str]) -> Catalog:
    """The catalogue with exactly these texts; a translation is kept for as long as its text is the same to the letter."""
    fresh = Catalog(locale=catalogue.locale)
    for text in sorted(found, key=lambda text: (found[text], str(text))):
        kept = catalogue.get(text)
        fresh.add(text, None if kept is None or kept.fuzzy else kept.string, auto_comments=[found[text]])
    return fresh


def main() -> None:
    """Renew every catalogue in place; what stands at its top stays as it is."""
    found = texts()
    for path in sorted(CATALOGUES.glob("*.po")):
        written = path.read_bytes()
        top, _, _ = written.partition(b"\n\n")
        entries = BytesIO()
        write_po(entries, renewed(read_po(BytesIO(written)), found), width=110, omit_header=True)
        path.write_bytes(top + b"\n\n" + entries.getvalue())


if __name__ == "__main__":
    main()
