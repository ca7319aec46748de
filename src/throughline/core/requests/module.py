"""What the requests room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import (
    Category,
    Criterion,
    EntryKind,
    Fields,
    Job,
    Lending,
    MessageKind,
    Module,
    Permission,
    RequestKind,
)

WHO_ASKS = (
    "caseworker",
    "safeguarding_lead",
    "head_teacher",
    "designated_teacher",
    "special_needs_lead",
    "social_worker",
    "educational_psychologist",
)
# Whoever works through what comes to a school or agency, and may be passed something by a colleague.
WHO_ANSWERS = (
    *WHO_ASKS,
    "records_officer",
    "school_office",
    "health_professional",
    "youth_justice_worker",
    "police_officer",
    "community_worker",
    "provider_manager",
)

MODULE = Module(
    code="requests",
    label=_("Requests"),
    permissions=(
        Permission("requests.ask", _("Ask others for something about a child"), roles=WHO_ASKS),
        Permission(
            "requests.queue", _("Take and answer what is asked of their organisation"), roles=WHO_ANSWERS
        ),
    ),
    lendings=(
        Lending(
            "requests.asked",
            _("Somebody who was asked about the child, until they have answered"),
            "throughline.core.requests.lending.lent",
        ),
    ),
    criteria=(
        Criterion(
            "requests.soon",
            _("Whoever is asked for something is reminded before it is due by"),
            _("days"),
            first=3,
            least=1,
            most=14,
            because=_("Time enough to ask a colleague. No law says it."),
        ),
    ),
    message_kinds=(
        MessageKind("requests.request", _("What is asked of you, and answers to what you asked")),
    ),
    entries=(
        EntryKind(
            "requests.asked",
            _("Something was asked"),
            _("%(whom)s was asked: %(what)s."),
            "requests.request",
            _("Help and support"),
        ),
        EntryKind(
            "requests.answered",
            _("Something was answered"),
            _("%(who)s answered: %(what)s."),
            "requests.request",
            _("Help and support"),
        ),
    ),
    jobs=(
        Job(
            "requests.remind",
            _("Remind those who are asked for something"),
            "throughline.core.requests.jobs.remind",
            every=timedelta(hours=1),
        ),
        Job(
            "requests.hand_back",
            _("Give back what lies with somebody who has left"),
            "throughline.core.requests.jobs.hand_back",
            every=timedelta(minutes=10),
        ),
    ),
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
