"""The registry: publicaties, documents, pages, decisions, items, jobs, leases, keys and the log; the truth of the platform."""

from woo.registry.accounts import AccountReading, AccountWriting, Geheimen, Link
from woo.registry.agendasleutels import Agendasleutel, Agendasleutels
from woo.registry.bundels import Bundel, BundelReading
from woo.registry.dossier import DossierReading, DossierWriting, Regelkeuze
from woo.registry.intrekking_mapping import Intrekkingsregel
from woo.registry.intrekkingen import Geteld, IntrekkingReading, IntrekkingWriting, Welke
from woo.registry.jobs import Job, JobQueue, Retry
from woo.registry.keuring import Kort, Regelkort
from woo.registry.keys import Key, Keys
from woo.registry.kinds import PART as REGISTRY
from woo.registry.kinds import Limits
from woo.registry.leases import SCHRIJVER, Leases
from woo.registry.log import Breach, Head, Log, LoggedEvent
from woo.registry.log_search import Logvraag
from woo.registry.login_state import LoginState, Poging
from woo.registry.outcomes import Outcome
from woo.registry.reading import Reading
from woo.registry.records import EIGEN_STATEN, Bestandsversie, Counts, Item, Shown, Soort
from woo.registry.registry import Registry
from woo.registry.sessions import Sessions, digest_of
from woo.registry.sitemaps import Sitemapdeel, Sitemapplaats, SitemapReading, SitemapWriting
from woo.registry.termijnen import Bijgewerkt, TermijnReading, TermijnWriting
from woo.registry.termijnpost import Termijnposten
from woo.registry.transaction import Transaction
from woo.registry.wijzigingen import Wijzigingdeel, WijzigingReading, WijzigingWriting

__all__ = [
    "EIGEN_STATEN",
    "REGISTRY",
    "SCHRIJVER",
    "AccountReading",
    "AccountWriting",
    "Agendasleutel",
    "Agendasleutels",
    "Bestandsversie",
    "Bijgewerkt",
    "Breach",
    "Bundel",
    "BundelReading",
    "Counts",
    "DossierReading",
    "DossierWriting",
    "Geheimen",
    "Geteld",
    "Head",
    "IntrekkingReading",
    "IntrekkingWriting",
    "Intrekkingsregel",
    "Item",
    "Job",
    "JobQueue",
    "Key",
    "Keys",
    "Kort",
    "Leases",
    "Limits",
    "Link",
    "Log",
    "LoggedEvent",
    "LoginState",
    "Logvraag",
    "Outcome",
    "Poging",
    "Reading",
    "Regelkeuze",
    "Regelkort",
    "Registry",
    "Retry",
    "Sessions",
    "Shown",
    "SitemapReading",
    "SitemapWriting",
    "Sitemapdeel",
    "Sitemapplaats",
    "Soort",
    "TermijnReading",
    "TermijnWriting",
    "Termijnposten",
    "Transaction",
    "Welke",
    "WijzigingReading",
    "WijzigingWriting",
    "Wijzigingdeel",
    "digest_of",
]
