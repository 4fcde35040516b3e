"""The report of a harvest: that of every run that takes in documents, and beside each state what changed at the source."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.oogst.ontdekken import LIMIET
from ingest.report import STATES, WAITING, Report, build_report, state_of
from woo.domain.oogst import Oogstitem, Oogstrun, Oogstuitkomst, Verschil
from woo.registry import Reading
from woo.usecases.platform import Platform

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class HarvestReport:
    """The run, and of every document that it saw (or found gone) its state and its change, with reasons."""

    run: Oogstrun
    report: Report

    @property
    def changes(self) -> dict[str, int]:
        counts = dict.fromkeys((each.value for each in Verschil), 0)
        for item in self.report.items:
            counts[item["change"]] += 1
        return counts

    @property
    def refused(self) -> bool:
        """Whether something in it was refused or failed, or the source was not seen whole."""
        return not is_in_orde(self.run) or self.report.refused or self.changes["failed"] > 0

    def as_json(self) -> dict[str, Any]:
        run = self.run
        return {
            "source": run.bron,
            "run": run.id,
            "outcome": None if run.uitkomst is None else run.uitkomst.value,
            "reason": run.reden,
            "complete": run.compleet,
            "requests": run.verzoeken,
            "changes": self.changes,
            "warnings": [
                {"kind": kind, "url": url, "count": count} for kind, url, count in run.waarschuwingen
            ],
            **self.report.as_json(),
        }


def is_in_orde(run: Oogstrun) -> bool:
    """Whether a run ended after it saw the source whole, or as far as was asked."""
    asked = (run.reden or "").endswith(LIMIET)
    return run.uitkomst is Oogstuitkomst.VOLLEDIG or (run.uitkomst is Oogstuitkomst.ONVOLLEDIG and asked)


def waiting(reading: Reading, run: Oogstrun) -> int:
    """How many documents of a run are not read or not shown yet."""
    return sum(
        state_of(each)[0] == WAITING
        for items in _pages(reading, run)
        for each in reading.outcomes([item.itemsleutel for item in items])
    )


def maak_verslag(platform: Platform, run: Oogstrun) -> HarvestReport:
    """The report of a run whose documents were all read; raises ValueError where one was not."""
    rows: list[dict[str, Any]] = []
    outcomes = []
    with platform.registry.read() as reading:
        for items in _pages(reading, run):
            found = {each.sleutel: each for each in reading.outcomes([item.itemsleutel for item in items])}
            for item in items:
                if item.itemsleutel in found:
                    outcomes.append(found[item.itemsleutel])
                    rows.append({"change": (item.verschil or Verschil.ONGEWIJZIGD).value, "why": item.reden})
    report = build_report(outcomes)
    items_with = tuple(
        {**item, "reason": item["reason"] or row["why"], "change": row["change"]}
        for item, row in zip(report.items, rows, strict=True)
    )
    return HarvestReport(run, Report(items_with, kinds=report.kinds))


def _pages(reading: Reading, run: Oogstrun) -> Iterator[list[Oogstitem]]:
    after = ""
    while items := reading.oogst.listed(run.bron, run.id, after=after, limit=_PAGE):
        yield items
        after = items[-1].sleutel


def als_regels(verslag: HarvestReport) -> str:
    """The report as lines for people."""
    run = verslag.run
    outcome = "not ready" if run.uitkomst is None else run.uitkomst.value
    lines = [f"{run.bron}: {outcome}{f' ({run.reden})' if run.reden else ''}, {run.verzoeken} requests"]
    lines += [f"{count:>8}  {change}" for change, count in verslag.changes.items() if count]
    lines += [
        f"{verslag.report.states[state]:>8}  {state}" for state in STATES if verslag.report.states[state]
    ]
    lines += [f"{count:>8}  warning {kind} (first: {url})" for kind, url, count in run.waarschuwingen]
    lines.append(f"{len(verslag.report.items):>8}  discovered")
    return "\n".join(lines)
