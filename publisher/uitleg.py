"""The explanations of judgements and grounds, for whoever at the desk tells of them; read once."""

from functools import lru_cache

from publisher.desk import Desk
from woo.diwoo.uitleg import Uitlegboek
from woo.diwoo.waardelijsten import Waardelijsten
from woo.settings import config_folder


def book_of(desk: Desk) -> Uitlegboek:
    """The explanations of this installation."""
    return _book(desk.platform.lijsten)


@lru_cache(maxsize=2)
def _book(lijsten: Waardelijsten) -> Uitlegboek:
    return Uitlegboek.load(config_folder() / "uitleg.yaml", lijsten)
