"""The pages of requests and their policy. Everybody who is signed in may be asked for something."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, MenuItem, Module, Page, Portal, Tab

VIEWS = "throughline.web.asking"
ONE = "requests/<uuid:request_id>"
PORTALS: tuple[Portal, ...] = ("staff", "school", "professional", "provider")
EVERYBODY: tuple[Portal, ...] = (*PORTALS, "family", "young_person")


def _page(name: str, path: str, view: str, permission: str = "") -> Page:
    return Page(
        f"asking.{name}",
        f"{path}/",
        f"{VIEWS}.{view}",
        "signed_in",
        permission,
        open_to_portal=not permission,
    )


MODULE = Module(
    code="asking",
    label=_("What is asked"),
    pages=(
        _page("mine", "requests", "lists.mine"),
        _page("made", "requests/made", "lists.made", "requests.ask"),
        _page("of_child", "children/<uuid:child_id>/requests", "lists.of_child"),
        _page("new", "children/<uuid:child_id>/requests/new", "pages.new", "requests.ask"),
        _page("one", ONE, "pages.one"),
        _page("take", f"{ONE}/take", "pages.take", "requests.queue"),
        _page("send_back", f"{ONE}/send-back", "pages.send_back"),
        _page("pass_on", f"{ONE}/pass-on", "pages.pass_on", "requests.queue"),
        _page("withdraw", f"{ONE}/withdraw", "pages.withdraw", "requests.ask"),
    ),
    tabs=(Tab(_("Requests"), "asking.of_child", "requests.request", order=40),),
    menu=(
        *(MenuItem(portal, _("What is asked of me"), "asking.mine", 5) for portal in PORTALS),
        MenuItem("family", _("What is asked of me"), "asking.mine", 30),
        MenuItem("young_person", _("What is asked of me"), "asking.mine", 30),
    ),
    cards=tuple(Card(portal, f"{VIEWS}.cards.asked", 1) for portal in EVERYBODY),
)
