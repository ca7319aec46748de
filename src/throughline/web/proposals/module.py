"""The pages of files about children and their policy: schools send, officers of records review."""

from django.utils.translation import gettext_lazy as _

from throughline.core.exchange.module import REVIEW, SEND, SEND_OUT
from throughline.core.registry.sockets import Card, Demonstration, MenuItem, Module, Page

VIEWS = "throughline.web.proposals"
ONE = "files/<uuid:proposal_id>"


def _staff(name: str, path: str, view: str, permission: str = REVIEW) -> Page:
    return Page(f"proposals.{name}", f"records/{path}/", f"{VIEWS}.{view}", "staff", permission)


def _school(name: str, path: str, view: str) -> Page:
    return Page(f"proposals.school_{name}", f"school/{path}/", f"{VIEWS}.{view}", "school", SEND)


MODULE = Module(
    code="proposals",
    label=_("Files about children"),
    pages=(
        _staff("list", "files", "lists.all_files"),
        _staff("send", "files/new", "sending.send", SEND),
        _staff("one", ONE, "one.one"),
        _staff("odd", f"{ONE}/odd", "lists.odd"),
        _staff("children", f"{ONE}/children", "children.to_decide"),
        _staff("differences", f"{ONE}/differences", "differences.listed"),
        _staff("columns", f"{ONE}/columns", "columns.explain"),
        _staff("schools", f"{ONE}/schools", "one.schools"),
        _staff("vouch", f"{ONE}/vouch", "acts.second_person"),
        _staff("turn_down", f"{ONE}/turn-down", "acts.turned_down"),
        _staff("commit", f"{ONE}/commit", "acts.committed"),
        _staff("undo", f"{ONE}/undo", "acts.undone"),
        _staff("file", f"{ONE}/file", "sending.download"),
        _staff("receipt", f"{ONE}/receipt", "receipts.receipt"),
        _staff("receipt_letter", f"{ONE}/receipt/letter", "receipts.letter"),
        _staff("child", "files/rows/<uuid:proposed_id>", "children.one_row"),
        _staff("transfers", "transfers", "transfers.listed", SEND_OUT),
        _staff("transfer_new", "transfers/new", "transfers.new", SEND_OUT),
        _staff("transfer_file", "transfers/<uuid:transfer_id>/file", "transfers.download", SEND_OUT),
        _school("list", "files", "lists.all_files"),
        _school("send", "files/new", "sending.send"),
        _school("one", ONE, "one.of_school"),
        _school("file", f"{ONE}/file", "sending.download"),
    ),
    cards=(Card("staff", f"{VIEWS}.cards.to_review", order=20),),
    demonstration=(Demonstration(f"{VIEWS}.demo.run", order=75, with_people=True),),
    menu=(
        MenuItem("staff", _("Files about children"), "proposals.list", order=45),
        MenuItem("school", _("Files we send"), "proposals.school_list", order=45),
    ),
)
