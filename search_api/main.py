"""Starts the public side: opens the reading ends of index and store and the adding end of the inbox, and serves."""

import uvicorn
from fastapi import FastAPI

from search_api.app import create_app, warm
from search_api.learning import learn_first
from search_api.opening import opened_parts
from woo.settings import Settings

_GRACE_SECONDS = 10


def run(settings: Settings) -> None:
    """Serve the public site and API until the process is told to stop (SIGTERM, SIGINT)."""
    with opened_parts(settings) as parts:
        app = create_app(parts)
        warm(app)
        learn_first(parts)
        try:
            _serve(app, settings)
        finally:
            parts.teller.flush()


def _serve(app: FastAPI, settings: Settings) -> None:
    # No access log: it would keep what people search for.
    uvicorn.run(
        app,
        host=settings.serve.public_host,
        port=settings.serve.public_port,
        access_log=False,
        server_header=False,
        log_config=None,
        proxy_headers=bool(settings.serve.trusted_proxies),
        forwarded_allow_ips=[str(network) for network in settings.serve.trusted_proxies],
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
