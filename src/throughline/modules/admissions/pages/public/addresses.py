"""Pages that ask nobody who they are."""

from throughline.core.registry.sockets import Card, MenuItem, Page

_HERE = "throughline.modules.admissions.pages.public"

PAGES: tuple[Page, ...] = (
    Page("admissions.public_rounds", "school-places/", f"{_HERE}.rounds.rounds", portal="public"),
    Page(
        "admissions.public_schools",
        "school-places/rounds/<str:code>/",
        f"{_HERE}.rounds.schools",
        portal="public",
    ),
    Page(
        "admissions.public_school",
        "school-places/rounds/<str:code>/schools/<uuid:school_id>/",
        f"{_HERE}.schools.school",
        portal="public",
    ),
    Page(
        "admissions.public_outcomes",
        "school-places/rounds/<str:code>/outcomes/",
        f"{_HERE}.outcomes.outcomes",
        portal="public",
    ),
    Page(
        "admissions.public_outcomes_csv",
        "school-places/rounds/<str:code>/outcomes/<str:layout>.csv",
        f"{_HERE}.outcomes.outcomes_csv",
        portal="public",
    ),
)
MENU: tuple[MenuItem, ...] = ()
CARDS: tuple[Card, ...] = (Card("public", f"{_HERE}.rounds.card", order=20),)
