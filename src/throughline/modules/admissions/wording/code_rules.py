"""Each rule of the Admissions Code as it is said to the officer whose arrangements it stands against."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULES: dict[str, str | Promise] = {
    "looked_after_first": _(
        "Looked-after and previously looked-after children must come first, before every other criterion."
    ),
    "looked_after_kinds": _(
        "Children who are looked after, were looked after, or were adopted from state care abroad must rank equally, "
        "in one criterion."
    ),
    "looked_after_faith_choice": _(
        "A faith school puts either all looked-after children first, or those of its faith first and the others "
        "first among children who are not of its faith."
    ),
    "looked_after_shut_out": _(
        "The shares use every place before looked-after children outside them are placed. Make the shares of what "
        "remains, or leave places open."
    ),
    "looked_after_in_share": _(
        "A share with criteria of its own should put looked-after children first in them."
    ),
    "plan_as_criterion": _(
        "A child whose education, health and care plan names the school is admitted before any criterion, so a plan "
        "cannot be a criterion."
    ),
    "last_criterion_everyone": _(
        "The last criterion must be for all other children, so that no place stays empty while a child wants it."
    ),
    "final_lot": _("The tie-break must end with drawing lots, so that no two children are left equal."),
    "lot_supervised": _("Say who, independent of the school, supervises the drawing of lots."),
    "lot_as_main": _(
        "Drawing lots decides first here. It may not be the main criterion of every school in the area."
    ),
    "preference_order": _(
        "The order in which a family named its schools may not count. Remove “%(fact)s”."
    ),
    "date_of_application": _(
        "When a family applied, or how long a child has waited, may not count. Remove “%(fact)s”."
    ),
    "previous_school": _(
        "A child’s previous school may not count, unless it is a named feeder school. Remove “%(fact)s”."
    ),
    "parents_circumstances": _(
        "Parents’ jobs, money, education or marriage may not count. Remove “%(fact)s”."
    ),
    "help_given": _("Help given to the school or to a faith body may not count. Remove “%(fact)s”."),
    "money": _("Money may not be asked for and may not count. Remove “%(fact)s%(asked)s”."),
    "reports": _(
        "Reports on behaviour, attendance or attainment may not count. Remove “%(fact)s%(asked)s”."
    ),
    "disability": _(
        "A disability or special educational need may not put a child at a disadvantage. Remove “%(fact)s”."
    ),
    "hobbies": _("Hobbies and activities of a child or of parents may not count. Remove “%(fact)s”."),
    "interview": _(
        "Interviews are allowed only for suitability to board and for aptitude. Remove “%(fact)s%(asked)s”."
    ),
    "photograph": _(
        "Photographs are allowed only to show who is sitting a test. Remove “%(fact)s%(asked)s”."
    ),
    "form_asks_too_much": _(
        "A supplementary form may ask only for what the criteria need. Remove “%(asked)s”."
    ),
    "unknown_fact": _("“%(fact)s” is not a fact that arrangements can use. Choose one from the list."),
    "new_selection": _(
        "Only grammar schools, and schools that chose some pupils by ability before 1998, may select by ability."
    ),
    "grammar_without_selection": _("Say how this grammar school selects: by a pass mark or by highest score."),
    "pass_mark_missing": _("Enter the pass mark, which must be above 0."),
    "top_score_first": _(
        "Where places go to the highest scores, the score must come first in the tie-break."
    ),
    "sibling_top_score": _("A grammar school that ranks by score may not give priority to siblings."),
    "test_described": _("Say what the selection test is."),
    "ability_historic": _(
        "Places by ability are allowed only where they have always been, inside their own share of the places."
    ),
    "score_without_selection": _(
        "Scores may rank children only in a grammar school, a share for aptitude or a historic share for ability."
    ),
    "aptitude_over_tenth": _(
        "Places by aptitude may be at most a tenth of the admission number: %(most)s, and %(places)s are set aside."
    ),
    "aptitude_outside_share": _("Aptitude may count only inside its own share of the places."),
    "aptitude_subject": _(
        "Aptitude may be in sport, performing or visual arts, or languages. “%(subject)s” is none of them."
    ),
    "aptitude_undefined": _("Name the subject in which aptitude is assessed."),
    "bands_add_up": _(
        "The bands have %(shares)s places between them, and must have %(places)s, so that no place stays empty."
    ),
    "bands_count": _("There must be at least two bands, each with at least one place."),
    "bands_with_selection": _("Inside a band nobody may be ranked by ability or score."),
    "banding_described": _("Say what test places children in bands."),
    "faith_not_designated": _(
        "Only a school designated as having a religious character may use faith. Remove “%(fact)s”, or say that the "
        "school is designated."
    ),
    "faith_free_school_half": _(
        "A new free school may give at most half its places by faith, and only as a share."
    ),
    "faith_undefined": _("Say which faith, and whose guidance decides who is of it."),
    "sibling_undefined": _(
        "Say who counts as a brother or sister, whether former pupils, linked schools and the sixth form count, and "
        "that they must still attend."
    ),
    "catchment_undefined": _("Give the catchment area its name."),
    "feeder_unnamed": _("Name the feeder schools."),
    "feeder_fee_paying": _("A fee-paying school may not be a feeder: %(name)s."),
    "name_missing": _("Give “%(fact)s” its name in words."),
    "distance_undefined": _("Say how distance is measured, in what unit, from where and to where."),
    "social_medical_undefined": _("Say what professional evidence a social or medical need must have."),
    "staff_undefined": _("Say who counts as staff, for how long, and whether posts hard to fill count."),
    "staff_two_years": _(
        "A parent must have worked at the school for at least two years, and %(years)s is given here."
    ),
    "nursery_unnamed": _("Name the nursery."),
    "nursery_without_premium": _("A nursery place may count only together with a pupil premium."),
    "boarding_undefined": _("Say how suitability to board is judged."),
    "address_date_missing": _("Say on which day the child’s address counts."),
    "admission_number_negative": _("The admission number must be 0 or more."),
    "no_criteria": _("There must be at least one criterion."),
    "duplicate_code": _("Two criteria or shares have the same short name, “%(code)s”."),
    "criterion_impossible": _("No child can meet “%(code)s”: it asks for a fact and shuts it out."),
    "criterion_unreachable": _("No child can come to “%(code)s”, because “%(after)s” takes everyone before it."),
    "tie_break_useless": _("In a tie-break nothing may stand twice, and what stands after the lot decides nothing."),
    "quota_size": _("A share has either a number of places or a percentage, above 0 and not above 100."),
    "quotas_over_number": _("The shares together ask for more places than there are."),
    "code_not_held": _("No admissions code is held for this date, so only the arithmetic was checked."),
}  # fmt: skip
