"""The demands of the XSDs of DiWoo 0.9.8 and of sitemaps.org in a table: what stands in what, how often, in which order.

Made from diwoo-metadata.xsd 0.9.8 and sitemap.xsd 0.9 by hand; tests compare its verdicts with those of the XSDs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from woo.diwoo.sitemap import DIWOO_NS, SITEMAP_NS


class Inhoud(StrEnum):
    """What an element holds: elements, any text, or text of a form."""

    ELEMENTEN = "elementen"
    TEKST = "tekst"
    DATUM = "datum"
    TIJD = "tijd"
    LASTMOD = "lastmod"
    LOC = "loc"
    CHANGEFREQ = "changefreq"
    PRIORITY = "priority"
    URI = "uri"


MEER = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Vorm:
    """An element: what it holds, whether its children have an order, and, where it has a `resource`, of which list.

    `kinderen` tells for each name (all in `ns`) how often and in what form. `lijst` is the name of a value list, or `vrij`.
    """

    inhoud: Inhoud = Inhoud.ELEMENTEN
    kinderen: Mapping[str, "tuple[int, int, Vorm]"] = field(default_factory=dict)
    geordend: bool = False
    lijst: str | None = None
    ns: str = DIWOO_NS
    plaatsen: Mapping[object, "tuple[int, str, Vorm]"] = field(init=False, repr=False, compare=False)
    """Of each child, by its tag with namespace: its place in the order, its name and its form."""

    verplicht: frozenset[str] = field(init=False, repr=False, compare=False)
    """The names of the children that must be there."""

    def __post_init__(self) -> None:
        plaatsen = {
            f"{{{self.ns}}}{naam}": (place, naam, vorm)
            for place, (naam, (_, _, vorm)) in enumerate(self.kinderen.items())
        }
        verplicht = frozenset(naam for naam, (least, _, _) in self.kinderen.items() if least)
        object.__setattr__(self, "plaatsen", plaatsen)
        object.__setattr__(self, "verplicht", verplicht)


_TEKST = Vorm(Inhoud.TEKST)
_TIJD = Vorm(Inhoud.TIJD)


def _van(lijst: str) -> Vorm:
    return Vorm(Inhoud.TEKST, lijst=lijst)


def _rij(naam: str, vorm: Vorm) -> Vorm:
    return Vorm(kinderen={naam: (1, MEER, vorm)}, geordend=True)


_ORGANISATIE = _van("organisaties")
_DOCUMENT = _van("vrij")

_HANDELING = Vorm(
    kinderen={
        "soortHandeling": (1, 1, _van("handelingen")),
        "atTime": (1, 1, _TIJD),
        "wasAssociatedWith": (0, 1, _ORGANISATIE),
    }
)
_RELATIE = Vorm(
    kinderen={"role": (1, 1, _van("documentrelaties")), "relation": (1, 1, _DOCUMENT)},
)
_TITELS = Vorm(
    kinderen={
        "officieleTitel": (1, 1, _TEKST),
        "verkorteTitels": (0, 1, _rij("verkorteTitel", _TEKST)),
        "alternatieveTitels": (0, 1, _rij("alternatieveTitel", _TEKST)),
    }
)
_KLASSEN = Vorm(
    kinderen={
        "informatiecategorieen": (1, 1, _rij("informatiecategorie", _van("informatiecategorieen"))),
        "documentsoorten": (0, 1, _rij("documentsoort", _van("documentsoorten"))),
        "themas": (0, 1, _rij("thema", _van("themas"))),
        "trefwoorden": (0, 1, _rij("trefwoord", _TEKST)),
    }
)

DIWOO = Vorm(
    kinderen={
        "identifiers": (0, 1, _rij("identifier", _TEKST)),
        "publisher": (1, 1, _ORGANISATIE),
        "verantwoordelijke": (0, 1, _ORGANISATIE),
        "medeverantwoordelijken": (0, 1, _rij("medeverantwoordelijke", _ORGANISATIE)),
        "opsteller": (0, 1, _ORGANISATIE),
        "naamOpsteller": (0, 1, _TEKST),
        "titelcollectie": (1, 1, _TITELS),
        "omschrijvingen": (0, 1, _rij("omschrijving", _TEKST)),
        "classificatiecollectie": (1, 1, _KLASSEN),
        "creatiedatum": (0, 1, Vorm(Inhoud.DATUM)),
        "geldigheid": (0, 1, Vorm(kinderen={"begindatum": (0, 1, _TIJD), "einddatum": (0, 1, _TIJD)})),
        "language": (0, 1, _van("talen")),
        "format": (0, 1, _van("formaten")),
        "aggregatiekenmerk": (0, 1, _TEKST),
        "isPartOf": (0, 1, _DOCUMENT),
        "hasParts": (0, 1, _rij("hasPart", _DOCUMENT)),
        "documenthandelingen": (1, 1, _rij("documenthandeling", _HANDELING)),
        "documentrelaties": (0, 1, _rij("documentrelatie", _RELATIE)),
        "redenVerwijderingVervanging": (0, 1, _van("redenen_intrekking")),
    }
)
"""The element `diwoo:DiWoo`."""

_VELD = Vorm(kinderen={"key": (1, 1, _TEKST), "values": (1, 1, _rij("value", _TEKST))}, geordend=True)

EXTRA = Vorm(
    kinderen={
        "namespace": (0, 1, Vorm(Inhoud.URI)),
        "prefix": (0, 1, _TEKST),
        "extraMetadatavelden": (1, 1, _rij("extraMetadataveld", _VELD)),
    },
    geordend=True,
)
"""The element `diwoo:extraMetadata`; that namespace and prefix come together is asked apart."""

URL = Vorm(
    kinderen={
        "loc": (1, 1, Vorm(Inhoud.LOC)),
        "lastmod": (0, 1, Vorm(Inhoud.LASTMOD)),
        "changefreq": (0, 1, Vorm(Inhoud.CHANGEFREQ)),
        "priority": (0, 1, Vorm(Inhoud.PRIORITY)),
    },
    geordend=True,
    ns=SITEMAP_NS,
)
"""The element `url`, without the elements of other namespaces that may follow."""

SITEMAP = Vorm(
    kinderen={"loc": (1, 1, Vorm(Inhoud.LOC)), "lastmod": (0, 1, Vorm(Inhoud.LASTMOD))},
    geordend=True,
    ns=SITEMAP_NS,
)
"""The element `sitemap` of an index."""
