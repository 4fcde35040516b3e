"""The registry: publicaties, documents, pages, decisions, items, jobs, leases, keys and the log; the truth of the platform."""

from woo.registry.dossier import DossierReading, DossierWriting
from woo.registry.intrekking_mapping import Intrekkingsregel
from woo.registry.intrekkingen import Geteld, IntrekkingReading, IntrekkingWriting, Welke
from woo.registry.jobs import Job, JobQueue, Retry
from woo.registry.keys import Key, Keys
from woo.registry.kinds import PART as REGISTRY
from woo.registry.kinds import Limits
from woo.registry.leases import SCHRIJVER, Leases
from woo.registry.log import Breach, Head, Log, LoggedEvent
from woo.registry.outcomes import Outcome
from woo.registry.reading import Reading
from woo.registry.records import EIGEN_STATEN, Bestandsversie, Counts, Item, Shown, Soort
from woo.registry.registry import Registry
from woo.registry.transaction import Transaction

__all__ = [
    "EIGEN_STATEN",
    "REGISTRY",
    "SCHRIJVER",
    "Bestandsversie",
    "Breach",
    "Counts",
    "DossierReading",
    "DossierWriting",
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
    "Leases",
    "Limits",
    "Log",
    "LoggedEvent",
    "Outcome",
    "Reading",
    "Registry",
    "Retry",
    "Shown",
    "Soort",
    "Transaction",
    "Welke",
]
