"""Tie documents to those whose text is nearly the same: told to readers as a relation, and nothing is left out for it."""

from woo.analysis.shingles import bands_of, likeness
from woo.domain.document import Relatie, Relatiesoort
from woo.registry import Transaction

ALIKE_FROM = 0.8
"""Share of their text that two documents have in common from which they are related."""

MOST = 20
"""Relations that a document looks for; it gets more when later ones find it. A text in a thousand copies has not a million."""

ONE_AT_A_TIME = "vingerafdrukken"
"""Two documents written at the same moment would not see each other."""


def link_similar(tx: Transaction, document_id: str, fingerprint: bytes | None) -> tuple[str, ...]:
    """Keep the fingerprint of this document and write its relations to those that are alike, in the whole registry.

    What an earlier reading said is replaced; a relation that others found stays as long as it still holds. The caller
    has called `one_at_a_time`. Returns the ids of the others whose relations changed.
    """
    before = {r for r in tx.relaties(document_id) if r.soort is Relatiesoort.LIJKT_OP}
    tx.save_vingerafdruk(document_id, fingerprint, () if fingerprint is None else bands_of(fingerprint))
    after = set() if fingerprint is None else _alike(tx, document_id, fingerprint, before)
    if before == after:
        return ()
    tx.drop_relaties(document_id, Relatiesoort.LIJKT_OP)
    for relatie in after:
        tx.save_relatie(relatie)
    return tuple(sorted({_other(relatie, document_id) for relatie in before ^ after}))


def _alike(tx: Transaction, document_id: str, fingerprint: bytes, before: set[Relatie]) -> set[Relatie]:
    """The relations that hold: those there were, and the best of what shares a band."""
    known = {_other(relatie, document_id): b"" for relatie in before}
    for id in known:
        known[id] = tx.vingerafdruk(id) or b""
    found = tx.alike(document_id, bands_of(fingerprint))
    scores = {
        id: likeness(fingerprint, other)
        for id, other in (found | known).items()
        if len(other) == len(fingerprint)
    }
    best = sorted((id for id in found if id in scores), key=lambda id: (-scores[id], id))[:MOST]
    return {
        Relatie(min(id, document_id), Relatiesoort.LIJKT_OP, max(id, document_id), scores[id])
        for id in {*best, *known} & scores.keys()
        if scores[id] >= ALIKE_FROM
    }


def _other(relatie: Relatie, document_id: str) -> str:
    return relatie.naar if relatie.van == document_id else relatie.van
