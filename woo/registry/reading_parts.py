"""The parts of the registry that are read each through a class of its own, from one snapshot."""

from sqlalchemy.engine import Connection

from woo.registry.accounts import AccountReading
from woo.registry.betrokkenen import BetrokkenenReading
from woo.registry.broncontroles import BroncontroleReading
from woo.registry.bundels import BundelReading
from woo.registry.dossier import DossierReading
from woo.registry.intrekkingen import IntrekkingReading
from woo.registry.oogst import OogstReading
from woo.registry.publiceren import PublicerenReading
from woo.registry.sitemaps import SitemapReading
from woo.registry.termijnen import TermijnReading
from woo.registry.voorstellen import VoorstelReading
from woo.registry.wijzigingen import WijzigingReading


class ReadingParts:
    """What `Reading` has of each part."""

    connection: Connection

    @property
    def dossier(self) -> DossierReading:
        """Requests, decisions and inventories, of the same snapshot."""
        return DossierReading(self.connection)

    @property
    def publiceren(self) -> PublicerenReading:
        """Plans, fields of categories, announcements and links for requesters, of the same snapshot."""
        return PublicerenReading(self.connection)

    @property
    def accounts(self) -> AccountReading:
        """Who may log in at the desk, of the same snapshot."""
        return AccountReading(self.connection)

    @property
    def termijnen(self) -> TermijnReading:
        """Facts for the legal terms, of the same snapshot."""
        return TermijnReading(self.connection)

    @property
    def betrokkenen(self) -> BetrokkenenReading:
        """Requesters and third parties, of the same snapshot; for the desk alone."""
        return BetrokkenenReading(self.connection)

    @property
    def voorstellen(self) -> VoorstelReading:
        """Inventories that wait to be confirmed, of the same snapshot."""
        return VoorstelReading(self.connection)

    @property
    def bundels(self) -> BundelReading:
        """Many publicaties with their documents at once, of the same snapshot."""
        return BundelReading(self.connection)

    @property
    def sitemaps(self) -> SitemapReading:
        """Which document stands in which sitemap, of the same snapshot."""
        return SitemapReading(self.connection)

    @property
    def wijzigingen(self) -> WijzigingReading:
        """The feed of changes, of the same snapshot."""
        return WijzigingReading(self.connection)

    @property
    def intrekkingen(self) -> IntrekkingReading:
        """Withdrawals, proposals, leak sheets and terms, of the same snapshot."""
        return IntrekkingReading(self.connection)

    @property
    def broncontroles(self) -> BroncontroleReading:
        """Checks of other publishers, of the same snapshot."""
        return BroncontroleReading(self.connection)

    @property
    def oogst(self) -> OogstReading:
        """What was harvested, of the same snapshot."""
        return OogstReading(self.connection)
