"""The pages of a child's record and their policy; each is a tab, as the pages of other areas are."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, Demonstration, MenuItem, Module, Page, Portal, Tab

VIEWS = "throughline.web.record"
FIND = "people.find"
CHILD = "children/<uuid:child_id>"
# Parents and young people have their own pages about themselves, and search for nobody.
AT_WORK: tuple[Portal, ...] = ("staff", "school", "professional", "provider")


def _page(name: str, path: str, view: str) -> Page:
    return Page(f"record.{name}", f"{CHILD}/{path}", f"{VIEWS}.{view}", "signed_in", FIND, about="child_id")


MODULE = Module(
    code="record",
    label=_("Children’s records"),
    pages=(
        Page("record.find", "children/", f"{VIEWS}.finding.find", "signed_in", FIND),
        _page("child", "", "overview.overview"),
        _page("story", "story/", "story.story"),
        _page("family", "family/", "family.family"),
        _page("addresses", "addresses/", "addresses.addresses"),
        _page("open_address", "addresses/<uuid:residence_id>/open/", "addresses.open_address"),
        _page("education", "education/", "education.education"),
        _page("plans", "plans/", "plans.plans"),
        _page("names", "names-and-numbers/", "names.names"),
    ),
    demonstration=(Demonstration(f"{VIEWS}.demo.run", order=55),),
    menu=tuple(MenuItem(portal, _("Find a child"), "record.find", 10) for portal in AT_WORK),
    cards=tuple(Card(portal, f"{VIEWS}.finding.card", 90) for portal in AT_WORK),
    tabs=(
        Tab(_("Overview"), "record.child", "people.identity", 0),
        Tab(_("Story"), "record.story", "people.identity", 5),
        Tab(_("Family"), "record.family", "people.family", 10),
        Tab(_("Addresses"), "record.addresses", "people.address", 15),
        Tab(_("Education"), "record.education", "people.education", 20),
        Tab(_("Plans"), "record.plans", "people.circumstances", 25),
        Tab(_("Names and numbers"), "record.names", "people.identity", 30),
    ),
)
