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
            {},
            _("Keeping children safe"),
            "UK GDPR 6(1)(e)",
        ),
    ),
    fields=(
        Fields(
            "sharing.Override",
            dict.fromkeys(("category", "grants", "reason", "since", "until"), "sharing.override"),
        ),
    ),
)
