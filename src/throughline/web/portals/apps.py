"""Assembling the registry is part of starting: a module that does not fit stops the start."""

from django.apps import AppConfig


class Portals(AppConfig):
    name = "throughline.web.portals"
    label = "portals"
