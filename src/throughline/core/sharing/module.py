"""What the sharing room adds."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import AlertKind, Category, EntryKind, Fields, Module, Permission, Role

ASKERS = (
    *("caseworker", "records_officer"),
    *("head_teacher", "designated_teacher", "special_needs_lead", "school_office"),
    *("social_worker", "health_professional", "educational_psychologist", "youth_justice_worker"),
    *("police_officer", "community_worker", "provider_manager"),
)
DECISIONS = _("Decisions about sharing")
ENTRIES = tuple(
    EntryKind(code, label, sentence, "sharing.override", DECISIONS)
    for code, label, sentence in (
        (
            "sharing.granted",
            _("Sharing was widened"),
            _("It was decided to show %(who)s “%(what)s” until %(until)s."),
        ),
        (
            "sharing.withheld",
            _("Sharing was narrowed"),
            _("It was decided not to show %(who)s “%(what)s” until %(until)s."),
        ),
        (
            "sharing.ended",
            _("A decision about sharing ended early"),
            _("What was decided about %(who)s and “%(what)s” was ended before its day."),
        ),
    )
)
ALERTS = (
    AlertKind(
        "sharing.decided",
        _("Sharing was changed for one child"),
        _("It was decided to share more, or less, of one child’s record than the rules say."),
        "sharing.approve",
    ),
    AlertKind(
        "sharing.emergency_opened",
        _("A record was opened in an emergency"),
        _("Somebody opened a record that they may not see, to keep a child safe. It has to be reviewed."),
        "sharing.review",
        urgent=True,
    ),
)

MODULE = Module(
    code="sharing",
    label=_("Sharing"),
    permissions=(
        Permission(
            "sharing.manage",
            _("Decide who sees which kind of information"),
            roles=("data_protection_officer",),
        ),
        Permission(
            "sharing.see_rules",
            _("Read who sees which kind of information"),
            roles=("data_protection_officer", "caseworker", "records_officer", "safeguarding_lead"),
        ),
        Permission(
            "sharing.ask",
            _("Ask to be shown more of a record that they may open"),
            roles=ASKERS,
        ),
        Permission(
            "sharing.propose",
            _("Propose to show or withhold something for one child and one reader"),
            roles=("caseworker", "safeguarding_lead"),
        ),
        Permission(
            "sharing.approve",
            _("Approve what another has proposed for one child and one reader"),
            roles=("safeguarding_lead",),
        ),
        Permission(
            "sharing.emergency",
            _("Open a record in an emergency, with a reason that is reviewed"),
            roles=("caseworker", "safeguarding_lead", "social_worker", "designated_teacher", "head_teacher"),
        ),
        Permission(
            "sharing.review",
            _("Review records that were opened in an emergency"),
            roles=("safeguarding_lead",),
        ),
        Permission(
            "sharing.see_as",
            _("See a record as somebody else would see it"),
            roles=("caseworker", "safeguarding_lead"),
        ),
    ),
    roles=(
        Role(
            "data_protection_officer",
            _("Data protection officer"),
            _("Decides who sees which kind of information, and answers for it. Sees no child’s record."),
        ),
    ),
    entries=ENTRIES,
    alerts=ALERTS,
    categories=(
        Category(
            "sharing.override",
            _("What has been decided about sharing one child's information"),
            "restricted",
            _("Keeping children safe"),
            "UK GDPR 6(1)(e)",
        ),
    ),
    fields=(
        Fields(
            "sharing.Override",
            dict.fromkeys(
                (
                    "category",
                    "grants",
                    "reason",
                    "since",
                    "until",
                    "state",
                    "proposed_by",
                    "proposed_at",
                    "decided_by",
                    "decided_at",
                    "decision_reason",
                    "tell_family",
                    "ended_by",
                    "ended_at",
                    "end_reason",
                ),
                "sharing.override",
            ),
        ),
        Fields(
            "sharing.Asked",
            dict.fromkeys(
                (
                    "category",
                    "reason",
                    "asked_by",
                    "asked_at",
                    "state",
                    "answered_by",
                    "answered_at",
                    "answer",
                ),
                "sharing.override",
            ),
        ),
        Fields(
            "sharing.BrokenGlass",
            dict.fromkeys(
                (
                    "opened_by",
                    "reason",
                    "opened_at",
                    "ends_at",
                    "reviewed_by",
                    "reviewed_at",
                    "justified",
                    "finding",
                ),
                "sharing.override",
            ),
        ),
    ),
)
