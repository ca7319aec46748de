"""What the exchange room adds."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Module, Permission, Role

IMPORT = "exchange.import"

MODULE = Module(
    code="exchange",
    label=_("Files brought in and sent out"),
    permissions=(
        Permission(
            IMPORT,
            _("Bring in files and see what became of them"),
            roles=("data_officer", "system_administrator"),
        ),
    ),
    roles=(
        Role(
            "data_officer",
            _("Data officer"),
            _(
                "Keeps schools, postcodes and catchments up to date by bringing in files. Sees nothing about any child."
            ),
        ),
    ),
)
