"""The search parameters as they are declared: their names, what they mean and their shapes, for reading and describing alike."""

from search_api import gronden, organisatiefilters
from search_api.limits import DEFAULT_AANTAL, MAX_AANTAL, MAX_VALUES, MAX_ZOEK
from search_api.queries import Parameter
from woo.index.query import Sortering

FACETTEN = (
    "publisher",
    "provincie",
    "soortOrganisatie",
    "informatiecategorie",
    "thema",
    "documentsoort",
    "formaat",
    "jaar",
    "beoordeling",
    "grond",
    "grondGenoemd",
    "beschikbaar",
)
FACETTEN_PUBLICATIE = ("publisher", "provincie", "soortOrganisatie", "informatiecategorie", "thema")
SORTERINGEN = tuple(s.value for s in Sortering if s is not Sortering.VOLGNUMMER)

_DAY = {"type": "string", "format": "date"}
_MANY = {"type": "array", "items": {"type": "string"}, "maxItems": MAX_VALUES}

ZOEK = Parameter(
    "zoek",
    'Zoekwoorden. Woorden staan ergens in het document; verder OR, NOT of -, haakjes, "exacte zin", '
    '"woorden dichtbij"~5, woord*, woord~ en de velden titel:, publisher:, soort:, grond:, datum:2023-01..2023-06. '
    f"Hoogstens {MAX_ZOEK} tekens.",
    {"type": "string", "maxLength": MAX_ZOEK},
    voorbeeld='stikstof "open norm"',
)
PUBLISHER = Parameter(
    "publisher", "Code of URI van de organisatie (waardelijst organisaties).", _MANY, herhaalbaar=True
)
INFORMATIECATEGORIE = Parameter(
    "informatiecategorie",
    "Code of URI van de informatiecategorie (waardelijst informatiecategorieen).",
    _MANY,
    herhaalbaar=True,
)
THEMA = Parameter(
    "thema",
    "Code of URI van het thema (waardelijst themas).",
    _MANY,
    herhaalbaar=True,
)
_PERIOD = (
    Parameter("publicatiedatumVan", "Eerste dag van publicatie hier.", _DAY, voorbeeld="2023-01-01"),
    Parameter("publicatiedatumTot", "Laatste dag van publicatie hier; die dag telt mee.", _DAY),
)
_PAGING = (
    Parameter(
        "sorteer",
        "Volgorde. Zonder deze parameter: relevantie als er zoekwoorden zijn, anders -publicatiedatum (nieuwste eerst).",
        {"type": "string", "enum": list(SORTERINGEN)},
    ),
    Parameter(
        "aantal",
        "Aantal resultaten per antwoord.",
        {"type": "integer", "minimum": 1, "maximum": MAX_AANTAL, "default": DEFAULT_AANTAL},
    ),
    Parameter("na", "Waar het vorige antwoord ophield: de waarde van `volgende` uit dat antwoord."),
    Parameter(
        "facetten", "Tel ook per filter hoeveel er te vinden is.", {"type": "boolean", "default": False}
    ),
)
DOCUMENTEN: tuple[Parameter, ...] = (
    ZOEK,
    PUBLISHER,
    *organisatiefilters.PARAMETERS,
    INFORMATIECATEGORIE,
    THEMA,
    Parameter(
        "documentsoort",
        "Code of URI van de documentsoort (waardelijst documentsoorten).",
        _MANY,
        herhaalbaar=True,
    ),
    Parameter("publicatie", "Id van de publicatie waar het document bij hoort.", _MANY, herhaalbaar=True),
    Parameter("formaat", "Formaat van het bestand, zoals pdf.", _MANY, herhaalbaar=True),
    *gronden.PARAMETERS,
    Parameter("jaar", "Jaar van de datum van het document, zoals 2023.", _MANY, herhaalbaar=True),
    Parameter(
        "moeilijkLeesbaar",
        "Alleen documenten met pagina's die wij niet of niet goed konden lezen: wat daarop staat, vindt zoeken niet altijd.",
        {"type": "boolean", "default": False},
    ),
    Parameter("creatiedatumVan", "Eerste datum van het document.", _DAY),
    Parameter("creatiedatumTot", "Laatste datum van het document; die dag telt mee.", _DAY),
    *_PERIOD,
    *_PAGING,
)
PUBLICATIES: tuple[Parameter, ...] = (
    ZOEK,
    PUBLISHER,
    *organisatiefilters.PARAMETERS,
    INFORMATIECATEGORIE,
    THEMA,
    *_PERIOD,
    *_PAGING,
)
