"""The child process that fetches: reads its order, runs one spider, and writes messages to its standard output."""

import asyncio
import logging
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from ingest.sources.basis import Haler, Spin
from ingest.sources.opdracht import Crawlopdracht
from woo.cli.lifeline import die_with_parent

_SPINNEN = {
    "diwoo": ("ingest.sources.diwoo", "DiwooSpin"),
    "openoverheid": ("ingest.sources.openoverheid", "OpenoverheidSpin"),
    "site": ("ingest.sources.site", "SiteSpin"),
    "woo": ("ingest.sources.woo_feed", "WooSpin"),
}
"""The spider of each kind of source, loaded when it is asked for: a process holds the one that it uses."""
_HERE = "ingest.sources"
_OFF = None
_OF_THE_PROCESS = ("TWISTED_DNS_RESOLVER", "WOO_ALLOW_PRIVATE", "LOG_ENABLED", "LOG_INSTALL_ROOT_HANDLER")
"""What all orders have in common; Scrapy lays the settings of the process over those of each order."""
_MEMORY = 4 * 1024 * 1024


def settings_of(opdracht: Crawlopdracht) -> dict[str, Any]:
    """The settings of Scrapy that carry out the limits of a source."""
    return {
        "USER_AGENT": opdracht.agent,
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": opdracht.agent.split()[0],
        "CONCURRENT_REQUESTS": opdracht.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": opdracht.concurrency,
        "DOWNLOAD_DELAY": opdracht.delay,
        "RANDOMIZE_DOWNLOAD_DELAY": False,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": opdracht.delay,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(opdracht.concurrency),
        "DOWNLOAD_TIMEOUT": opdracht.timeout,
        "DOWNLOAD_MAXSIZE": _MEMORY,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "REDIRECT_MAX_TIMES": opdracht.redirects,
        "RETRY_ENABLED": False,
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "COMPRESSION_ENABLED": False,
        "REFERER_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "CLOSESPIDER_TIMEOUT": opdracht.seconds,
        "TWISTED_DNS_RESOLVER": f"{_HERE}.veilig.VeiligeResolver",
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Encoding": "identity"},
        "DOWNLOAD_HANDLERS": {
            "http": f"{_HERE}.schijf.Schijfhandler",
            "https": f"{_HERE}.schijf.Schijfhandler",
            "file": _OFF,
            "ftp": _OFF,
            "s3": _OFF,
            "data": _OFF,
        },
        "DOWNLOADER_MIDDLEWARES": {
            f"{_HERE}.veilig.Poortwachter": 50,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            f"{_HERE}.manieren.Robots": 100,
            f"{_HERE}.manieren.Geduld": 750,
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        },
        "SPIDER_MIDDLEWARES": {
            f"scrapy.spidermiddlewares.{each}": None
            for each in (
                "httperror.HttpErrorMiddleware",
                "urllength.UrlLengthMiddleware",
                "depth.DepthMiddleware",
            )
        },
        "LOGSTATS_INTERVAL": 0,
        "WOO_HOSTS": opdracht.hosts,
        "WOO_ALLOW_PRIVATE": opdracht.allow_private,
        "WOO_RETRIES": opdracht.retries,
        "WOO_RETRY_AFTER": opdracht.retry_after,
    }


def _spin(soort: str) -> type[Spin]:
    module, naam = _SPINNEN[soort]
    found: type[Spin] = getattr(import_module(module), naam)
    return found


async def _orders(process: AsyncCrawlerProcess) -> None:
    """Carry out one order after the other: each is the path of its file, one a line of standard input."""
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        opdracht = Crawlopdracht.lees(Path(line.strip()))
        spin = Haler if opdracht.wat == "haal" else _spin(opdracht.soort)
        settings = Settings(settings_of(opdracht))
        await process.crawl(Crawler(spin, settings), opdracht=opdracht)


def main(pad: Path) -> None:
    """Carry out orders until standard input ends; the first, which says what all have in common, is in this file."""
    die_with_parent(os.getppid())
    logging.disable(logging.ERROR)
    first = settings_of(Crawlopdracht.lees(pad))
    process = AsyncCrawlerProcess({key: first[key] for key in _OF_THE_PROCESS})
    from twisted.internet import reactor

    running: Any = reactor

    def stop(result: object) -> None:
        if isinstance(result, Failure):
            sys.stderr.write(f"{type(result.value).__name__}: {result.value}\n")
        with suppress(RuntimeError):  # it was told to stop meanwhile
            running.stop()

    running.callWhenRunning(lambda: deferred_from_coro(_orders(process)).addBoth(stop))
    process.start(stop_after_crawl=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
