"""The pages of sharing and their policy."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, MenuItem, Module, Page, Portal, Tab

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

# Where those work who may open a record in an emergency.
OPENING: tuple[Portal, ...] = ("staff", "school", "professional")
SIGNED_IN: Portal = "signed_in"
CHILD = "children/<uuid:child_id>"
ONE_CHILD = (
    Page("sharing.child", f"{CHILD}/sharing/", f"{VIEWS}.decisions.of_child", "staff", "sharing.propose"),
    Page(
        "sharing.propose",
        f"{CHILD}/sharing/propose/",
        f"{VIEWS}.decisions.propose_for",
        "staff",
        "sharing.propose",
    ),
    Page("sharing.see_as", f"{CHILD}/see-as/", f"{VIEWS}.seeing.choose", "staff", "sharing.see_as"),
    Page(
        "sharing.seen",
        f"{CHILD}/see-as/<str:whose>/<str:page>/",
        f"{VIEWS}.seeing.seen",
        "staff",
        "sharing.see_as",
    ),
    Page("sharing.print", f"{CHILD}/copy/", f"{VIEWS}.copying.make_copy", "staff", "sharing.see_as"),
    Page("sharing.ask", f"{CHILD}/ask-to-see-more/", f"{VIEWS}.asking.ask", SIGNED_IN, "sharing.ask"),
)
DECISIONS = (
    Page("sharing.waiting", "sharing/decisions/", f"{VIEWS}.boards.waiting", "staff", "sharing.approve"),
    Page(
        "sharing.decide",
        "sharing/decisions/<uuid:override_id>/",
        f"{VIEWS}.boards.decide_one",
        "staff",
        "sharing.approve",
    ),
    Page(
        "sharing.end_early",
        "sharing/decisions/<uuid:override_id>/end/",
        f"{VIEWS}.decisions.end_early",
        "staff",
        "sharing.propose",
    ),
    Page("sharing.asked", "sharing/asked/", f"{VIEWS}.boards.asked", "staff", "sharing.propose"),
    Page(
        "sharing.answer_asked",
        "sharing/asked/<uuid:asked_id>/",
        f"{VIEWS}.boards.answer_asked",
        "staff",
        "sharing.propose",
    ),
)
EMERGENCIES = (
    Page(
        "sharing.emergency",
        "emergency/",
        f"{VIEWS}.emergencies.find_and_open",
        SIGNED_IN,
        "sharing.emergency",
    ),
    Page(
        "sharing.emergency_open",
        "emergency/<uuid:child_id>/",
        f"{VIEWS}.emergencies.open_this",
        SIGNED_IN,
        "sharing.emergency",
    ),
    Page(
        "sharing.reviews", "sharing/emergencies/", f"{VIEWS}.emergencies.reviews", "staff", "sharing.review"
    ),
    Page(
        "sharing.review",
        "sharing/emergencies/<uuid:glass_id>/",
        f"{VIEWS}.emergencies.review",
        "staff",
        "sharing.review",
    ),
)

MODULE = Module(
    code="sharing_pages",
    label=_("Pages about sharing"),
    pages=(*RULES, *ONE_CHILD, *DECISIONS, *EMERGENCIES),
    menu=(
        MenuItem("staff", _("Who sees what"), "sharing.rules", order=70),
        *(MenuItem(portal, _("Emergency"), "sharing.emergency", order=90) for portal in OPENING),
    ),
    cards=tuple(
        Card("staff", f"{VIEWS}.boards.{name}", order=15) for name in ("cards", "rules_ahead", "ending_soon")
    ),
    tabs=(Tab(_("Sharing"), "sharing.child", "sharing.override", 80),),
)
