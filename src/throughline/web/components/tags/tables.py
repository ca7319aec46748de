"""Tags for facts in rows: tables, summary lists and task lists."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from throughline.web.components import wording
from throughline.web.components.parts import Cell, Column

from .text import tag_html

register = template.Library()


def sort_key(value: Any) -> Any:
    """Return what a column is sorted by: dates in calendar order, numbers in size order."""
    return value.isoformat() if isinstance(value, dt.date) else value


def status_alone(cell: Cell) -> bool:
    """Say whether a status is all that the cell holds; beside a value it stands after it."""
    return cell.status is not None and (cell.value is None or cell.value == "")


def cell_words(cell: Cell, numeric: bool) -> Any:
    """Return a cell's own words: a number with thousands separated, the value as it is shown, or a status alone."""
    if status_alone(cell):
        assert cell.status is not None
        return tag_html(cell.status.text, cell.status.colour)
    if numeric and isinstance(cell.value, int) and not isinstance(cell.value, bool):
        return wording.number(cell.value)
    return wording.shown(cell.value)


def cell_view(item: Any, column: Column) -> dict[str, Any]:
    """Return what the template needs for one cell."""
    cell = item if isinstance(item, Cell) else Cell(item)
    key = cell.sort if cell.sort is not None else cell.value
    if isinstance(key, dt.date | int | float) and not isinstance(key, bool) and not wording.is_withheld(key):
        sort = sort_key(key)
    else:
        sort = cell.sort
    return {
        "words": cell_words(cell, column.numeric),
        "href": cell.href,
        "status": None if status_alone(cell) else cell.status,
        "note": cell.note,
        "sort": sort,
        "numeric": column.numeric,
        "label": column.label,
    }


@register.inclusion_tag("components/tags/table.html")
def table(
    columns: Sequence[Column | str],
    rows: Sequence[Sequence[Any]],
    caption: str,
    sortable: bool = False,
    dense: bool = False,
    row_headers: bool = True,
    caption_size: str = "m",
    key: str = "",
) -> dict[str, Any]:
    """``{% table columns rows "Children" sortable=True %}``: rows of values or ``Cell``s; on a phone each is a block of its own.

    The roles are said aloud, because a browser forgets that a table is one as soon as its rows are drawn as blocks.
    """
    heads = [column if isinstance(column, Column) else Column(str(column)) for column in columns]
    body = [[cell_view(item, column) for item, column in zip(row, heads, strict=True)] for row in rows]
    view = {"columns": heads, "rows": body, "caption": caption, "sortable": sortable, "dense": dense}
    return view | {"row_headers": row_headers, "caption_size": caption_size, "key": key}


@register.inclusion_tag("components/tags/summary_list.html")
def summary_list(
    rows: Sequence[Any], title: str = "", actions: Sequence[Any] = (), level: int = 2
) -> dict[str, Any]:
    """``{% summary_list rows title="About you" %}``: with a title it is a card; rows may carry change links."""
    any_actions = any(
        getattr(row, "actions", None) or (isinstance(row, dict) and row.get("actions")) for row in rows
    )
    return {"rows": rows, "title": title, "actions": actions, "level": level, "any_actions": any_actions}


@register.inclusion_tag("components/tags/task_list.html")
def task_list(tasks: Sequence[Any], key: str = "tasks") -> dict[str, Any]:
    """``{% task_list tasks %}``: what there is to do and how far each has come."""
    return {"tasks": tasks, "key": key}


@register.simple_block_tag
def table_region(content: str, label: str) -> SafeString:
    """Wrap a hand-written table so that it scrolls sideways by keyboard too; ``tl-stack`` and labels make rows of it."""
    return format_html(
        '<div class="tl-scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, content
    )
