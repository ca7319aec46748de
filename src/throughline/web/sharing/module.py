"""The pages of sharing and their policy."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import MenuItem, Module, Page

VIEWS = "throughline.web.sharing.pages"
READ, MANAGE = "sharing.see_rules", "sharing.manage"

RULES = (
    Page("sharing.rules", "sharing/", f"{VIEWS}.rules.who_sees_what", "staff", READ),
    Page("sharing.rules_csv", "sharing/rules.csv", f"{VIEWS}.rules.as_csv", "staff", READ),
    Page("sharing.kind", "sharing/kinds/<str:category>/", f"{VIEWS}.rules.kind", "staff", READ),
    Page(
        "sharing.change_check",
        "sharing/kinds/<str:category>/change/check/",
        f"{VIEWS}.changing.check",
        "staff",
        MANAGE,
    ),
    Page(
        "sharing.change",
        "sharing/kinds/<str:category>/change/<str:slug>/",
        f"{VIEWS}.changing.ask_about",
        "staff",
        MANAGE,
    ),
    Page("sharing.end_rule", "sharing/rules/<uuid:rule_id>/end/", f"{VIEWS}.ending.end", "staff", MANAGE),
)

MODULE = Module(
    code="sharing_pages",
    label=_("Pages about sharing"),
    pages=RULES,
    menu=(MenuItem("staff", _("Who sees what"), "sharing.rules", order=70),),
)
