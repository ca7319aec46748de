"""Tags for charts and maps. Each draws on the server and carries its facts as a table."""

from django import template

register = template.Library()
