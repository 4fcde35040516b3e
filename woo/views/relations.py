"""How relations between documents are told to people: their names and order."""

from collections.abc import Mapping

from woo.domain.document import Relatiesoort
from woo.taal import gettext_noop

RelationKey = tuple[str, bool]
"""Kind, and whether it is the other document that has it (`omgekeerd`); a likeness goes both ways and is never reversed."""

NAMES: Mapping[RelationKey, str] = {
    (Relatiesoort.HEEFT_BIJLAGE.value, True): gettext_noop("Bijlage van"),
    (Relatiesoort.HEEFT_BIJLAGE.value, False): gettext_noop("Bijlagen"),
    (Relatiesoort.REACTIE_OP.value, False): gettext_noop("Reactie op"),
    (Relatiesoort.REACTIE_OP.value, True): gettext_noop("Reacties"),
    (Relatiesoort.LIJKT_OP.value, False): gettext_noop("Lijkt sterk op"),
}
"""In the order in which they are shown; each is said in the language of the reader."""


def relation_key(soort: str, omgekeerd: bool) -> RelationKey:
    return soort, omgekeerd and soort != Relatiesoort.LIJKT_OP.value
