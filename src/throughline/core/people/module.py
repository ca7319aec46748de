"""What the record of people adds: its categories, the facts it keeps, who stands how to a child."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, FactKind, Fields, Job, Module, Permission, Relationship
from .starter_roles import ROLES
from .story import ALERTS, ENTRIES

STATUTORY = "UK GDPR 6(1)(c), 6(1)(e); special category 9(2)(g), DPA 2018 Sch 1 Pt 2 para 6"
SAFEGUARDING = "UK GDPR 6(1)(c), 6(1)(e); special category 9(2)(g), DPA 2018 Sch 1 para 18"
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
                "provider_manager",
            ),
        ),
        Permission(
            "people.merge",
            _("Merge two records of one child, and undo it"),
            roles=("records_officer",),
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
    ),
    categories=(
        Category(
            "people.identity",
            _("Name, date of birth and sex"),
            "personal",
            _("Knowing which child this is"),
            STATUTORY,
        ),
        Category(
            "people.former_names",
            _("Names used before"),
            "restricted",
            _("Finding the record under a name used before"),
            STATUTORY,
        ),
        Category(
            "people.communication",
            _("Languages, and how to talk with the child"),
            "personal",
            _("Being understood, and understanding"),
            STATUTORY,
        ),
        Category(
            "people.identifiers",
            _("Unique pupil number and other numbers"),
            "personal",
            _("Matching the record to schools' records"),
            STATUTORY,
        ),
        Category(
            "people.address",
            _("Where the child lives"),
            "personal",
            _("Deciding places by where a child lives, and writing to the family"),
            STATUTORY,
        ),
        Category(
            "people.restricted_address",
            _("Where the child lives, when that is kept from others for somebody's safety"),
            "restricted",
            _("Keeping somebody safe"),
            STATUTORY,
        ),
        Category(
            "people.family",
            _("Parents, carers, brothers and sisters"),
            "personal",
            _("Knowing who answers for the child, and sibling priority"),
            STATUTORY,
        ),
        Category(
            "people.orders",
            _("Court orders and limits on contact"),
            "restricted",
            _("Keeping the child safe"),
            SAFEGUARDING,
            of_others=True,
        ),
        Category(
            "people.education",
            _("Schools attended"),
            "personal",
            _("Knowing where the child learns"),
            STATUTORY,
        ),
        Category(
            "people.circumstances",
            _("Care, special needs and other circumstances"),
            "special",
            _("Giving the priority that the law gives"),
            STATUTORY,
        ),
        Category(
            "people.social_care",
            _("Help and protection by children’s social care"),
            "special",
            _("Keeping the child safe"),
            SAFEGUARDING,
        ),
        Category(
            "people.youth_justice",
            _("Involvement with youth justice"),
            "special",
            _("Education and support while youth justice is involved"),
            "UK GDPR 6(1)(e), Art 10; DPA 2018 Sch 1",
        ),
        Category(
            "people.circle",
            _("Who is involved with the child"),
            "personal",
            _("Working together, and the family knowing who is involved"),
            STATUTORY,
        ),
        Category(
            "people.voice",
            _("What the child or young person says in their own words"),
            "personal",
            _("Being heard: what the child says stands beside what is decided"),
            STATUTORY,
        ),
        Category(
            "people.contact",
            _("A parent's or carer's name, email address and telephone number"),
            "personal",
            _("Reaching the family"),
            STATUTORY,
            of_others=True,
        ),
        Category(
            "people.sealed",
            _("An earlier identity, sealed at adoption"),
            "sealed",
            _("Keeping an adopted child's earlier identity apart"),
            STATUTORY,
        ),
    ),
    fields=(
        Fields(
            "people.Child",
            {
                **dict.fromkeys(
                    (
                        "reference",
                        "forename",
                        "middle_names",
                        "surname",
                        "chosen_name",
                        "pronunciation",
                        "born",
                        "sex",
                    ),
                    "people.identity",
                ),
                **dict.fromkeys(
                    ("first_language", "other_languages", "communication_needs"), "people.communication"
                ),
                "upn": "people.identifiers",
            },
        ),
        Fields(
            "people.FormerName",
            dict.fromkeys(("forename", "surname", "kind", "since", "until"), "people.former_names"),
        ),
        Fields(
            "people.Identifier",
            dict.fromkeys(("kind", "value", "source", "basis", "since", "until"), "people.identifiers"),
        ),
        Fields("people.SealedIdentity", dict.fromkeys(("reason", "sealed_by", "sealed_on"), "people.sealed")),
        Fields(
            "people.Adult",
            dict.fromkeys(("title", "forename", "surname", "email", "phone"), "people.contact"),
        ),
        Fields(
            "people.Tie",
            dict.fromkeys(
                (
                    "kind",
                    "parental_responsibility",
                    "responsibility_by",
                    "ordered_on",
                    "order_ends",
                    "lives_with_child",
                    "evidence",
                    "claimed",
                    "since",
                    "until",
                ),
                "people.family",
            ),
        ),
        Fields(
            "people.ContactLimit",
            dict.fromkeys(("kind", "keeps_back", "since", "until", "evidence"), "people.orders"),
        ),
        Fields(
            "people.Address",
            dict.fromkeys(
                (
                    "lines",
                    "town",
                    "postcode",
                    "uprn",
                    "easting",
                    "northing",
                    "precision",
                    "point_source",
                    "restricted",
                    "restricted_because",
                ),
                "people.address",
            ),
        ),
        Fields("people.Residence", dict.fromkeys(("since", "until", "evidence"), "people.address")),
        Fields("people.AdultResidence", dict.fromkeys(("since", "until"), "people.contact")),
        Fields("people.Sibling", dict.fromkeys(("kind", "same_birth"), "people.family")),
        Fields(
            "people.Enrolment",
            dict.fromkeys(
                ("since", "until", "year_group", "status", "left_because", "source"), "people.education"
            ),
        ),
        Fields(
            "people.Fact",
            dict.fromkeys(("kind", "since", "until", "source", "evidence"), "people.circumstances"),
        ),
        Fields(
            "people.FindableName",
            dict.fromkeys(
                ("kind", "forename", "surname", "forename_sound", "surname_sound", "born"),
                # Names of all kinds are in it, so it counts as the most restricted of them.
                "people.former_names",
            ),
        ),
        Fields("people.StaffLink", dict.fromkeys(("since", "until", "shortage_post"), "people.family")),
        Fields(
            "people.Involvement",
            dict.fromkeys(("role", "name", "because", "since", "until", "ended_because"), "people.circle"),
        ),
        Fields(
            "people.Voice",
            dict.fromkeys(
                ("speaker", "words", "said_on", "heard", "written_by", "written_at", "about"), "people.voice"
            ),
        ),
        Fields(
            "people.PairDecision",
            dict.fromkeys(("kind", "reason", "decided_by", "decided_at"), "people.former_names"),
        ),
        Fields(
            "people.Merge",
            dict.fromkeys(
                (
                    "reason",
                    "moved",
                    "merged_by",
                    "merged_at",
                    "undone_by",
                    "undone_at",
                    "undone_because",
                ),
                "people.former_names",
            ),
        ),
    ),
    jobs=(
        Job(
            "people.reindex",
            _("Put right the index by which children are found"),
            run="throughline.core.people.search.jobs.reindex",
            every=timedelta(days=1),
        ),
    ),
    facts=(
        FactKind("looked_after", _("Looked after by a local authority"), "people.circumstances"),
        FactKind(
            "previously_looked_after",
            _("Adopted, or under a child arrangements or special guardianship order, straight from care"),
            "people.circumstances",
        ),
        FactKind(
            "adopted_from_state_care_abroad",
            _("Adopted from state care outside England"),
            "people.circumstances",
        ),
        FactKind(
            "plan_names_school",
            _("An education, health and care plan names a school"),
            "people.circumstances",
            names_school=True,
        ),
        FactKind("pupil_premium", _("Eligible for the pupil premium"), "people.circumstances"),
        FactKind(
            "early_years_premium", _("Eligible for the early years pupil premium"), "people.circumstances"
        ),
        FactKind("service_premium", _("Eligible for the service premium"), "people.circumstances"),
        FactKind("service_family", _("Child of a member of the armed forces"), "people.circumstances"),
        FactKind(
            "social_medical",
            _("A social or medical need for one school"),
            "people.circumstances",
            names_school=True,
        ),
        FactKind("faith", _("Member of a faith, as its leader confirms"), "people.circumstances"),
        FactKind("child_in_need", _("A child in need"), "people.social_care"),
        FactKind("protection_plan", _("On a child protection plan"), "people.social_care"),
        FactKind("ehc_plan", _("Has an education, health and care plan"), "people.circumstances"),
        FactKind("idp", _("Has an individual development plan"), "people.circumstances"),
        FactKind("sen_support", _("Receives SEN support at school"), "people.circumstances"),
        FactKind("free_meals", _("Eligible for free school meals"), "people.circumstances"),
        FactKind("young_carer", _("A young carer"), "people.circumstances"),
        FactKind("other_language", _("English is an additional language"), "people.circumstances"),
        FactKind("youth_justice", _("Worked with by youth justice"), "people.youth_justice"),
        FactKind("home_educated", _("Educated at home"), "people.circumstances"),
        FactKind("missing_education", _("Missing education"), "people.circumstances"),
    ),
)
