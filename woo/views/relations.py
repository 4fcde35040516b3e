"""How relations between documents are told to people: their names and order."""

from collections.abc import Mapping

from woo.domain.document import Relatiesoort

RelationKey = tuple[str, bool]
"""Kind, and whether it is the other document that has it (`omgekeerd`); a likeness goes both ways and is never reversed."""

NAMES: Mapping[RelationKey, str] = {
    (Relatiesoort.HEEFT_BIJLAGE.value, True): "Bijlage van",
    (Relatiesoort.HEEFT_BIJLAGE.value, False): "Bijlagen",
    (Relatiesoort.REACTIE_OP.value, False): "Reactie op",
    (Relatiesoort.REACTIE_OP.value, True): "Reacties",
    (Relatiesoort.LIJKT_OP.value, False): "Lijkt sterk op",
}
"""In the order in which they are shown."""


def relation_key(soort: str, omgekeerd: bool) -> RelationKey:
    return soort, omgekeerd and soort != Relatiesoort.LIJKT_OP.value
