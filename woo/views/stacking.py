"""Keeps a table a table for who does not see it: roles for the tables that stand as rows below each other on a phone.

The style sheet gives such a table (class `stack`) another display there, and a browser may then forget what it was. Roles that
are written out stay (WCAG 2.2, 1.3.1). They are added when a template is compiled, so that none is forgotten.
"""

import re

from jinja2.ext import Extension

_TABLE = re.compile(r'<table class="(?:[^"]* )?stack(?: [^"]*)?"[^>]*>.*?</table>', re.DOTALL)
_ELEMENT = re.compile(r'<(table|thead|tbody|tr|td|th scope="(?:col|row)")(?=[\s>{])')
_ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "td": "cell",
    'th scope="col"': "columnheader",
    'th scope="row"': "rowheader",
}


class Stacking(Extension):
    """Adds the roles to each table of class `stack` in a template."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return with_roles(source)


def with_roles(template: str) -> str:
    """The template with a role on each element of its tables that stack."""
    return _TABLE.sub(lambda table: _ELEMENT.sub(_role, table[0]), template)


def _role(element: re.Match[str]) -> str:
    return f'<{element[1]} role="{_ROLES[element[1]]}"'
