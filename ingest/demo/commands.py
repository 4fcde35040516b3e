"""`woo demo`: a fictional municipality, loaded and served."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.demo.model import AANVULLING
from woo.cli.exits import told_errors
from woo.cli.loading import Load
from woo.cli.serve import serve

if TYPE_CHECKING:
    from woo.settings import Settings

_DEFAULTS = {
    "WOO_HOME": "var/demo",
    "WOO_SITE__NAAM": "Gemeente Zuiderveld",
    "WOO_SITE__ONDERTITEL": "Open documenten (verzonnen gemeente)",
    "WOO_WAARDELIJSTEN__AANVULLING": str(AANVULLING),
    "WOO_LOGGING__LEVEL": "warning",
}

_HERE = ("localhost", "127.0.0.1", "::1")


def add_commands(app: typer.Typer, load: Load) -> None:
    """Add `demo`."""

    @app.command("demo")
    def demo(
        serving: Annotated[
            bool, typer.Option("--serve/--load-only", help="Serve it, or only load it.")
        ] = True,
    ) -> None:
        """Load a fictional municipality into var/demo (or WOO_HOME) and serve it."""
        with told_errors():
            for name, value in _DEFAULTS.items():
                os.environ.setdefault(name, value)
            if os.environ.get("WOO_SERVE__DESK_HOST", "127.0.0.1") in _HERE:
                os.environ.setdefault("WOO_AANMELDEN__TWEEDE_STAP", "nooit")
            settings, secret, password = _loaded(load)
            if not serving:
                raise typer.Exit(0)
            sys.stderr.write(_log_in(settings, secret, password))
            code = serve(settings)
        raise typer.Exit(code)


def _log_in(settings: "Settings", secret: str, password: str) -> str:
    from ingest.demo.mensen import MENSEN

    desk = settings.aanmelden.url or f"http://127.0.0.1:{settings.serve.desk_port}"
    people = "".join(f"  {email}  ({rol.rol.value})\n" for email, _, rol in MENSEN)
    return (
        f"Demo log-in for the desk: {desk}/ with password {password} and one of\n{people}"
        f"and for programs: Authorization: Bearer {secret}\n"
    )


def _loaded(load: Load) -> tuple["Settings", str, str]:
    """Make and load everything; returns the settings of the demo, the key for its desk and the password of its people."""
    from ingest.demo.load import demo_key, load_demo
    from ingest.demo.mensen import demo_people
    from ingest.setup import open_sandbox, open_worker
    from woo.usecases.platform import open_platform

    settings = load()
    with open_platform(settings) as platform, open_sandbox(settings) as sandbox:
        sys.stderr.write("Making and loading the documents of gemeente Zuiderveld (verzonnen) …\n")
        load_demo(platform, settings.home / "documenten")
        open_worker(platform, sandbox, settings).run(until_idle=True)
        return settings, demo_key(platform), demo_people(platform, settings)
