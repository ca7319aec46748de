"""The family's page and its policy."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, Module, Page, Permission

VIEWS = "throughline.web.family"
OWN = "family.own_record"

MODULE = Module(
    code="family",
    label=_("Families’ own pages"),
    permissions=(
        Permission(OWN, _("Read their own child’s record, or their own"), roles=("parent", "young_person")),
    ),
    pages=(
        Page(
            "family.child",
            "our-record/<uuid:child_id>/",
            f"{VIEWS}.pages.our_record",
            "signed_in",
            OWN,
            about="child_id",
        ),
        Page(
            "family.looks",
            "our-record/<uuid:child_id>/who-looked/",
            f"{VIEWS}.pages.looked",
            "signed_in",
            OWN,
            about="child_id",
        ),
    ),
    cards=(
        Card("family", f"{VIEWS}.pages.cards", order=60),
        Card("young_person", f"{VIEWS}.pages.cards", order=60),
    ),
)
