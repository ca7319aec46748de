"""Arrangements: pages for staff."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, MenuItem, Page

_HERE = "throughline.modules.admissions.pages.arrangements"
_SEE = "admissions.see_rounds"

PAGES: tuple[Page, ...] = (
    Page(
        "admissions.arrangements", "arrangements/", f"{_HERE}.reading.rounds", portal="staff", permission=_SEE
    ),
    Page(
        "admissions.arrangements_round",
        "arrangements/<uuid:round_id>/",
        f"{_HERE}.reading.schools",
        portal="staff",
        permission=_SEE,
    ),
    Page(
        "admissions.arrangements_school",
        "arrangements/<uuid:round_id>/<uuid:school_id>/",
        f"{_HERE}.reading.school",
        portal="staff",
        permission=_SEE,
    ),
    Page(
        "admissions.arrangements_edit",
        "arrangements/<uuid:round_id>/<uuid:school_id>/edit/",
        f"{_HERE}.editing.edit",
        portal="staff",
        permission="admissions.set_up",
    ),
)
MENU: tuple[MenuItem, ...] = (MenuItem("staff", _("Arrangements"), "admissions.arrangements", order=45),)
CARDS: tuple[Card, ...] = ()
