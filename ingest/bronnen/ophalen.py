"""Fetches from the site of another: only public addresses, with a pause between requests, within bytes, time and redirects."""

import ipaddress
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import IO, Protocol, cast
from urllib.parse import urljoin

import httpx

from ingest.adressen import Adres, Forbidden, checked_url, pinned
from woo.domain.errors import WooError
from woo.settings import BronnencheckSettings, OogstSettings

_MOST_REDIRECTS = 5
_IN_MEMORY = 2**20
_REQUEST_SECONDS = 20.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class NietOpgehaald(WooError):
    """An address could not be fetched; `code` names the reason (`adres`, `prive`, `naam`, `verbinding`, `tls`, `tijd`, `omleiding`)."""

    def __init__(self, code: str, url: str, why: str) -> None:
        super().__init__(f"{url}: {why}")
        self.code = code
        self.url = url
        self.why = why


class Uitgeput(WooError):
    """The check may not ask more: its requests, bytes or time are used up."""


@dataclass(slots=True)
class Antwoord:
    """What came back: the last address after redirects, status, headers (small letters), and the body as far as it was read.

    `heel` is False where the body is longer than was asked for.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    inhoud: IO[bytes]
    heel: bool
    omgeleid: bool

    @property
    def soort(self) -> str:
        """The media type that it says to be, without parameters; empty where it says none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Bron(Protocol):
    """Where answers come from."""

    verzoeken: int
    bytes: int

    def haal(self, url: str, *, limiet: int) -> Antwoord:
        """Fetch an address and at most so many bytes of it; raises NietOpgehaald or Uitgeput."""
        ...


class Ophaler:
    """A Bron on the internet.

    Every host is looked up once for each request, and the connection goes to the address that was checked, redirects
    included. No proxy of the environment is used and no cookie kept. Bytes count after decompression.
    """

    def __init__(
        self,
        oogst: OogstSettings,
        settings: BronnencheckSettings,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._oogst = oogst
        self._settings = settings
        self._monotonic = monotonic
        self._sleep = sleep
        self._goes_on = goes_on
        self._until = monotonic() + settings.seconds
        self._next = 0.0
        self.verzoeken = 0
        self.bytes = 0

    def haal(self, url: str, *, limiet: int) -> Antwoord:
        """Fetch an address, following at most five redirects.

        Raises:
            NietOpgehaald: it is no address, not a public one, or does not answer.
            Uitgeput: requests, bytes or time of the whole check are used up.
        """
        at = url
        for hop in range(_MOST_REDIRECTS + 1):
            answer = self._once(at, limiet)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                answer.omgeleid = hop > 0
                return answer
            answer.inhoud.close()
            try:
                at = urljoin(at, answer.headers["location"])
            except ValueError:
                raise NietOpgehaald("omleiding", at, "it leads on to what is no address") from None
        raise NietOpgehaald("omleiding", url, f"it leads on more than {_MOST_REDIRECTS} times")

    def _once(self, url: str, limiet: int) -> Antwoord:
        self._take_turn()
        adres, address = self._checked(url)
        with _told(url), self._client() as client:
            bare = f"[{address}]" if ":" in address else address
            request = client.build_request(
                "GET",
                f"{adres.scheme}://{bare}:{adres.port}{adres.doel}",
                headers={"Host": _host(adres), "User-Agent": self._oogst.agent, "Accept": "*/*"},
                extensions={"sni_hostname": adres.host},
            )
            answer = client.send(request, stream=True)
            try:
                headers = {naam.lower(): value for naam, value in answer.headers.items()}
                body, whole = self._body(answer.iter_bytes(65536), limiet, url)
            finally:
                answer.close()
        return Antwoord(url, answer.status_code, headers, body, whole, omgeleid=False)

    def _checked(self, url: str) -> tuple[Adres, str]:
        """The address in its parts and the number to connect to."""
        own = self._oogst.allow_private
        try:
            adres = checked_url(url.partition("#")[0], private=True)
        except Forbidden as error:
            raise NietOpgehaald("adres", url, "it is not an address that can be fetched") from error
        try:
            address = pinned(adres, private=own)
        except Forbidden as error:
            raise NietOpgehaald("prive", url, "it leads into a private network") from error
        except (OSError, UnicodeError) as error:
            raise NietOpgehaald("naam", url, "its host was not found") from error
        number = ipaddress.ip_address(address.partition("%")[0])
        if own and not number.is_global and not number.is_loopback:
            raise NietOpgehaald("prive", url, "it leads into a private network")
        return adres, address

    def _client(self) -> httpx.Client:
        left = max(1.0, self._until - self._monotonic())
        return httpx.Client(
            verify=_trusted(),
            timeout=min(_REQUEST_SECONDS, left),
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_connections=1),
        )

    def _take_turn(self) -> None:
        if self.verzoeken >= self._settings.requests:
            raise Uitgeput(f"{self._settings.requests} requests are made")
        wait = self._next - self._monotonic()
        if wait > 0:
            self._sleep(wait)
        self._in_time()
        self._next = self._monotonic() + self._settings.pause
        self.verzoeken += 1

    def _in_time(self) -> None:
        if not self._goes_on():
            raise Uitgeput("it was stopped")
        if self._monotonic() > self._until:
            raise Uitgeput(f"{self._settings.seconds:g} seconds are over")

    def _body(self, chunks: Iterator[bytes], limiet: int, url: str) -> tuple[IO[bytes], bool]:
        body = cast(IO[bytes], tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - the caller closes it
        slow_after = self._monotonic() + 2 * _REQUEST_SECONDS
        taken = 0
        try:
            for chunk in chunks:
                self._in_time()
                if self._monotonic() > slow_after:
                    raise NietOpgehaald("tijd", url, "it sends too slowly")
                part = chunk[: limiet - taken]
                taken += len(part)
                self.bytes += len(part)
                body.write(part)
                if self.bytes > self._settings.bytes:
                    raise Uitgeput(f"{self._settings.bytes} bytes are read")
                if len(part) < len(chunk):
                    return _begun(body), False
        except BaseException:
            body.close()
            raise
        return _begun(body), True


def _begun(body: IO[bytes]) -> IO[bytes]:
    body.seek(0)
    return body


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn what the HTTP library raises into NietOpgehaald."""
    try:
        yield
    except httpx.TimeoutException:
        raise NietOpgehaald("tijd", url, "it does not answer in time") from None
    except httpx.ConnectError as error:
        code = "tls" if "CERTIFICATE" in str(error).upper() or "SSL" in str(error).upper() else "verbinding"
        raise NietOpgehaald(code, url, f"no connection ({type(error).__name__})") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise NietOpgehaald("verbinding", url, f"the connection failed ({type(error).__name__})") from None


@cache
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _host(adres: Adres) -> str:
    usual = {"https": 443, "http": 80}[adres.scheme]
    name = f"[{adres.host}]" if ":" in adres.host else adres.host
    return name if adres.port == usual else f"{name}:{adres.port}"
