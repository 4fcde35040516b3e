"""Harvesting in the registry: sources, runs, items, groups and answers; read from a snapshot, written in a transaction."""

from woo.registry.oogst_groepen import GroepReading, GroepWriting
from woo.registry.oogst_items import ItemReading, ItemWriting
from woo.registry.oogst_runs import RunReading, RunWriting


class OogstReading(RunReading, ItemReading, GroepReading):
    """What can be asked of one snapshot about harvesting."""


class OogstWriting(RunWriting, ItemWriting, GroepWriting, OogstReading):
    """The same inside a transaction, and its changes."""
