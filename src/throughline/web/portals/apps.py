"""Assembling the registry is part of starting: a module that does not fit stops the start."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class Portals(AppConfig):
    name = "throughline.web.portals"
    label = "portals"

    def ready(self) -> None:
        # By name, because what writes the trail needs tables, and none are loaded while this file is read.
        import_string("throughline.web.portals.trail.listen")()
