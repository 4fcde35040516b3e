"""Sources that are harvested: what `config/sources/*.yaml` says of each."""

from woo.oogst.bron import Bron, Bronsoort, Feed, Grenzen, Toetsen
from woo.oogst.bronnen import Bronnen, load_bronnen

__all__ = ["Bron", "Bronnen", "Bronsoort", "Feed", "Grenzen", "Toetsen", "load_bronnen"]
