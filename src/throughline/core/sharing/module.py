"""What the sharing room adds."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, Fields, Module, Permission, Role

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
