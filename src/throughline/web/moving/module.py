"""The pages about children who move elsewhere, and their policy. Whose record it is is decided child by child."""

from django.utils.translation import gettext_lazy as _

from throughline.core.exchange.module import SEND_OUT
from throughline.core.registry.sockets import Card, Demonstration, MenuItem, Module, Page

VIEWS = "throughline.web.moving"
OF_CHILD = "children/<uuid:child_id>/moves"
ONE = f"{OF_CHILD}/<uuid:move_id>"


def _page(name: str, path: str, view: str) -> Page:
    return Page(f"moving.{name}", f"{path}/", f"{VIEWS}.{view}", "staff", SEND_OUT)


MODULE = Module(
    code="moving",
    label=_("Children who move elsewhere"),
    pages=(
        _page("board", "records/moves", "board.board"),
        _page("of_child", OF_CHILD, "pages.of_child"),
        _page("begin", f"{OF_CHILD}/new", "acts.begin"),
        _page("one", ONE, "pages.one"),
        _page("make", f"{ONE}/make-file", "acts.make"),
        _page("file", f"{ONE}/file", "acts.download"),
        _page("sent", f"{ONE}/sent", "acts.sent"),
        _page("answer", f"{ONE}/answer", "acts.answer"),
        _page("take_back", f"{ONE}/take-back", "acts.take_back"),
        _page("call_off", f"{ONE}/call-off", "acts.called_off"),
    ),
    cards=(Card("staff", f"{VIEWS}.board.without_receipt", order=22),),
    menu=(MenuItem("staff", _("Moves to other schools and areas"), "moving.board", order=47),),
    demonstration=(Demonstration(f"{VIEWS}.demo.run", order=80),),
)
