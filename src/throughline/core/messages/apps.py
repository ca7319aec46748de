"""The room is called messages; its label is not, because Django's own messages hold that name."""

from django.apps import AppConfig


class Messages(AppConfig):
    name = "throughline.core.messages"
    label = "outbox"
