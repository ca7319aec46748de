"""The tags, by kind. Templates load them all at once with ``{% load govuk %}``."""
