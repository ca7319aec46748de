"""The family's pages of admissions, with their policy."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, MenuItem, Page

VIEWS = "throughline.modules.admissions.pages.family"
ONE = "school-places/applications/<uuid:application_id>/"


def _page(name: str, path: str, view: str, about: str = "") -> Page:
    return Page(
        f"admissions.{name}", path, f"{VIEWS}.{view}", "family", permission="admissions.apply", about=about
    )


def _of_application(name: str, path: str, view: str) -> Page:
    return _page(name, ONE + path, view, about="application_id")


PAGES: tuple[Page, ...] = (
    _page("about_you", "school-places/about-you/", "children.about_you"),
    _page("my_places", "school-places/yours/", "children.children"),
    _page("add_child", "school-places/children/add/", "children.add"),
    _page("add_child_question", "school-places/children/add/<slug:slug>/", "children.question"),
    _page("add_child_check", "school-places/children/check/", "children.check"),
    _page(
        "my_child",
        "school-places/children/<uuid:child_id>/",
        "children.child",
        about="child_id",
    ),
    _of_application("my_application", "", "applying.overview"),
    _of_application("my_question", "questions/<slug:slug>/", "applying.question"),
    _of_application("my_schools", "schools/", "choosing.schools"),
    _of_application("my_school", "schools/<uuid:school_id>/", "choosing.school"),
    _of_application("my_list", "list/", "choosing.ranking"),
    _of_application("my_papers", "papers/<slug:slug>/", "papers.papers"),
    _of_application("my_paper", "papers/<slug:slug>/<uuid:document_id>/", "papers.one"),
    _of_application("my_check", "check/", "applying.check"),
    _of_application("my_receipt", "receipt/", "applying.receipt"),
    _of_application("my_withdraw", "withdraw/", "applying.withdraw"),
    _of_application("my_result", "result/", "result.result"),
    _of_application("my_decline", "result/decline/", "result.decline"),
    _of_application("my_waiting_list", "result/<uuid:school_id>/waiting-list/", "result.waiting_list"),
)
MENU: tuple[MenuItem, ...] = (MenuItem("family", _("School places"), "admissions.my_places", 20),)
CARDS: tuple[Card, ...] = (Card("family", f"{VIEWS}.cards.home", 20),)
