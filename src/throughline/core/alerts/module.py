"""What the alerts room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, Fields, Job, Module

MODULE = Module(
    code="alerts",
    label=_("Alerts"),
    jobs=(
        Job(
            "alerts.unusual",
            _("Notice looking that is out of the ordinary"),
            run="throughline.core.alerts.unusual.watch",
            every=timedelta(minutes=5),
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
