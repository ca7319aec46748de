"""The words of ``periods.toml``, marked so that they can be translated: a file of data cannot mark its own.

A test holds the two against one another: a text that is changed in the file and not here would stay English.
"""

from django.utils.translation import gettext_noop as _

WORDS = frozenset(
    (
        _("Main education record"),
        _("birth"),
        _("Published retention schedules of English authorities"),
        _("Education, health and care plan and special educational needs"),
        _("Published retention schedules: 25 years and 6 more. Some authorities keep 35 or 45 years"),
        _("Individual development plan"),
        _("Taken over from education, health and care plans; no schedule was found"),
        _("Looked after by a local authority"),
        _(
            "Published retention schedules. Fifteen years after the death of a child who died before 18 is not verified and not applied"
        ),
        _("Adoption, with the earlier identity sealed"),
        _("the day the earlier identity was sealed"),
        _("General knowledge; kept in a separate archive"),
        _("Children missing education, and enforcing attendance"),
        _("Published retention schedule of one authority"),
        _("Youth justice is working with the child"),
        _("kept while it lasts"),
        _("General knowledge: to the local schedule, never longer than the purpose"),
        _("Exclusion from school"),
        _("General knowledge. Covered by the main record until exclusions are recorded"),
        _("Entries in the attendance and admission registers"),
        _("the entry"),
        _(
            "School Attendance (Pupil Registration) (England) Regulations 2024. Marks are not kept here; where a child was on roll stands in the main record"
        ),
        _("Working file of a school application"),
        _("the end of the school year of entry"),
        _("Published retention schedules: one school year; others keep 6 years"),
    )
)
