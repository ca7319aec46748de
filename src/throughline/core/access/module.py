"""What the access room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Job, Module, Permission, Role

MODULE = Module(
    code="access",
    label=_("People who sign in"),
    permissions=(
        Permission("access.manage", _("Manage accounts, roles and teams"), roles=("system_administrator",)),
        Permission(
            "access.manage_own",
            _("Join, move and remove the staff of their own school or organisation"),
            roles=("school_administrator", "agency_administrator", "provider_administrator"),
        ),
    ),
    roles=(
        Role(
            "system_administrator",
            _("System administrator"),
            _("Makes accounts, gives roles and looks after the installation. Sees nothing about any child."),
        ),
    ),
    jobs=(
        Job(
            "access.close",
            _("Close accounts whose last post has ended, or that nobody has used for 90 days"),
            "throughline.core.access.jobs.close",
            every=timedelta(hours=1),
        ),
    ),
)
