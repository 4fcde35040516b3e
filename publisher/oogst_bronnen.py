"""The sources of harvesting as the desk knows them: read from their files for each request."""

from publisher.desk import Desk
from woo.domain.errors import Unavailable
from woo.oogst import Bronnen, load_bronnen
from woo.settings import SettingsError


def bronnen_of(desk: Desk) -> Bronnen:
    """The sources; raises Unavailable, with what is wrong, where their files cannot be used."""
    try:
        return load_bronnen(desk.settings, desk.platform.lijsten)
    except SettingsError as error:
        raise Unavailable("the folder of sources", str(error)) from error
