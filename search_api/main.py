"""Starts the public side: opens the reading ends of index and store and the adding end of the inbox, and serves."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import uvicorn
from fastapi import FastAPI

from search_api.app import create_app, warm
from search_api.learning import learn_first
from woo.analysis import DutchAnalysis
from woo.diwoo.waardelijsten import Waardelijsten
from woo.index.open import open_reader
from woo.sandbox import Limits, Sandbox
from woo.settings import Settings, config_folder
from woo.storage.open import open_inbox_adder, open_public_reader

_GRACE_SECONDS = 10
_RENDER_SECONDS = 20.0
_RENDER_MEMORY = 1024 * 2**20
_RENDER_OUTPUT = 32 * 2**20


@contextmanager
def opened(settings: Settings) -> Iterator[FastAPI]:
    """The application over the installation that the settings name, reading ends only; closed afterwards."""
    config = config_folder()
    analysis = DutchAnalysis.load(config / "zoeken")
    limits = Limits(
        seconds=_RENDER_SECONDS,
        memory_bytes=_RENDER_MEMORY,
        pages=settings.limits.pages,
        output_bytes=_RENDER_OUTPUT,
    )
    with (
        closing(open_reader(settings.index, analysis)) as index,
        Sandbox(limits, processes=settings.search.render_processes) as sandbox,
    ):
        yield create_app(
            index=index,
            store=open_public_reader(settings.storage.public, settings.storage),
            inbox=open_inbox_adder(settings.storage.inbox, settings.storage),
            settings=settings,
            analysis=analysis,
            lijsten=Waardelijsten.load(
                config / "waardelijsten", aanvulling=settings.waardelijsten.aanvulling
            ),
            sandbox=sandbox,
        )


def run(settings: Settings) -> None:
    """Serve the public site and API until the process is told to stop (SIGTERM, SIGINT)."""
    with opened(settings) as app:
        warm(app)
        learn_first(app.state.parts)
        try:
            _serve(app, settings)
        finally:
            app.state.parts.teller.flush()


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
