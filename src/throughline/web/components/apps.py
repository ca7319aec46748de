"""Registers the components with Django."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Templates, tags and static files shared by every page."""

    name = "throughline.web.components"
    label = "components"
    verbose_name = "Components"
