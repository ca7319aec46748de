"""What the room of authorities and schools adds."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import ImportKind, Module, Permission

KEEP = "organisations.keep"

MODULE = Module(
    code="organisations",
    label=_("Authorities and schools"),
    permissions=(
        Permission(
            KEEP,
            _("Keep authorities and schools up to date"),
            roles=("data_officer", "system_administrator"),
        ),
    ),
    imports=(
        ImportKind(
            "gias",
            _("Register of schools (Get Information About Schools)"),
            KEEP,
            "throughline.core.organisations.actions.bring_in_schools",
        ),
        ImportKind(
            "gias-links",
            _("Links between schools (Get Information About Schools)"),
            KEEP,
            "throughline.core.organisations.actions.bring_in_links",
        ),
        ImportKind(
            "la-codes",
            _("List of local authorities"),
            KEEP,
            "throughline.core.organisations.actions.bring_in_authorities",
        ),
        ImportKind(
            "welsh-schools",
            _("List of maintained schools in Wales (Welsh Government)"),
            KEEP,
            "throughline.core.organisations.actions.bring_in_welsh_schools",
        ),
    ),
)
