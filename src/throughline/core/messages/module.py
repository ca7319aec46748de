"""What the messages room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import AlertKind, Category, Fields, Job, MessageKind, Module, Permission, Role

MODULE = Module(
    code="messages",
    label=_("Messages"),
    permissions=(
        Permission(
            "messages.see",
            _("See the messages that were written, and which could not be sent"),
            roles=("correspondence_officer",),
        ),
        Permission(
            "messages.retry",
            _("Try again messages that could not be sent"),
            roles=("correspondence_officer",),
        ),
        Permission(
            "messages.print",
            _("Print letters and say that they were posted"),
            roles=("correspondence_officer",),
        ),
        Permission(
            "messages.quiet_days", _("Set quiet days for text messages"), roles=("correspondence_officer",)
        ),
    ),
    roles=(
        Role(
            "correspondence_officer",
            _("Correspondence officer"),
            _(
                "Sees that messages reach families: prints and posts letters, and tries again what could not be sent."
            ),
        ),
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
            dict.fromkeys(
                (
                    *("kind", "channel", "to", "lang", "subject", "body", "blocks", "key", "written_at"),
                    "wiped_at",
                ),
                "messages.message",
            ),
        ),
        Fields(
            "outbox.Delivery",
            dict.fromkeys(
                (
                    *("state", "attempts", "problem", "answer", "shown_only", "not_before", "sent_to"),
                    *("claimed_at", "sent_at"),
                ),
                "messages.message",
            ),
        ),
        Fields(
            "outbox.Sheet",
            dict.fromkeys(("content", "pages", "address_mark", "made_at"), "messages.message"),
        ),
        Fields("outbox.ContactChoice", dict.fromkeys(("channel", "by_kind", "lang"), "messages.message")),
    ),
    alerts=(
        AlertKind(
            "messages.no_such_address",
            _("A message could not be delivered"),
            _("The address or number of a message does not exist. Find out the right one from the person."),
            permission="messages.see",
        ),
    ),
    message_kinds=(
        MessageKind("messages.ask", _("That we need something from you")),
        MessageKind("alerts.urgent", _("That something urgent has to be looked at"), statutory=True),
    ),
    jobs=(
        Job(
            "messages.send",
            _("Send the messages that are waiting"),
            run="throughline.core.messages.jobs.send",
            every=timedelta(seconds=5),
        ),
        Job(
            "messages.receipts",
            _("Ask what became of messages that were handed on"),
            run="throughline.core.messages.jobs.receipts",
            every=timedelta(minutes=10),
        ),
        Job(
            "messages.purge",
            _("Remove the words of messages about signing in after an hour"),
            run="throughline.core.messages.jobs.purge",
            every=timedelta(minutes=10),
        ),
        Job(
            "messages.trail_head",
            _("Send the head of the trail to whoever answers for the data"),
            run="throughline.core.messages.trail_head.send_head",
            every=timedelta(days=1),
        ),
        Job(
            "messages.urgent_alerts",
            _("Tell those who look at alerts of urgent ones"),
            run="throughline.core.messages.urgent_alerts.tell",
            every=timedelta(minutes=1),
        ),
    ),
)
