"""What the retention room adds."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, Fields, Module

MODULE = Module(
    code="retention",
    label=_("Keeping and disposing"),
    categories=(
        Category(
            "retention.hold",
            _("That the record must be kept for an inquiry, a court or a complaint"),
            "restricted",
            _("Keeping what the law needs kept"),
            "UK GDPR 6(1)(c)",
        ),
    ),
    fields=(
        Fields(
            "retention.Hold",
            dict.fromkeys(
                ("reason", "placed_by", "placed_at", "lifted_by", "lifted_at", "lifted_because"),
                "retention.hold",
            ),
        ),
    ),
)
