"""Which document of the publicatie a row is about: found by number or by name, never chosen between two."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from woo.domain.document import Document
from woo.domain.inventaris import Inventarisregel
from woo.domain.regelsleutels import Sleutels, loose_key, name_key, number_key, without_extension

_BEFORE = re.compile(r"(?:_|\s+-\s+|[.)]\s+)(?=\D)")
"""What stands between a number at the beginning of a file name and the rest of it, if the rest does not go on in digits."""


@dataclass(frozen=True, slots=True)
class Kandidaten:
    """The documents that a row may be about: none, one, or several; `shared` tells that other rows find it as well."""

    ids: tuple[str, ...]
    by_number: bool = False
    shared: bool = False

    @property
    def gevonden(self) -> str | None:
        """The one document that this row alone is about."""
        return self.ids[0] if len(self.ids) == 1 and not self.shared else None


@dataclass(slots=True)
class _Index:
    """Ids of documents by what they are called."""

    numbers: dict[str, list[str]] = field(default_factory=dict)
    starts: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, documenten: Iterable[Document]) -> "_Index":
        index = cls()
        for document in documenten:
            index.add(document)
        return index

    def add(self, document: Document) -> None:
        names = [document.officiele_titel]
        if document.kenmerk:
            _put(self.numbers, number_key(document.kenmerk), document.id)
        if document.bestand is not None:
            names.append(document.bestand.naam)
            stem = without_extension(document.bestand.naam)
            _put(self.numbers, number_key(stem), document.id)
            for cut in _BEFORE.finditer(stem):
                _put(self.starts, number_key(stem[: cut.start()]), document.id)
        for name in names:
            _put(self.names, name_key(name), document.id)
            _put(self.stems, name_key(without_extension(name)), document.id)

    def sleutels(self) -> Sleutels:
        """The keys under which a row may be kept that finds one of these documents."""
        names = (loose_key(name) for name in (*self.names, *self.stems))
        return Sleutels(frozenset((*self.numbers, *self.starts)), frozenset((*self.stems, *names)))

    def find(self, regel: Inventarisregel) -> Kandidaten:
        """By number (kenmerk or file name, or else the beginning of a file name) and by name; both must agree."""
        key = number_key(regel.nummer)
        numbered = self.numbers.get(key) or self.starts.get(key) or []
        name = regel.documentnaam
        named = self.names.get(name_key(name)) or self.stems.get(name_key(without_extension(name))) or []
        both = [id for id in numbered if id in named]
        if both:
            return Kandidaten(tuple(both), by_number=True)
        return Kandidaten(tuple(dict.fromkeys([*numbered, *named])), by_number=bool(numbered))


def sleutels_of(document: Document) -> Sleutels:
    """The keys by which the registry finds every row that `find_documents` may find this document for (and some more)."""
    return _Index.of([document]).sleutels()


def find_documents(
    regels: Sequence[Inventarisregel], documenten: Sequence[Document]
) -> Mapping[str, Kandidaten]:
    """Give for each row, by its `sleutel`, the documents that it may be about.

    Withdrawn documents count only where no other one fits. A document that several rows find belongs to the one that
    finds it by its number, if there is one such row, else to none of them: mails are often called alike.
    """
    live = _Index.of(each for each in documenten if each.intrekking is None)
    gone = _Index.of(each for each in documenten if each.intrekking is not None)
    found: dict[str, Kandidaten] = {}
    for regel in regels:
        candidates = live.find(regel)
        found[regel.sleutel] = candidates if candidates.ids else gone.find(regel)
    single = [each for each in found.values() if len(each.ids) == 1]
    claims = Counter(each.ids[0] for each in single)
    numbered = Counter(each.ids[0] for each in single if each.by_number)

    def is_shared(each: Kandidaten) -> bool:
        if len(each.ids) != 1 or claims[each.ids[0]] == 1:
            return False
        return not (each.by_number and numbered[each.ids[0]] == 1)

    return {sleutel: replace(each, shared=is_shared(each)) for sleutel, each in found.items()}


def _put(index: dict[str, list[str]], key: str, id: str) -> None:
    if key and id not in index.setdefault(key, []):
        index[key].append(id)
