"""The parts of the registry that are changed each through a class of its own, in one transaction."""

from abc import abstractmethod
from contextlib import AbstractContextManager

from woo.registry.accounts import AccountWriting
from woo.registry.betrokkenen import BetrokkenenWriting
from woo.registry.broncontroles import BroncontroleWriting
from woo.registry.dossier import DossierWriting
from woo.registry.intrekkingen import IntrekkingWriting
from woo.registry.oogst import OogstWriting
from woo.registry.publiceren import PublicerenWriting
from woo.registry.reading import Reading
from woo.registry.sitemaps import SitemapWriting
from woo.registry.termijnen import TermijnWriting
from woo.registry.voorstellen import VoorstelWriting
from woo.registry.wijzigingen import WijzigingWriting


class WritingParts(Reading):
    """What `Transaction` has of each part, in the place of what `Reading` has of it."""

    @property
    def dossier(self) -> DossierWriting:
        """Requests, decisions and inventories, changed in this transaction."""
        return DossierWriting(self.connection, self._saving)

    @property
    def publiceren(self) -> PublicerenWriting:
        """Plans, fields of categories, announcements and links for requesters, changed in this transaction."""
        return PublicerenWriting(self.connection, self._saving)

    @property
    def accounts(self) -> AccountWriting:
        """Who may log in at the desk, changed in this transaction."""
        return AccountWriting(self.connection, self._saving)

    @property
    def termijnen(self) -> TermijnWriting:
        """Facts for the legal terms, changed in this transaction."""
        return TermijnWriting(self.connection, self._saving)

    @property
    def betrokkenen(self) -> BetrokkenenWriting:
        """Requesters and third parties, changed in this transaction."""
        return BetrokkenenWriting(self.connection, self._saving)

    @property
    def voorstellen(self) -> VoorstelWriting:
        """Inventories that wait to be confirmed, changed in this transaction."""
        return VoorstelWriting(self.connection, self._saving)

    @property
    def sitemaps(self) -> SitemapWriting:
        """Which document stands in which sitemap, changed in this transaction."""
        return SitemapWriting(self.connection)

    @property
    def wijzigingen(self) -> WijzigingWriting:
        """The feed of changes, changed in this transaction."""
        return WijzigingWriting(self.connection)

    @property
    def intrekkingen(self) -> IntrekkingWriting:
        """Withdrawals, proposals, leak sheets and terms, changed in this transaction."""
        return IntrekkingWriting(self.connection, self._saving)

    @property
    def broncontroles(self) -> BroncontroleWriting:
        """Checks of other publishers, changed in this transaction."""
        return BroncontroleWriting(self.connection)

    @property
    def oogst(self) -> OogstWriting:
        """What was harvested, changed in this transaction."""
        return OogstWriting(self.connection, self._saving)

    @abstractmethod
    def _saving(self, name: str) -> AbstractContextManager[None]:
        """Name the object that a rule of the database refuses."""
