"""The pages that change a child's record, and their policy. Whose record somebody may change is decided child by child."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, Demonstration, MenuItem, Module, Page

VIEWS = "throughline.web.amending"
CHILD = "children/<uuid:child_id>"
MERGE = "people.merge"


def _page(name: str, path: str, view: str, permission: str) -> Page:
    return Page(f"amending.{name}", path, f"{VIEWS}.{view}", "staff", permission)


SAME = f"{CHILD}/same-child"
PAIRS = (
    _page("look_alikes", "records-that-may-be-one-child/", "pairs.board", MERGE),
    _page("look_alikes_of", f"{SAME}/", "pairs.of_child", MERGE),
    _page("compare", f"{SAME}/<uuid:other_id>/", "comparing.compare", MERGE),
    _page("different", f"{SAME}/<uuid:other_id>/two-children/", "comparing.different", MERGE),
    _page("merge", f"{SAME}/<uuid:other_id>/merge/", "merging.merge", MERGE),
    _page("unmerge", f"{CHILD}/merges/<uuid:merge_id>/undo/", "merging.unmerge", MERGE),
)

EDIT, RESTRICT, OPEN = "people.edit", "people.restrict", "people.open_sealed"
NOW = f"{CHILD}/change"
RECORD = (
    Page("amending.record", f"{NOW}/", f"{VIEWS}.record_page.change_record", "staff", open_to_portal=True),
    _page("add", "children/add/", "adding.add", EDIT),
    _page("who", f"{NOW}/names/", "who.who", EDIT),
    _page("former_name", f"{NOW}/names-before/", "who.former_name", EDIT),
    _page("upn", f"{NOW}/pupil-number/", "who.upn", EDIT),
    _page("number", f"{NOW}/numbers/", "who.number", EDIT),
    _page("enrol", f"{NOW}/schools/", "schools.enrol", EDIT),
    _page("leave_school", f"{NOW}/schools/<uuid:enrolment_id>/", "schools.leave_school", EDIT),
    _page("fact", f"{NOW}/circumstances/", "circumstances.fact", EDIT),
    _page("end_fact", f"{NOW}/circumstances/<uuid:fact_id>/", "circumstances.end_fact", EDIT),
    _page("move", f"{NOW}/home/", "homes.move", EDIT),
    _page("end_home", f"{NOW}/home/<uuid:residence_id>/", "homes.end_home", EDIT),
    _page("restrict", f"{NOW}/home/<uuid:residence_id>/keep-from-others/", "homes.restrict", RESTRICT),
    _page("lift", f"{NOW}/home/<uuid:residence_id>/show-again/", "homes.lift", RESTRICT),
    _page("adult", f"{NOW}/family/", "families.adult", EDIT),
    _page("standing", f"{NOW}/family/<uuid:tie_id>/", "families.standing", EDIT),
    _page("adult_home", f"{NOW}/family/<uuid:tie_id>/home/", "homes.adult_home", EDIT),
    _page("limit", f"{NOW}/family/<uuid:tie_id>/limit/", "families.limit", RESTRICT),
    _page("end_limit", f"{NOW}/limits/<uuid:limit_id>/", "families.end_limit", RESTRICT),
    _page("siblings", f"{NOW}/siblings/", "siblings.siblings", EDIT),
    _page("sibling", f"{NOW}/siblings/<uuid:other_id>/", "siblings.sibling", EDIT),
    _page("seal", f"{NOW}/earlier-identity/", "sealing.seal", RESTRICT),
    _page("open_sealed", f"{NOW}/earlier-identity/open/", "sealing.open_sealed", OPEN),
)

MODULE = Module(
    code="amending",
    label=_("Keeping records right"),
    demonstration=(Demonstration(f"{VIEWS}.demo.run", order=65),),
    pages=(*PAIRS, *RECORD),
    cards=(Card("staff", f"{VIEWS}.cards.to_compare", order=25),),
    menu=(
        MenuItem("staff", _("Add a child"), "amending.add", 35),
        MenuItem("staff", _("Records that may be one child"), "amending.look_alikes", 40),
    ),
)
