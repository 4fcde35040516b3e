"""Tables that stack on a phone stay tables: a role on every element, a name before every value."""

import re
from itertools import chain
from pathlib import Path

import pytest
from lxml import html

from woo.settings import config_folder
from woo.views.stacking import with_roles

ROOT = config_folder().parent
TEMPLATES = sorted(
    path
    for folder in ("publisher/balie/templates", "search_api/portal/templates")
    for path in (ROOT / folder).glob("*.html")
    if "stack" in path.read_text(encoding="utf-8")
)
ROLES = {
    "table": {"table"},
    "thead": {"rowgroup"},
    "tbody": {"rowgroup"},
    "tr": {"row"},
    "th": {"columnheader", "rowheader"},
    "td": {"cell"},
}
TABLE = re.compile(r'<table class="[^"]*\bstack\b.*?</table>', re.DOTALL)
BUTTONS = {"mijn": 1, "sleutels": 1}
"""Templates with a column of buttons."""

TAG = re.compile(r"<(?:table|thead|tbody|tr|th|td)\b[^>]*>")


def test_every_element_of_a_table_that_stacks_has_its_role_and_other_tables_none() -> None:
    plain = "<table><tr><td>x</td></tr></table>"
    stacked = (
        '<table class="log stack"><thead><tr><th scope="col">Wat</th></tr></thead><tbody>'
        '<tr{% if x %} class="y"{% endif %}><th scope="row">a</th><td>b</td></tr></tbody></table>'
    )
    made = with_roles(plain + stacked)
    assert made.startswith(plain)
    table = html.fromstring(made.removeprefix(plain).replace('{% if x %} class="y"{% endif %}', ""))
    assert [each.get("role") for each in table.iter()] == [
        "table", "rowgroup", "row", "columnheader", "rowgroup", "row", "rowheader", "cell"
    ]  # fmt: skip


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_element_is_left_without_a_role(path: Path) -> None:
    made = with_roles(path.read_text(encoding="utf-8"))
    for tag in chain.from_iterable(TAG.findall(table[0]) for table in TABLE.finditer(made)):
        found = re.search(r' role="(\w+)"', tag)
        assert found, tag
        assert found[1] in ROLES[re.match(r"<(\w+)", tag)[1]], tag  # type: ignore[index]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_below_each_other_every_value_has_the_name_of_its_column(path: Path) -> None:
    """But for what names the row, and a column whose head nobody sees or whose buttons say what they do."""
    for table in TABLE.findall(path.read_text(encoding="utf-8")):
        heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table, re.DOTALL)
        unnamed = 1 + sum("visually-hidden" in head for head in heads) + BUTTONS.get(path.stem, 0)
        for row in re.findall(r"<tr\b.*?</tr>", table.partition("<tbody>")[2], re.DOTALL):
            cells = re.findall(r'<(?:td|th scope="row")[^>]*>', row)
            assert sum("data-label" in cell for cell in cells) >= len(cells) - unnamed, row
