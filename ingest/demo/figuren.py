"""Draws the charts of the reports: bars and lines, labelled, in the sender's colours."""

from collections.abc import Mapping
from typing import Any

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.colors import HexColor

from ingest.demo.huisstijl import Huisstijl

_WIDTH, _HEIGHT = 455, 210
_OTHERS = (HexColor("#8aa29e"), HexColor("#c9d6d3"))


def chart(figuur: Mapping[str, Any], stijl: Huisstijl) -> Drawing:
    """Draw a figure: `soort` (staaf or lijn), `titel`, `labels`, `reeksen` (name to numbers), `eenheid`."""
    reeksen: Mapping[str, list[float]] = figuur["reeksen"]
    plot = VerticalBarChart() if figuur["soort"] == "staaf" else HorizontalLineChart()
    colours = (stijl.kleur, stijl.accent, *_OTHERS)
    plot.x, plot.y, plot.width, plot.height = 36, 48, _WIDTH - 50, _HEIGHT - 88
    plot.data = list(reeksen.values())
    plot.categoryAxis.categoryNames = [str(label) for label in figuur["labels"]]
    plot.categoryAxis.labels.fontName = plot.valueAxis.labels.fontName = stijl.gewoon
    plot.categoryAxis.labels.fontSize = plot.valueAxis.labels.fontSize = 7.5
    plot.categoryAxis.strokeColor = plot.valueAxis.strokeColor = HexColor("#7f8c88")
    plot.valueAxis.valueMin = 0
    plot.valueAxis.valueMax = figuur.get("tot", max(map(max, plot.data)) * 1.1)
    plot.valueAxis.visibleGrid = True
    plot.valueAxis.gridStrokeColor = HexColor("#dde3e1")
    for n, _ in enumerate(plot.data):
        if figuur["soort"] == "staaf":
            plot.bars[n].fillColor = colours[n]
            plot.bars[n].strokeColor = None
        else:
            plot.lines[n].strokeColor = colours[n]
            plot.lines[n].strokeWidth = 2.2
    drawing = Drawing(_WIDTH, _HEIGHT)
    drawing.add(
        String(0, _HEIGHT - 14, figuur["titel"], fontName=stijl.vet, fontSize=9.5, fillColor=stijl.kleur)
    )
    drawing.add(String(0, _HEIGHT - 28, figuur["eenheid"], fontName=stijl.gewoon, fontSize=7.5))
    drawing.add(plot)
    if len(reeksen) > 1:
        drawing.add(_legend(list(reeksen), colours, stijl))
    return drawing


def _legend(names: list[str], colours: tuple[Any, ...], stijl: Huisstijl) -> Legend:
    legend = Legend()
    legend.x, legend.y = 36, 4
    legend.boxAnchor = "sw"
    legend.alignment = "right"
    legend.columnMaximum = 1
    legend.deltax = 110
    legend.dx = legend.dy = 7
    legend.strokeColor = None
    legend.fontName, legend.fontSize = stijl.gewoon, 7.5
    legend.colorNamePairs = list(zip(colours, names, strict=False))
    return legend
