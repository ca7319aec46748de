"""A young person's own page; their words on their record; their way in, given by an officer."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, MenuItem, Module, Page, Tab

VIEWS = "throughline.web.young_person"
CHILD = "children/<uuid:child_id>"

MODULE = Module(
    code="young_person",
    label=_("Young people"),
    pages=(
        Page("young_person.me", "about-me/", f"{VIEWS}.pages.me", "young_person", "people.own_words"),
        Page(
            "young_person.name", "about-me/name/", f"{VIEWS}.pages.name", "young_person", "people.own_words"
        ),
        Page(
            "young_person.words",
            "about-me/words/",
            f"{VIEWS}.pages.words",
            "young_person",
            "people.own_words",
        ),
        Page(
            "young_person.voice",
            f"{CHILD}/words/",
            f"{VIEWS}.voices.of_child",
            "signed_in",
            open_to_portal=True,
        ),
        Page(
            "young_person.write_down",
            f"{CHILD}/words/new/",
            f"{VIEWS}.voices.write",
            "signed_in",
            "people.write_down_words",
        ),
        Page(
            "young_person.way_in",
            f"{CHILD}/way-in/",
            f"{VIEWS}.way_in.way_in",
            "staff",
            "people.invite_young_person",
        ),
    ),
    tabs=(Tab(_("In their words"), "young_person.voice", "people.voice", order=25),),
    menu=(MenuItem("young_person", _("About me"), "young_person.me", 5),),
    cards=(Card("young_person", f"{VIEWS}.cards.about_me", 20),),
)
