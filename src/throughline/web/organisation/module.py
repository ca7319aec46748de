"""The pages about who works where, and their policy: an organisation's own administrator, and the authority's."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, MenuItem, Module, Page, Portal

VIEWS = "throughline.web.organisation"
OWN, ALL = "access.manage_own", "access.manage"
POST = "posts/<uuid:post_id>"
PORTALS: tuple[Portal, ...] = ("school", "professional", "provider")


def _own(name: str, path: str, view: str) -> Page:
    return Page(f"organisation.{name}", f"organisation/{path}", f"{VIEWS}.pages.{view}", "signed_in", OWN)


def _all(name: str, path: str, view: str) -> Page:
    return Page(f"accounts.{name}", f"accounts/{path}", f"{VIEWS}.{view}", "staff", ALL)


MODULE = Module(
    code="organisation",
    label=_("Who works where"),
    pages=(
        _own("staff", "", "mine"),
        _own("invite", "<str:code>/invite/", "invite"),
        _own("move", f"{POST}/move/", "move"),
        _own("end", f"{POST}/end/", "end"),
        _own("again", f"{POST}/invite-again/", "again"),
        _all("find", "", "accounts.find"),
        _all("new", "organisations/new/", "accounts.new"),
        _all("staff", "<str:code>/", "accounts.staff"),
        _all("invite", "<str:code>/invite/", "pages.invite"),
        _all("move", f"{POST}/move/", "pages.move"),
        _all("end", f"{POST}/end/", "pages.end"),
        _all("again", f"{POST}/invite-again/", "pages.again"),
    ),
    menu=(
        *(MenuItem(portal, _("Staff and accounts"), "organisation.staff", 70) for portal in PORTALS),
        MenuItem("staff", _("Accounts"), "accounts.find", 90),
    ),
    cards=(
        *(Card(portal, f"{VIEWS}.cards.accounts", 60) for portal in PORTALS),
        Card("staff", f"{VIEWS}.cards.all_accounts", 90),
    ),
)
