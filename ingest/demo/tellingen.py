"""Works out the invented parking counts of the research report: the same numbers every time."""

from collections.abc import Mapping
from typing import Any

UREN = ("7:00", "10:00", "12:00", "14:00", "16:00", "19:00", "21:00", "0:00")
DAGEN = (("donderdag 18 september", 1.0), ("vrijdag 19 september", 1.02), ("zaterdag 20 september", 1.05))
_VERLOOP = {
    "winkel": (0.28, 0.71, 0.83, 0.88, 0.79, 0.58, 0.49, 0.34),
    "woon": (0.88, 0.62, 0.57, 0.60, 0.73, 0.93, 0.97, 0.99),
    "terrein": (0.18, 0.64, 0.78, 0.84, 0.71, 0.43, 0.33, 0.15),
    "werk": (0.31, 0.86, 0.89, 0.87, 0.68, 0.24, 0.13, 0.08),
}
_WEEKEND = {"winkel": 1.06, "woon": 0.97, "terrein": 1.24, "werk": 0.62}


def counts(sectie: Mapping[str, Any]) -> list[list[str]]:
    """Return a row per day of a street section (`naam`, `plaatsen`, `soort`): day, counts per hour, highest pressure."""
    rows = []
    for number, (dag, factor) in enumerate(DAGEN):
        drukte = factor * (_WEEKEND[sectie["soort"]] if dag.startswith("zaterdag") else 1)
        cars = [_cars(sectie, drukte, number * len(UREN) + n) for n in range(len(UREN))]
        pressure = round(100 * max(cars) / sectie["plaatsen"])
        rows.append([dag, *map(str, cars), f"{pressure}%"])
    return rows


def _cars(sectie: Mapping[str, Any], drukte: float, moment: int) -> int:
    share = _VERLOOP[sectie["soort"]][moment % len(UREN)]
    # A little unrest, so that neighbouring streets differ: -5 to +5 per cent from the name and the moment.
    unrest = (sum(map(ord, sectie["naam"])) * 7 + moment * 13) % 11 - 5
    cars = sectie["plaatsen"] * sectie.get("druk", 1) * share * drukte * (1 + unrest / 100)
    return int(min(round(cars), round(sectie["plaatsen"] * 1.08)))
