"""Starts the desk: opens the platform and serves on the address of the settings, which is this machine alone by default."""

import ipaddress
import socket

import uvicorn

from publisher.app import create_app
from publisher.tus.opslag import Aanvoeropslag
from woo.domain.errors import Refused, Unavailable
from woo.logs import get_logger
from woo.settings import Settings
from woo.usecases.platform import await_platform

_GRACE_SECONDS = 10
_PART = "The desk"
_log = get_logger(__name__)


def run(settings: Settings) -> None:
    """Serve the desk until the process is told to stop (SIGTERM, SIGINT); it waits for a registry on a server.

    Raises:
        Refused: the address is not one that names a place to listen for certain.
        Unavailable: the address is taken, or the registry or the storage cannot be opened.
    """
    host, port = settings.serve.desk_host, settings.serve.desk_port
    address = listen_address(host)
    with await_platform(settings) as platform, _listen(address, port) as listening:
        # No access log: it would keep who worked on what. X-Forwarded-For counts only as said by a proxy of the settings.
        Aanvoeropslag(settings.uploads, platform.now).sweep()
        app = create_app(platform, settings)
        config = uvicorn.Config(
            app,
            access_log=False,
            log_config=None,
            proxy_headers=bool(settings.serve.trusted_proxies),
            forwarded_allow_ips=[str(network) for network in settings.serve.trusted_proxies],
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        try:
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            app.state.etalage.close()


def listen_address(host: str) -> str:
    """The address to listen on; one that others can reach is taken only when it is written out, and logged.

    `localhost` is this machine. Any other name is refused: what it means can change without anybody changing a setting.
    """
    if host == "localhost":
        return "127.0.0.1"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        why = "a name may come to mean another machine; write the IP address in WOO_SERVE__DESK_HOST"
        raise Refused("start the desk on", repr(host), why) from None
    if not address.is_loopback:
        _log.warning("desk_open_to_others", address=str(address), advice="put a proxy with TLS before it")
    return str(address)


def _listen(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=128)
    except OSError as error:
        raise Unavailable(_PART, f"it cannot listen on {address} port {port}: {error.strerror}") from error
