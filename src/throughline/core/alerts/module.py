"""What the alerts room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import AlertKind, Category, Fields, Job, Module, Permission

MODULE = Module(
    code="alerts",
    label=_("Alerts"),
    permissions=(
        # Which alerts they are shown follows from the permission that each kind names.
        Permission(
            "alerts.look",
            _("See the alerts that their other permissions are for"),
            roles=(
                "safeguarding_lead",
                "data_protection_officer",
                "records_officer",
                "correspondence_officer",
            ),
        ),
    ),
    jobs=(
        Job(
            "alerts.cut_off",
            _("Sign out whoever looks at far more children than any work needs"),
            run="throughline.core.alerts.cutting_off.cut_off",
            every=timedelta(seconds=20),
        ),
        Job(
            "alerts.roles_given",
            _("Say when somebody was put in a role at the authority"),
            run="throughline.core.alerts.roles_given.say",
            every=timedelta(minutes=1),
        ),
        Job(
            "alerts.unusual",
            _("Notice looking that is out of the ordinary"),
            run="throughline.core.alerts.unusual.watch",
            every=timedelta(minutes=5),
        ),
    ),
    alerts=(
        AlertKind(
            "alerts.role_given",
            _("A role at the authority was given"),
            _(
                "An administrator, acting alone, put somebody in a role at the authority. Check that it was right."
            ),
            "audit.review_looking",
        ),
    ),
    categories=(
        Category(
            "alerts.alert",
            _("That a team should look at something about this child"),
            "restricted",
            _("Noticing in time"),
            "UK GDPR 6(1)(e)",
        ),
    ),
    fields=(
        Fields(
            "alerts.Alert",
            dict.fromkeys(
                (
                    "kind",
                    "details",
                    "key",
                    "raised_at",
                    "state",
                    "taken_by",
                    "closed_by",
                    "closed_at",
                    "outcome",
                ),
                "alerts.alert",
            ),
        ),
    ),
)
