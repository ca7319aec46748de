"""The standing facts about a child that are kept on the record for every module to read."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import FactKind

FACTS = (
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
    FactKind("early_years_premium", _("Eligible for the early years pupil premium"), "people.circumstances"),
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
)
