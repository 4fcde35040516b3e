"""Health check of a container: `healthy.py http://127.0.0.1:8000/gezondheid/live`, or `healthy.py tcp://127.0.0.1:8001`."""

import http.client
import socket
import sys
from urllib.parse import urlsplit

_SECONDS = 4.0


def why_not(address: str) -> str | None:
    """Return why the service at this address is not well, or None when it is."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "tcp") or parts.hostname is None or parts.port is None:
        return f"{address!r} was refused: accepted is http://host:port/path or tcp://host:port"
    try:
        if parts.scheme == "tcp":
            socket.create_connection((parts.hostname, parts.port), timeout=_SECONDS).close()
            return None
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=_SECONDS)
        connection.request("GET", parts.path or "/")
        status = connection.getresponse().status
        connection.close()
    except (OSError, http.client.HTTPException) as error:
        return f"{address} does not answer: {error}"
    return None if status == http.HTTPStatus.OK else f"{address} answers {status}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("healthy.py takes one address")
    sys.exit(why_not(sys.argv[1]))
