"""Filters and tags that turn a value into words."""

from typing import Any

from django import template

from throughline.web.components import wording

register = template.Library()
register.filter("long_date", wording.long_date)
register.filter("long_time", wording.long_time)
register.filter("days_until", wording.days_until)
register.filter("distance", wording.distance)
register.filter("number", wording.number)
register.filter("shown", wording.shown)


@register.simple_tag
def shown(value: Any) -> Any:
    """``{% shown child.school %}``: the value, or the reason it is withheld; never blank."""
    return wording.shown(value)
