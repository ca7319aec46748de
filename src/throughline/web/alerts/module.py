"""The pages of alerts and their policy. Which alerts somebody is shown follows from their other permissions."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, Demonstration, MenuItem, Module, Page

VIEWS = "throughline.web.alerts"
LEAVE = "alerts.look"
SET = "alerts.set_criteria"
ONE = "alerts/<uuid:alert_id>"

MODULE = Module(
    code="alerts_pages",
    label=_("Pages of alerts"),
    pages=(
        Page("alerts.board", "alerts/", f"{VIEWS}.board.board", "staff", LEAVE),
        Page("alerts.criteria", "alerts/when/", f"{VIEWS}.criteria.criteria", "staff", LEAVE),
        Page("alerts.criterion", "alerts/when/<str:code>/", f"{VIEWS}.criteria.criterion", "staff", SET),
        Page("alerts.one", f"{ONE}/", f"{VIEWS}.one.one", "staff", LEAVE),
        Page("alerts.take", f"{ONE}/take/", f"{VIEWS}.one.take_it", "staff", LEAVE),
        Page("alerts.reopen", f"{ONE}/open-again/", f"{VIEWS}.one.open_again", "staff", LEAVE),
    ),
    menu=(MenuItem("staff", _("Alerts"), "alerts.board", order=6),),
    cards=(Card("staff", f"{VIEWS}.board.card", order=2),),
    demonstration=(Demonstration(f"{VIEWS}.demo.run", order=95, with_people=True),),
)
