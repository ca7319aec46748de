"""The roles of those who work around a child, in the authority and outside it, as they are on the first day."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Role

FAMILIES = (
    Role("parent", _("Parent or carer"), _("Sees and answers for their own children."), portal="family"),
    Role(
        "young_person",
        _("Young person"),
        _("Sees their own record, in their own words."),
        portal="young_person",
    ),
)
AUTHORITY = (
    Role(
        "caseworker",
        _("Education caseworker"),
        _(
            "Works with children across the service: opens their records, brings people together, asks for what is needed."
        ),
    ),
    Role(
        "records_officer",
        _("Records officer"),
        _("Keeps records right: families, addresses, imports from schools, two records of one child."),
    ),
    Role(
        "safeguarding_lead",
        _("Safeguarding lead"),
        _(
            "Decides on restricted addresses and limits on contact, approves exceptions, reviews emergency access."
        ),
    ),
)
SCHOOLS = tuple(
    Role(code, label, words, portal="school", reach="at_own_school")
    for code, label, words in (
        (
            "school_administrator",
            _("School account administrator"),
            _("Joins, moves and removes the school’s own staff. Sees nothing about any child."),
        ),
        ("head_teacher", _("Head teacher"), _("Answers for every pupil of the school.")),
        (
            "designated_teacher",
            _("Designated teacher"),
            _("Answers for the education of the school’s looked-after children."),
        ),
        (
            "special_needs_lead",
            _("Special educational needs co-ordinator"),
            _("Answers for the school’s support for special or additional needs."),
        ),
        ("school_office", _("School office"), _("Sends the school’s files and keeps its lists right.")),
    )
)
PROFESSIONALS = tuple(
    Role(code, label, words, portal="professional", reach="in_circle")
    for code, label, words in (
        (
            "agency_administrator",
            _("Agency account administrator"),
            _("Joins, moves and removes the agency’s own staff. Sees nothing about any child."),
        ),
        ("social_worker", _("Social worker"), _("Works with a child and family for children’s social care.")),
        ("health_professional", _("Health professional"), _("Works with a child for the health service.")),
        (
            "educational_psychologist",
            _("Educational psychologist"),
            _("Advises on how a child learns and what helps."),
        ),
        (
            "youth_justice_worker",
            _("Youth justice worker"),
            _("Works with a young person for the youth justice service."),
        ),
        ("police_officer", _("Police officer"), _("Works with others to keep a child safe.")),
        (
            "community_worker",
            _("Charity or community worker"),
            _("Works with a child for a charity or a community group."),
        ),
    )
)
PROVIDERS = (
    Role(
        "provider_administrator",
        _("Provider account administrator"),
        _("Joins, moves and removes the provider’s own staff. Sees nothing about any child."),
        portal="provider",
        reach="in_circle",
    ),
    Role(
        "provider_manager",
        _("Provider manager"),
        _("Answers for the children a nursery, tutor or alternative provider works with."),
        portal="provider",
        reach="in_circle",
    ),
)
ROLES = (*FAMILIES, *AUTHORITY, *SCHOOLS, *PROFESSIONALS, *PROVIDERS)
