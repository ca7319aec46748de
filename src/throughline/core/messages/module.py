"""What the messages room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, Fields, Job, Module, Permission

MODULE = Module(
    code="messages",
    label=_("Messages"),
    permissions=(
        Permission("messages.see", _("See the messages that were written, and which could not be sent")),
    ),
    categories=(
        Category(
            "messages.message",
            _("Messages written to a person"),
            sensitivity="personal",
            purpose=_("To tell people what they asked for or have a right to know."),
        ),
    ),
    fields=(
        Fields(
            "outbox.Message",
            {"to": "messages.message", "subject": "messages.message", "body": "messages.message"},
        ),
    ),
    jobs=(
        Job(
            "messages.send",
            _("Send the messages that are waiting"),
            run="throughline.core.messages.jobs.send",
            every=timedelta(seconds=5),
        ),
        Job(
            "messages.purge",
            _("Remove the words of messages about signing in after an hour"),
            run="throughline.core.messages.jobs.purge",
            every=timedelta(minutes=10),
        ),
    ),
)
