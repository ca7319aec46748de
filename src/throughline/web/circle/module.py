"""The pages of the circle and their policy. Whose circle somebody may read is decided child by child."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, MenuItem, Module, Page, Tab

VIEWS = "throughline.web.circle.pages"
MINE = "people.my_circle"

MODULE = Module(
    code="circle",
    label=_("The circle"),
    pages=(
        Page(
            "circle.of_child",
            "children/<uuid:child_id>/circle/",
            f"{VIEWS}.of_child",
            "signed_in",
            open_to_portal=True,
        ),
        Page(
            "circle.join",
            "children/<uuid:child_id>/circle/add/",
            f"{VIEWS}.join",
            "signed_in",
            "people.circle",
        ),
        Page(
            "circle.leave",
            "circle/<uuid:involvement_id>/end/",
            f"{VIEWS}.leave",
            "signed_in",
            open_to_portal=True,
        ),
        Page("circle.mine", "my-children/", "throughline.web.circle.lists.mine", "signed_in", MINE),
        Page("circle.pupils", "pupils/", "throughline.web.circle.lists.pupils", "school", "people.pupils"),
    ),
    tabs=(Tab(_("Circle"), "circle.of_child", "people.circle", order=30),),
    menu=(
        MenuItem("professional", _("Children I work with"), "circle.mine", 10),
        MenuItem("provider", _("Children I work with"), "circle.mine", 10),
        MenuItem("staff", _("Children I work with"), "circle.mine", 15),
        MenuItem("school", _("Pupils"), "circle.pupils", 10),
    ),
    cards=(
        Card("professional", "throughline.web.circle.cards.working_with", 20),
        Card("provider", "throughline.web.circle.cards.working_with", 20),
        Card("staff", "throughline.web.circle.cards.working_with", 40),
        Card("school", "throughline.web.circle.cards.pupils", 20),
    ),
)
