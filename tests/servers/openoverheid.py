"""The API of open.overheid.nl on loopback, with fictional documents: pages of results, metadata, files; HEAD finds no file."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.servers.lokaal import Lokaal

API = "/overheid/openbaarmakingen/api/v0"
KERN = "https://identifier.overheid.nl/tooi/def/thes/kern/"
CATEGORIE = "Woo-verzoeken en -besluiten"
_PID = "https://open.overheid.nl/documenten/"
_SIZES = (10, 20, 50)


@dataclass
class Akte:
    """One document at the API; `meer` are the other files of its version, by name."""

    id: str
    inhoud: bytes
    titel: str = "Besluit over de Kade"
    publisher: str = "gemeente Enschede"
    code: str = "gemeente/gm0153"
    categorie: str = CATEGORIE
    dag: date = date(2026, 3, 21)
    gewijzigd: str = "2026-03-21T09:23:36.587Z"
    deel_van: str | None = None
    meer: dict[str, bytes] = field(default_factory=dict)
    naam: str = "besluit.txt"


@dataclass
class Loket:
    """What the API has now; tests change it between runs. `bladen` are answers in the place of the usual ones, by path."""

    akten: dict[str, Akte] = field(default_factory=dict)
    bladen: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    gevraagd: Counter[str] = field(default_factory=Counter)
    adres: str = ""
    negeert_filters: bool = False
    verzwijgt: int = 0

    def zet(self, *akten: Akte) -> None:
        for akte in akten:
            self.akten[akte.id] = akte

    def url(self, id: str) -> str:
        return f"{self.adres}{API}/documenten/{id}"

    def keren(self, begin: str) -> int:
        """How often addresses that begin so were asked."""
        return sum(count for path, count in self.gevraagd.items() if path.startswith(API + begin))

    def antwoord(self, method: str, path: str) -> tuple[int, bytes]:
        """The answer to a request."""
        if path == "/robots.txt":
            return 404, b""
        self.gevraagd[path] += 1
        parts = urlsplit(path)
        where = parts.path.removeprefix(API)
        if method == "HEAD" and where.startswith("/documenten/"):
            return 404, b""
        if where in self.bladen:
            return self.bladen[where]
        if where == "/zoek":
            return self._zoek({key: values[0] for key, values in parse_qs(parts.query).items()})
        if where.startswith("/zoek/"):
            akte = self.akten.get(where.removeprefix("/zoek/"))
            return (404, b"{}") if akte is None else (200, json.dumps(self.detail(akte)).encode())
        id, _, naam = where.removeprefix("/documenten/").partition("/")
        akte = self.akten.get(id)
        if akte is None:
            return 404, b""
        return 200, akte.meer[naam] if naam else akte.inhoud

    def _zoek(self, vraag: dict[str, str]) -> tuple[int, bytes]:
        start, aantal = int(vraag["start"]), int(vraag["aantalResultaten"])
        if aantal not in _SIZES:
            return 400, b'{"detail": "aantalResultaten"}'
        found = [each for each in self.akten.values() if self.negeert_filters or _past(each, vraag)]
        found.sort(key=lambda each: (each.dag, each.id))
        shown = found[start : start + aantal]
        if self.verzwijgt:
            shown = shown[: -self.verzwijgt]
        resultaten = [self._resultaat(each) for each in shown]
        return 200, json.dumps({"totaal": len(found), "resultaten": resultaten}).encode()

    def _resultaat(self, akte: Akte) -> dict[str, Any]:
        return {
            "document": {
                "id": f"{akte.id}_1",
                "pid": _PID + akte.id,
                "titel": akte.titel,
                "openbaarmakingsdatum": akte.dag.isoformat(),
                "publisher": akte.publisher,
                "mutatiedatumtijd": akte.gewijzigd,
            },
            "bestandsType": "text/plain",
        }

    def detail(self, akte: Akte) -> dict[str, Any]:
        """The metadata of a document, in the shape of the API."""
        bestanden = [_bestand(akte.naam, akte.inhoud, _PID + akte.id + "/file")]
        bestanden += [
            _bestand(naam, inhoud, f"{self.url(akte.id)}/{naam}") for naam, inhoud in akte.meer.items()
        ]
        bestanden.append({"gepubliceerd": False, "label": "metadata", "bestandsnaam": "metadata.json"})
        relatie = {"relation": _PID + str(akte.deel_van), "role": KERN + "c_4d1ea9ba"}
        return {
            "document": {
                "pid": _PID + akte.id,
                "identifiers": ["nvt"],
                "publisher": {
                    "id": f"https://identifier.overheid.nl/tooi/id/{akte.code}",
                    "label": akte.publisher,
                },
                "language": {
                    "id": "http://publications.europa.eu/resource/authority/language/NLD",
                    "label": "Nederlands",
                },
                "omschrijvingen": ["Over de kade."],
                "titelcollectie": {"officieleTitel": akte.titel, "verkorteTitels": []},
                "classificatiecollectie": {
                    "informatiecategorieen": [{"id": KERN + "c_3baef532", "label": akte.categorie}],
                    "themas": [
                        {"id": "https://identifier.overheid.nl/tooi/id/thema_onbekend", "label": "Onbekend"}
                    ],
                },
            },
            "plooiIntern": {"publicatiestatus": "gepubliceerd"},
            "documentrelaties": [relatie] if akte.deel_van else [],
            "versies": [
                {
                    "nummer": 1,
                    "blokkades": [],
                    "bestanden": [_bestand("oud.txt", b"oud", "https://x.example/oud")],
                },
                {"nummer": 2, "blokkades": [], "bestanden": bestanden},
            ],
        }


def _bestand(naam: str, inhoud: bytes, id: str) -> dict[str, Any]:
    digest = hashlib.sha1(inhoud, usedforsecurity=False).hexdigest()
    return {"id": id, "gepubliceerd": True, "label": "file", "bestandsnaam": naam, "hash": digest}


def _past(akte: Akte, vraag: dict[str, str]) -> bool:
    """Whether a document is found; names were encoded twice, once is undone already."""
    for key, value in (("organisatie", akte.publisher), ("informatiecategorie", akte.categorie)):
        if key in vraag and unquote(vraag[key]) != value:
            return False
    van, tot = (vraag.get(key) for key in ("publicatiedatumVan", "publicatiedatumTot"))
    return (van is None or akte.dag >= _day(van)) and (tot is None or akte.dag <= _day(tot))


def _day(text: str) -> date:
    return datetime.strptime(text, "%d-%m-%Y").replace(tzinfo=UTC).date()


class Openoverheid(Lokaal):
    """The API as a context: it serves `loket` while the block runs."""

    def __init__(self) -> None:
        self.loket = loket = Loket()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

            def do_GET(self) -> None:
                status, body = loket.antwoord(self.command, self.path)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def do_HEAD(self) -> None:
                self.do_GET()

        super().__init__(Handler)
        loket.adres = self.adres

    def __enter__(self) -> Loket:
        self.start()
        return self.loket
