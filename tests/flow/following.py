"""An installation with followers: a clock to move, the rounds of a worker, a mail server and a receiver of webhooks."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from ingest.setup import load_analysis
from ingest.volgen.rondes import Rondes
from tests.flow.installation import TESTER, WOO_VERZOEK, Installation, Visitor
from tests.servers.mail import MailServer, mail_server
from woo.domain.document import Document, Leesstatus, Lezing, Pagina
from woo.domain.events import Actie, Gebeurtenis
from woo.index.open import open_reader
from woo.settings import load_settings
from woo.usecases.platform import Platform
from woo.usecases.publicatie import NieuwePublicatie, create_publicatie, publish
from woo.volgers import Volgersopslag, open_volgers

ADRES = "an.lezer@voorbeeld.example"
SITE = "https://open.zuiderveld.example"


_analysis = cache(load_analysis)
"""Read once for all tests: nobody changes it."""


@dataclass
class Clock:
    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def forward(self, **by: float) -> None:
        self.ahead += timedelta(**by)


@dataclass
class Following:
    """What the tests of following work with."""

    installation: Installation
    mail: MailServer
    opslag: Volgersopslag
    platform: Platform
    clock: Clock
    visitor: Visitor
    rondes: Rondes

    def turn(self) -> None:
        """Everything that is due, as a worker does it."""
        while self.rondes.turn():
            pass

    def again(self) -> "Following":
        """The same after a restart of the worker."""
        index = open_reader(self.installation.settings.index, _analysis())
        self.installation._stack.callback(index.close)
        rondes = Rondes(self.platform, self.installation.settings, self.opslag, index)
        return replace(self, rondes=rondes)

    def publish(self, *teksten: str, titel: str = "Nieuw dossier") -> list[Document]:
        """Publish a publicatie with a document per text, as if they were read, and let the worker show them."""
        platform = self.installation.platform
        nieuw = NieuwePublicatie("gm0153", titel, (WOO_VERZOEK,))
        publicatie = create_publicatie(platform, TESTER, nieuw)
        made = [self._document(publicatie.id, number, tekst) for number, tekst in enumerate(teksten, 1)]
        publish(platform, TESTER, publicatie.id)
        self.installation.work()
        return made

    def _document(self, publicatie_id: str, number: int, tekst: str) -> Document:
        now = self.installation.platform.now()
        document = Document(
            id=self.installation.platform.new_id(),
            publicatie_id=publicatie_id,
            volgnummer=number,
            officiele_titel=f"Stuk {number}",
            aangemaakt_op=now,
            gewijzigd_op=now,
            creatiedatum=date(1998, 1, 2),
            lezing=Lezing(Leesstatus.GELEZEN, paginas=1, tekstbron="pdf"),
        )
        with self.installation.platform.registry.transaction() as tx:
            tx.save_document(document)
            tx.save_pages(document.id, [Pagina(1, tekst, "pdf")])
            tx.record(Gebeurtenis(Actie.TEXT_EXTRACTED, "document", document.id, TESTER, now))
        return document

    def sign_up(self, vraag: str, *, adres: str = ADRES, frequentie: str = "dagelijks") -> None:
        """Sign up on the site."""
        answer = self.visitor.client.post(
            "/volgen", {"vraag": vraag, "email": adres, "frequentie": frequentie}
        )
        assert answer.status_code == 200, answer.text

    def follow(self, vraag: str, *, adres: str = ADRES, frequentie: str = "dagelijks") -> None:
        """Sign up, open the link of the mail, and press its button."""
        before = len(self.mail.to(adres))
        self.sign_up(vraag, adres=adres, frequentie=frequentie)
        self.turn()
        message = self.mail.to(adres)[before]
        sleutel = key_in(text_of(message), "/volgen/bevestig")
        assert self.visitor.get("/volgen/bevestig", {"sleutel": sleutel}).status_code == 200
        pressed = self.visitor.client.post(f"/volgen/bevestig?sleutel={sleutel}", {"x": "1"})
        assert pressed.status_code == 200, pressed.text
        self.turn()

    def news(self, adres: str = ADRES) -> list[str]:
        """The text of every mail that is not a request to confirm, oldest first."""
        return [
            text_of(message) for message in self.mail.to(adres) if "Bevestig" not in str(message["Subject"])
        ]

    def tomorrow(self) -> None:
        self.clock.forward(days=1)
        self.turn()


def text_of(message: object) -> str:
    part = message.get_body(("plain",))  # type: ignore[attr-defined]
    return str(part.get_content())


def html_of(message: object) -> str:
    part = message.get_body(("html",))  # type: ignore[attr-defined]
    return str(part.get_content())


def key_in(text: str, path: str) -> str:
    """The key in the link to this path."""
    [link] = {word.strip("<>") for word in text.split() if urlsplit(word.strip("<>")).path == path}
    return parse_qs(urlsplit(link).query)["sleutel"][0]


@contextmanager
def opened(installation: Installation, **environ: str) -> Iterator[Following]:
    """Following on this installation, with a mail server."""
    with ExitStack() as stack:
        for place in ("ingest.setup", "tests.flow.installation"):
            stack.enter_context(patch(f"{place}.load_analysis", _analysis))
        lijsten = installation.platform.lijsten
        stack.enter_context(patch("tests.flow.installation.load_lijsten", lambda _settings: lijsten))
        mail = stack.enter_context(mail_server())
        installation.environ |= {
            "WOO_SITE__URL": SITE,
            "WOO_SITE__NAAM": "Gemeente Zuiderveld",
            "WOO_MAIL__HOST": "127.0.0.1",
            "WOO_MAIL__PORT": str(mail.port),
            "WOO_MAIL__TLS": "none",
            "WOO_MAIL__SENDER": "woo@zuiderveld.example",
            "WOO_MAIL__COORDINATOR": "coordinator@zuiderveld.example",
            "WOO_VOLGEN__WEBHOOK_PRIVATE": "true",
            "WOO_VOLGEN__WEBHOOK_SECONDS": "5",
            **environ,
        }
        installation.settings = load_settings(installation.environ, cwd=installation.home)
        clock = Clock()
        platform = replace(installation.platform, now=clock)
        opslag = stack.enter_context(open_volgers(installation.settings))
        index = stack.enter_context(closing(open_reader(installation.settings.index, _analysis())))
        rondes = Rondes(platform, installation.settings, opslag, index)
        rondes.turn()
        yield Following(installation, mail, opslag, platform, clock, installation.public(), rondes)
