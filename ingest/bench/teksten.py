"""Generated Dutch pages for the search benchmark: word frequencies as in language, compounds and phrases included."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from woo.index.port import DocumentEntry, PageEntry

_FREQUENT = (
    "de het een van in en is op te dat met voor zijn niet aan er door om ook als bij naar wordt of dit die heeft over "
    "kan worden uit tot deze zij hun meer wel nog geen moet"
).split()
_COMMON = (
    "gemeente besluit college burgemeester wethouders raad verzoek document informatie openbaar openbaarheid vergunning "
    "aanvraag advies brief besluiten bezwaar beleid onderzoek rapport overleg bestuur omgeving provincie waterschap stikstof "
    "natuur woning woningbouw verkeer parkeren subsidie begroting afspraak overeenkomst planning toezicht handhaving "
    "veiligheid jeugdzorg inwoners bewoners wijk plein straat centrum project kosten opdracht aanbesteding contract "
    "leverancier bedrijf ondernemer milieu geluid water riolering energie windmolen zonnepark warmte school sport cultuur "
    "evenement locatie opvang zorg gezondheid inkoop samenwerking regio minister staatssecretaris kamer motie vraag antwoord "
    "bijlage verslag vergadering notitie memo mail medewerker afdeling directie planning termijn zienswijze belang"
).split()
_HEADS = (
    "registratie",
    "besluit",
    "beleid",
    "plan",
    "vergunning",
    "onderzoek",
    "advies",
    "overleg",
    "toezicht",
    "subsidie",
)
_SYLLABLES = (
    "ber",
    "den",
    "hui",
    "kla",
    "mon",
    "rad",
    "ste",
    "vel",
    "wij",
    "zon",
    "gro",
    "lin",
    "tes",
    "dam",
    "hof",
    "oord",
)
VOCABULARY = 30_000
WORDS_PER_PAGE = 250


def vocabulary(rng: random.Random) -> list[str]:
    """Words in order of frequency: function words, words of government, compounds, then names and rare words."""
    words = [*_FREQUENT, *_COMMON]
    words += [a + b for a in _COMMON for b in _HEADS if a != b]
    while len(words) < VOCABULARY:
        words.append("".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))))
    return words


def generated_documents(documents: int, pages: int, *, seed: int) -> Iterator[DocumentEntry]:
    """Documents of `pages` pages of 250 words, drawn with Zipf's frequencies; the same for the same seed."""
    rng = random.Random(seed)
    words = vocabulary(rng)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    cumulative = list(_running_sums(weights))
    first = date(2018, 1, 1)
    for number in range(documents):
        texts = []
        for page in range(pages):
            drawn = rng.choices(words, cum_weights=cumulative, k=WORDS_PER_PAGE)
            drawn[page % 200] = f"5.1.2.{'abcdefghi'[page % 9]}"
            texts.append(_sentences(drawn))
        yield _entry(number, texts, first + timedelta(days=rng.randrange(2500)), rng)


def generated_queries(count: int, *, seed: int) -> dict[str, list[str]]:
    """For each kind of query `count` different ones, from the words that the documents are made of."""
    rng = random.Random(seed)
    words = vocabulary(random.Random(seed))
    known = [word for word in words[: len(_FREQUENT) + len(_COMMON) + 600] if len(word) > 3]

    def some(number: int) -> list[str]:
        return rng.sample(known, number)

    kinds: dict[str, set[str]] = {"word": set(), "phrase": set(), "boolean": set(), "prefix": set()}
    while any(len(queries) < count for queries in kinds.values()):
        a, b, c = some(3)
        kinds["word"].add(a)
        kinds["phrase"].add(f'"{rng.choice(_FREQUENT)} {rng.choice(_COMMON)}"')
        kinds["boolean"].add(rng.choice((f"{a} {b} -{c}", f"({a} OR {b}) {c}", f"{a} {b}", f"{a} NOT {b}")))
        kinds["prefix"].add(f"{a[: rng.randint(3, max(3, len(a) - 1))]}*")
    return {kind: sorted(queries)[:count] for kind, queries in kinds.items()}


def _running_sums(weights: list[float]) -> Iterator[float]:
    total = 0.0
    for weight in weights:
        total += weight
        yield total


def _sentences(words: list[str]) -> str:
    lines = [" ".join(words[start : start + 12]).capitalize() + "." for start in range(0, len(words), 12)]
    return "\n".join(lines)


def _entry(number: int, texts: list[str], day: date, rng: random.Random) -> DocumentEntry:
    id = f"{number:08x}-0000-4000-8000-000000000000"
    publicatie = f"{number // 20:08x}-0000-4000-9000-000000000000"
    titel = f"Besluit op Woo-verzoek {number} {rng.choice(_COMMON)} {rng.choice(_COMMON)}"
    publisher = f"gm{number % 40:04d}"
    categorie = ("c_3baef532", "c_fdaee95e", "c_99a836c7")[number % 3]
    moment = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    kaart = {
        "id": id,
        "officieleTitel": titel,
        "omschrijving": None,
        "kenmerk": None,
        "volgnummer": 1,
        "publisher": {
            "code": publisher,
            "uri": f"https://identifier.overheid.nl/tooi/id/gemeente/{publisher}",
            "naam": publisher,
        },
        "informatiecategorieen": [{"code": categorie, "uri": categorie, "naam": categorie}],
        "documentsoort": None,
        "publicatie": {"id": publicatie, "titel": titel, "kenmerk": None},
        "creatiedatum": day.isoformat(),
        "publicatiedatum": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "gewijzigdOp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "formaat": "pdf",
        "taal": "nl",
        "paginas": len(texts),
        "onleesbarePaginas": 0,
        "onzekerePaginas": 0,
        "bestand": None,
        "versie": 1,
        "metadataHerkomst": {},
    }
    return DocumentEntry(
        id=id,
        publicatie_id=publicatie,
        volgnummer=1,
        officiele_titel=titel,
        publisher=publisher,
        publisher_naam=publisher,
        informatiecategorieen=(categorie,),
        publicatiedatum=moment,
        kaart=kaart,
        formaat="pdf",
        creatiedatum=day,
        pages=tuple(PageEntry(n + 1, text) for n, text in enumerate(texts)),
    )
