"""`woo serve`: start every service as a process of its own, keep them running, and end them together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from woo.cli.exits import ExitCode, fail, told_errors
from woo.cli.lifeline import die_with_parent
from woo.cli.loading import Load
from woo.cli.parts import entry_points

if TYPE_CHECKING:
    from woo.settings import Settings

SERVICES = "woo.services"
_GRACE = 15.0
_STEADY = 60.0
_DEFAULT_PORT = 8000


@dataclass(slots=True)
class Child:
    """One service process, started again when it ends by itself."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    not_before: float = 0.0
    codes: list[int] = field(default_factory=list)

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, env=self.environment, stdin=subprocess.DEVNULL)
        self.started = time.monotonic()

    def look(self) -> int | None:
        """Start again what ended; returns its exit code when it just did."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.not_before:
                self.start()
            return None
        code = self.process.poll()
        if code is None:
            return None
        self.process = None
        self.failures = 1 if now - self.started > _STEADY else self.failures + 1
        self.not_before = now + min(2.0**self.failures, 30.0)
        return code


def run_together(children: list[Child], stop: threading.Event) -> int:
    """Keep the children running until `stop`; returns UNREACHABLE when one says it cannot ever start, else OK."""
    try:
        while not stop.is_set():
            for child in children:
                code = child.look()
                if code is None:
                    continue
                sys.stderr.write(f"woo: {child.name} ended with code {code}\n")
                if code in (ExitCode.USAGE, ExitCode.UNREACHABLE) and child.failures >= 3:
                    return int(ExitCode.UNREACHABLE)
            stop.wait(0.2)
    finally:
        _end(children)
    return int(ExitCode.OK)


def _end(children: list[Child]) -> None:
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + _GRACE
    for process in running:
        try:
            process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def check_port(host: str, port: int, what: str) -> None:
    """End with a clear message when an address is taken, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            fail(
                ExitCode.UNREACHABLE,
                f"{what} cannot listen on {host}:{port}: {error.strerror}. Choose another port.",
            )


def site_url(settings: "Settings") -> str:
    """The public address: as set, and on this machine with the port that is really served."""
    default = f"http://127.0.0.1:{_DEFAULT_PORT}"
    return (
        f"http://127.0.0.1:{settings.serve.public_port}"
        if settings.site.url == default
        else settings.site.url
    )


def put_setting(environ: MutableMapping[str, str], variable: str, value: str) -> None:
    """Set a variable of the settings in place of what was there, also of a file that held its value."""
    environ.pop(f"{variable}_FILE", None)
    environ[variable] = value


def service_children(settings: "Settings", *, worker: bool) -> list[Child]:
    """One child per installed service, and the worker."""
    environment = dict(os.environ)
    put_setting(environment, "WOO_SERVE__PUBLIC_PORT", str(settings.serve.public_port))
    put_setting(environment, "WOO_SITE__URL", site_url(settings))
    put_setting(environment, "WOO_SERVE__DESK_PORT", str(settings.serve.desk_port))
    names = [point.name for point in entry_points(SERVICES)]
    commands = {name: ["service", name] for name in names} | ({"worker": ["work"]} if worker else {})
    parent = ["--with-parent", str(os.getpid())]
    return [
        Child(name, [sys.executable, "-m", "woo", *words, *parent], environment)
        for name, words in commands.items()
    ]


def serve(settings: "Settings", *, worker: bool = True) -> int:
    """Run all services until a signal ends them; returns the exit code."""
    check_port(settings.serve.public_host, settings.serve.public_port, "The public site")
    check_port(settings.serve.desk_host, settings.serve.desk_port, "The desk")
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    sys.stderr.write(
        f"Public site: http://{settings.serve.public_host}:{settings.serve.public_port}/\n"
        f"Desk:        http://{settings.serve.desk_host}:{settings.serve.desk_port}/\n"
        "Ctrl-C stops everything.\n"
    )
    return run_together(service_children(settings, worker=worker), stop)


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add `serve` and the hidden `service`."""

    @app.command("serve")
    def serve_(
        public_port: Annotated[int | None, typer.Option(help="Port of the public site.")] = None,
        desk_port: Annotated[int | None, typer.Option(help="Port of the coordinator's desk.")] = None,
        no_worker: Annotated[bool, typer.Option("--no-worker", help="Do not start a worker.")] = False,
    ) -> None:
        """Start the public site, the desk and a worker in one command."""
        with told_errors():
            if public_port is not None:
                put_setting(os.environ, "WOO_SERVE__PUBLIC_PORT", str(public_port))
            if desk_port is not None:
                put_setting(os.environ, "WOO_SERVE__DESK_PORT", str(desk_port))
            code = serve(load(), worker=not no_worker)
        raise typer.Exit(code)

    @app.command("service", hidden=True)
    def service(
        name: str, with_parent: Annotated[int | None, typer.Option("--with-parent", hidden=True)] = None
    ) -> None:
        """Run one service in this process; used by `serve`."""
        with told_errors():
            points = {point.name: point for point in entry_points(SERVICES)}
            if name not in points:
                fail(ExitCode.USAGE, f"there is no service {name!r}; there are {', '.join(points)}")
            if with_parent is not None:
                die_with_parent(with_parent)
            points[name].load()(load())
