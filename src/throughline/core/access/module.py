"""What the access room adds."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Module, Permission, Role

MODULE = Module(
    code="access",
    label=_("People who sign in"),
    permissions=(
        Permission("access.manage", _("Manage accounts, roles and teams"), roles=("system_administrator",)),
    ),
    roles=(
        Role(
            "system_administrator",
            _("System administrator"),
            _("Makes accounts, gives roles and looks after the installation. Sees nothing about any child."),
        ),
    ),
)
