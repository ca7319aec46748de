"""What the record of people adds: its categories, the facts it keeps, who stands how to a child."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, FactKind, Fields, Module, Permission, Relationship, Role

STATUTORY = "UK GDPR 6(1)(c), 6(1)(e); special category 9(2)(g), DPA 2018 Sch 1 Pt 2 para 6"

MODULE = Module(
    code="people",
    label=_("Children and families"),
    permissions=(
        Permission("people.edit", _("Add and change children and families")),
        Permission("people.own_children", _("Add their own children"), roles=("parent",)),
    ),
    roles=(
        Role(
            "parent",
            _("Parent or carer"),
            _("Sees and answers for their own children."),
            portal="family",
        ),
    ),
    relationships=(
        Relationship(
            "responsible_parent",
            _("A parent or carer with responsibility for the child"),
            "throughline.core.people.relationships.responsible_parent",
        ),
        Relationship(
            "carer_at_home",
            _("A parent or carer the child lives with"),
            "throughline.core.people.relationships.carer_at_home",
        ),
    ),
    categories=(
        Category(
            "people.identity",
            _("Name, date of birth and sex"),
            "personal",
            {"responsible_parent": "full", "carer_at_home": "full"},
            _("Knowing which child this is"),
            STATUTORY,
        ),
        Category(
            "people.identifiers",
            _("Unique pupil number"),
            "personal",
            {},
            _("Matching the record to schools' records"),
            STATUTORY,
        ),
        Category(
            "people.address",
            _("Where the child lives"),
            "personal",
            {"carer_at_home": "full"},
            _("Deciding places by where a child lives, and writing to the family"),
            STATUTORY,
        ),
        Category(
            "people.restricted_address",
            _("Where the child lives, when that is kept from others for somebody's safety"),
            "restricted",
            {"carer_at_home": "full"},
            _("Keeping somebody safe"),
            STATUTORY,
        ),
        Category(
            "people.family",
            _("Parents, carers, brothers and sisters"),
            "personal",
            {"carer_at_home": "full"},
            _("Knowing who answers for the child, and sibling priority"),
            STATUTORY,
        ),
        Category(
            "people.education",
            _("Schools attended"),
            "personal",
            {"responsible_parent": "full", "carer_at_home": "full"},
            _("Knowing where the child learns"),
            STATUTORY,
        ),
        Category(
            "people.circumstances",
            _("Care, special needs and other circumstances"),
            "special",
            {"carer_at_home": "full"},
            _("Giving the priority that the law gives"),
            STATUTORY,
        ),
        Category(
            "people.contact",
            _("A parent's or carer's name, email address and telephone number"),
            "personal",
            {},
            _("Reaching the family"),
            STATUTORY,
        ),
    ),
    fields=(
        Fields(
            "people.Child",
            {
                "reference": "people.identity",
                "forename": "people.identity",
                "middle_names": "people.identity",
                "surname": "people.identity",
                "chosen_name": "people.identity",
                "born": "people.identity",
                "sex": "people.identity",
                "upn": "people.identifiers",
            },
        ),
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
                    "lives_with_child",
                    "contact_limited",
                    "evidence",
                    "claimed",
                    "since",
                    "until",
                ),
                "people.family",
            ),
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
                ),
                "people.address",
            ),
        ),
        Fields("people.Residence", dict.fromkeys(("since", "until", "evidence"), "people.address")),
        Fields("people.Sibling", dict.fromkeys(("kind", "same_birth"), "people.family")),
        Fields("people.Enrolment", dict.fromkeys(("since", "until", "year_group"), "people.education")),
        Fields(
            "people.Fact",
            dict.fromkeys(("kind", "since", "until", "source", "evidence"), "people.circumstances"),
        ),
        Fields("people.StaffLink", dict.fromkeys(("since", "until", "shortage_post"), "people.family")),
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
    ),
)
