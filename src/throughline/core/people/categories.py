"""Kinds of information about a child and family. Who sees them on the first day: ``core/sharing/defaults.toml``."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category

STATUTORY = "UK GDPR 6(1)(c), 6(1)(e); special category 9(2)(g), DPA 2018 Sch 1 Pt 2 para 6"
SAFEGUARDING = "UK GDPR 6(1)(c), 6(1)(e); special category 9(2)(g), DPA 2018 Sch 1 para 18"

CATEGORIES = (
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
)
