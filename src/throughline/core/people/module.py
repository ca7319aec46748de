"""What the record of people adds: its categories, the facts it keeps, who stands how to a child."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Job, Module, Permission, Relationship
from .categories import CATEGORIES
from .facts import FACTS
from .fields import FIELDS
from .keeping import CLASSES
from .keeping_parts import PARTS
from .starter_roles import ROLES
from .story import ALERTS, ENTRIES

FOUND = "throughline.core.people.relationships"

MODULE = Module(
    code="people",
    label=_("Children and families"),
    permissions=(
        Permission("people.edit", _("Add and change children and families"), roles=("records_officer",)),
        Permission("people.own_children", _("Add their own children"), roles=("parent",)),
        Permission(
            "people.find",
            _("Find and open the records of children they may see"),
            roles=(
                "records_officer",
                "caseworker",
                "safeguarding_lead",
                "head_teacher",
                "designated_teacher",
                "special_needs_lead",
                "school_office",
                "social_worker",
                "health_professional",
                "educational_psychologist",
                "youth_justice_worker",
                "community_worker",
                "police_officer",
                "provider_manager",
            ),
        ),
        Permission(
            "people.merge",
            _("Merge two records of one child, and undo it"),
            roles=("records_officer",),
        ),
        Permission(
            "people.my_circle",
            _("See the children they work with, in one list"),
            roles=(
                "caseworker",
                "safeguarding_lead",
                "social_worker",
                "health_professional",
                "educational_psychologist",
                "youth_justice_worker",
                "police_officer",
                "community_worker",
                "provider_manager",
            ),
        ),
        Permission(
            "people.pupils",
            _("See the pupils on the roll of their school"),
            roles=("head_teacher", "designated_teacher", "special_needs_lead", "school_office"),
        ),
        Permission(
            "people.circle",
            _("Say who is involved with a child"),
            roles=("caseworker", "safeguarding_lead"),
        ),
        Permission(
            "people.own_words", _("Say how they are called and what matters to them"), roles=("young_person",)
        ),
        Permission(
            "people.write_down_words",
            _("Write down what a child said"),
            roles=(
                "caseworker",
                "safeguarding_lead",
                "designated_teacher",
                "special_needs_lead",
                "social_worker",
            ),
        ),
        Permission(
            "people.invite_young_person",
            _("Give a young person their own way in, once it is certain who they are"),
            roles=("caseworker", "safeguarding_lead", "records_officer"),
        ),
        Permission(
            "people.restrict",
            _("Restrict an address, record a limit on contact, seal an earlier identity"),
            roles=("safeguarding_lead",),
        ),
        Permission(
            "people.open_sealed",
            _("Open the earlier identity of a child who was adopted"),
            roles=("safeguarding_lead",),
        ),
    ),
    roles=ROLES,
    entries=ENTRIES,
    alerts=ALERTS,
    relationships=(
        Relationship(
            "responsible_parent",
            _("A parent or carer with responsibility for the child"),
            f"{FOUND}.responsible_parent",
            "family",
        ),
        Relationship(
            "carer_at_home", _("A parent or carer the child lives with"), f"{FOUND}.carer_at_home", "family"
        ),
        Relationship(
            "limited_parent",
            _("A parent who must not be told where the child lives or learns"),
            f"{FOUND}.limited_parent",
            "family",
        ),
        Relationship("the_child", _("The young person themselves"), f"{FOUND}.the_child", "young_person"),
        Relationship(
            "at_own_school", _("Somebody who works at the child’s school"), f"{FOUND}.at_own_school", "school"
        ),
        Relationship("in_circle", _("Somebody in the child’s circle"), f"{FOUND}.in_circle"),
        Relationship("tied", _("Anybody of the child’s family"), f"{FOUND}.tied", "family", is_reader=False),
    ),
    categories=CATEGORIES,
    fields=FIELDS,
    jobs=(
        Job(
            "people.reindex",
            _("Put right the index by which children are found"),
            run="throughline.core.people.search.jobs.reindex",
            every=timedelta(days=1),
        ),
        Job(
            "people.curiosity",
            _("Notice looking that is unusual because of who somebody is"),
            run="throughline.core.people.curiosity.finding.curiosity",
            every=timedelta(minutes=5),
        ),
        Job(
            "people.look_alikes",
            _("List the records that may be of one child"),
            run="throughline.core.people.merging.jobs.look_alikes",
            every=timedelta(days=1),
        ),
        Job(
            "people.gather_left_behind",
            _("Gather what was written to a record while it was being merged"),
            run="throughline.core.people.merging.jobs.gather",
            every=timedelta(minutes=5),
        ),
    ),
    facts=FACTS,
    retention=CLASSES,
    parts=PARTS,
)
