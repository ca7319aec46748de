"""A Django app, so that its templates are found."""

from django.apps import AppConfig


class Journeys(AppConfig):
    name = "throughline.web.journeys"
    label = "journeys"
