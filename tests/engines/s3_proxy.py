"""A way to an S3 server on which answers get lost, requests are refused, and every request is noted."""

import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

_KEY = re.compile(r"Credential=([^/]+)/")
_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}

# lose: the server does it, its answer is lost · drop: the server never hears of it · stall: no answer ever · deny: 403
Fault = Literal["lose", "drop", "stall", "deny"]

_DENIED = (
    b"<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message><AWSAccessKeyId>sleutel-werker</AWSAccessKeyId>"
    b"<StringToSign>geheim-van-de-server</StringToSign></Error>"
)


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent, and how much went which way."""

    method: str
    path: str
    key: str
    sent: int
    answered: int
    copy: bool


@dataclass(slots=True)
class Trouble:
    """What happens to the next requests of this method whose address holds these words."""

    fault: Fault
    method: str = ""
    words: str = ""
    times: int = 1
    skip: int = 0

    def meets(self, method: str, path: str) -> bool:
        if self.times <= 0 or self.method not in ("", method) or self.words not in path:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass(slots=True)
class Way:
    """The way to the server; tests put trouble on it and look at what was sent."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def trouble(
        self, fault: Fault, method: str = "", words: str = "", *, times: int = 1, skip: int = 0
    ) -> None:
        self.troubles.append(Trouble(fault, method, words, times, skip))

    def fault(self, method: str, path: str) -> Fault | None:
        with self.guard:
            return next((t.fault for t in self.troubles if t.meets(method, path)), None)

    def keys(self) -> set[str]:
        return {request.key for request in self.requests}


@contextmanager
def way_to(url: str) -> Iterator[Way]:
    """Open a way to the S3 server at this address."""
    way = Way()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(way, urlsplit(url).netloc))
    server.daemon_threads = True
    way.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield way
    finally:
        way.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(way: Way, upstream: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            fault = way.fault(self.command, self.path)
            if fault == "stall":
                way.ended.wait(30)
            if fault == "deny":
                self._answer(403, {}, _DENIED)
                return
            if fault in ("drop", "stall"):
                self.close_connection = True
                return
            status, headers, content = self._forward(body)
            if fault == "lose":
                self.close_connection = True
            else:
                self._answer(status, headers, content)

        def _forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
            server = http.client.HTTPConnection(upstream, timeout=60)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
            try:
                server.request(self.command, self.path, body or None, headers)
                answer = server.getresponse()
                content = answer.read()
            finally:
                server.close()
            found = _KEY.search(self.headers.get("Authorization") or "")
            copy = "x-amz-copy-source" in self.headers
            with way.guard:
                way.requests.append(
                    Request(self.command, self.path, found[1] if found else "", len(body), len(content), copy)
                )
            kept = {name: value for name, value in answer.getheaders() if name.lower() not in _HOP}
            if self.command == "HEAD":
                kept["Content-Length"] = answer.getheader("Content-Length") or "0"
            return answer.status, kept, content

        def _answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if self.command != "HEAD":
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler
