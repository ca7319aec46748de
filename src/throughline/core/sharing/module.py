"""What the sharing room adds."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, Fields, Module

MODULE = Module(
    code="sharing",
    label=_("Sharing"),
    categories=(
        Category(
            "sharing.override",
            _("What has been decided about sharing one child's information"),
            "restricted",
            {},
            _("Keeping children safe"),
            "UK GDPR 6(1)(e)",
        ),
    ),
    fields=(
        Fields(
            "sharing.Override",
            {name: "sharing.override" for name in ("category", "grants", "reason", "since", "until")},
        ),
    ),
)
