"""Tags for charts and maps. Each draws on the server, needs no script, and carries its facts as a table."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from throughline.web.components import charts, maps
from throughline.web.components.charts import Bar, Series
from throughline.web.components.parts import Cell, Column

register = template.Library()


def figure(
    title: str, key: str, description: str, columns: Sequence[Column], rows: Sequence[Any]
) -> dict[str, Any]:
    """Return what every chart and map has: words for those who cannot see it, and a table."""
    return {"title": title, "key": key, "description": description, "columns": columns, "rows": rows}


@register.inclusion_tag("components/tags/bar_chart.html")
def bar_chart(
    title: str, bars: Sequence[Bar], key: str, counted: str = "", description: str = ""
) -> dict[str, Any]:
    """``{% bar_chart "Offers by preference" bars "offers" counted="Children" %}``: ``key`` is unique in the page."""
    view = charts.bars(bars)
    columns = [Column(_("Group")), Column(counted or _("Number"), numeric=True)]
    rows = [(bar.label, Cell(charts.words(bar.value), note=bar.note)) for bar in bars]
    return (
        figure(
            title, key, description or _("Bar chart. The same numbers are in the table below."), columns, rows
        )
        | view
    )


@register.inclusion_tag("components/tags/stacked_bar_chart.html")
def stacked_bar_chart(
    title: str, labels: Sequence[str], series: Sequence[Series], key: str, description: str = ""
) -> dict[str, Any]:
    """``{% stacked_bar_chart title labels series "assessments" %}``: parts of a whole, at most four."""
    view = {"series": series} | charts.stacked(labels, series)
    said = description or _("Stacked bar chart. The same numbers are in the table below.")
    return figure(title, key, said, *series_table(labels, series)) | view


@register.inclusion_tag("components/tags/line_chart.html")
def line_chart(
    title: str, labels: Sequence[str], series: Sequence[Series], key: str, description: str = ""
) -> dict[str, Any]:
    """``{% line_chart title labels series "absence" %}``: change over time, at most four lines, always from 0."""
    view = charts.lines(labels, series)
    said = description or _("Line chart. The same numbers are in the table below.")
    return figure(title, key, said, *series_table(labels, series)) | view


def series_table(labels: Sequence[str], series: Sequence[Series]) -> tuple[list[Column], list[Any]]:
    """Return the columns and rows of the table under a chart of several series."""
    columns = [Column(_("Group")), *(Column(part.name, numeric=True) for part in series)]
    rows = [(label, *(charts.words(part.values[i]) for part in series)) for i, label in enumerate(labels)]
    return columns, rows


@register.inclusion_tag("components/tags/map.html", name="map")
def map_picture(title: str, layers: Sequence[maps.Layer], key: str, description: str = "") -> dict[str, Any]:
    """``{% map "Schools near you" layers "schools" %}``: places and outlines in National Grid metres."""
    view = maps.picture(layers)
    columns = [Column(_("Number on the map")), Column(_("Name")), Column(_("Kind")), Column(_("About"))]
    rows = [
        (Cell(number or "–"), name, kind, note or "–") for number, name, kind, note in view.get("rows", ())
    ]
    said = description or _("Map with north at the top. The same places are in the table below.")
    return view | figure(title, key, said, columns, rows)
