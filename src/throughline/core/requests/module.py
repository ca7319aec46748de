"""What the requests room adds."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, Fields, Module, RequestKind

MODULE = Module(
    code="requests",
    label=_("Requests"),
    categories=(
        Category(
            "requests.request",
            _("What was asked about the child, of whom, and what they answered"),
            "personal",
            _("Getting an answer in time"),
            "UK GDPR 6(1)(e)",
        ),
    ),
    requests=(
        RequestKind(
            "requests.question",
            _("A question about a child"),
            _("Answer a question about a child"),
            days=15,
            needs=("people.identity",),
        ),
    ),
    fields=(
        Fields(
            "requests.Request",
            dict.fromkeys(
                (
                    "kind",
                    "words",
                    "due",
                    "state",
                    "asked_by",
                    "asked_at",
                    "answer",
                    "answered_by",
                    "answered_at",
                    "returned_because",
                    "reminded_at",
                    "edition",
                    "key",
                ),
                "requests.request",
            ),
        ),
    ),
)
