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
            settings, secret = _loaded(load)
            if not serving:
                raise typer.Exit(0)
            sys.stderr.write(f"Demo log-in for the desk: Authorization: Bearer {secret}\n")
            code = serve(settings)
        raise typer.Exit(code)


def _loaded(load: Load) -> tuple["Settings", str]:
    """Make and load everything; returns the settings of the demo and the key for its desk."""
    from ingest.demo.load import demo_key, load_demo
    from ingest.setup import open_sandbox, open_worker
    from woo.usecases.platform import open_platform

    settings = load()
    with open_platform(settings) as platform, open_sandbox(settings) as sandbox:
        sys.stderr.write("Making and loading the documents of gemeente Zuiderveld (verzonnen) …\n")
        load_demo(platform, settings.home / "documenten")
        open_worker(platform, sandbox, settings).run(until_idle=True)
        return settings, demo_key(platform)
