"""Registers the pages under a label of their own: the room of core they show is called sharing too."""

from django.apps import AppConfig


class SharingPages(AppConfig):
    """Pages and templates of sharing."""

    name = "throughline.web.sharing"
    label = "sharing_pages"
    verbose_name = "Pages about sharing"
