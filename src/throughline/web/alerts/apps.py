"""Registers the pages under a label of their own: the room of core they show is called alerts too."""

from django.apps import AppConfig


class AlertPages(AppConfig):
    """Pages and templates of alerts."""

    name = "throughline.web.alerts"
    label = "alerts_pages"
    verbose_name = "Pages of alerts"
