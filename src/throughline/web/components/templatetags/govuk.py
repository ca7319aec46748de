"""``{% load govuk %}``: every tag and filter of the look, gathered from ``components/tags``."""

from django import template

from throughline.web.components.tags import case, forms, moving, pictures, tables, text, words

register = template.Library()
for part in (case, forms, moving, pictures, tables, text, words):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
