"""The lines that the record of people adds to a child's story, and the alerts it raises.

Declared here; ``telling.py`` makes the lines out of rows.
"""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import AlertKind, EntryKind

SCHOOL, FAMILY, HELP, RECORD = _("School"), _("Family and home"), _("Help and support"), _("The record")

ENTRIES = (
    EntryKind("people.enrolled", _("Joined a school"), _("Joined %(school)s."), "people.education", SCHOOL),
    EntryKind("people.left_school", _("Left a school"), _("Left %(school)s."), "people.education", SCHOOL),
    EntryKind(
        "people.back_on_roll",
        _("Leaving a school was taken back"),
        _("That they left %(school)s was recorded by mistake, and was taken back."),
        "people.education",
        SCHOOL,
    ),
    EntryKind("people.moved_home", _("Moved home"), _("Moved to a new address."), "people.address", FAMILY),
    EntryKind(
        "people.moved_home_kept",
        _("Moved home"),
        _("Moved to an address that is kept from others."),
        "people.restricted_address",
        FAMILY,
    ),
    EntryKind(
        "people.fact_began",
        _("A circumstance began"),
        _("%(fact)s: from this day."),
        "people.circumstances",
        HELP,
    ),
    EntryKind(
        "people.fact_ended",
        _("A circumstance ended"),
        _("%(fact)s: until this day."),
        "people.circumstances",
        HELP,
    ),
    EntryKind(
        "people.protection_began",
        _("Social care became involved"),
        _("%(fact)s: from this day."),
        "people.social_care",
        HELP,
    ),
    EntryKind(
        "people.protection_ended",
        _("Social care ended"),
        _("%(fact)s: until this day."),
        "people.social_care",
        HELP,
    ),
    EntryKind(
        "people.justice_began",
        _("Youth justice became involved"),
        _("%(fact)s: from this day."),
        "people.youth_justice",
        HELP,
    ),
    EntryKind(
        "people.justice_ended",
        _("Youth justice ended"),
        _("%(fact)s: until this day."),
        "people.youth_justice",
        HELP,
    ),
    EntryKind(
        "people.joined_circle",
        _("Somebody joined the circle"),
        _("%(who)s (%(role)s) became involved."),
        "people.circle",
        HELP,
    ),
    EntryKind(
        "people.left_circle",
        _("Somebody left the circle"),
        _("%(who)s (%(role)s) is no longer involved."),
        "people.circle",
        HELP,
    ),
    EntryKind(
        "people.joined_circle_for_protection",
        _("Somebody joined the circle"),
        _("%(who)s (%(role)s) became involved."),
        "people.social_care",
        HELP,
    ),
    EntryKind(
        "people.left_circle_for_protection",
        _("Somebody left the circle"),
        _("%(who)s (%(role)s) is no longer involved."),
        "people.social_care",
        HELP,
    ),
    EntryKind(
        "people.joined_circle_for_justice",
        _("Somebody joined the circle"),
        _("%(who)s (%(role)s) became involved."),
        "people.youth_justice",
        HELP,
    ),
    EntryKind(
        "people.left_circle_for_justice",
        _("Somebody left the circle"),
        _("%(who)s (%(role)s) is no longer involved."),
        "people.youth_justice",
        HELP,
    ),
    EntryKind(
        "people.said",
        _("Something was said in the child’s own words"),
        _("Said what matters to them."),
        "people.voice",
        HELP,
    ),
    EntryKind(
        "people.merged",
        _("Two records were merged"),
        _("A second record of this child was merged into this one."),
        "people.former_names",
        RECORD,
    ),
    EntryKind(
        "people.unmerged",
        _("A merge was undone"),
        _(
            "It was found that a record merged into this one is another child’s, and the two were parted again."
        ),
        "people.former_names",
        RECORD,
    ),
    EntryKind("people.noted", _("A note"), _("%(words)s"), "people.circumstances", RECORD),
)

ALERTS = (
    AlertKind(
        "people.restricted_opened",
        _("A restricted address was opened"),
        _("Somebody opened an address that is kept from others for somebody’s safety."),
        "people.restrict",
        urgent=True,
    ),
    AlertKind(
        "people.same_number",
        _("Two records bear one number"),
        _("Two records bear the same unique pupil number. They may be one child."),
        "people.merge",
    ),
    AlertKind(
        "people.looked_at_family",
        _("Somebody looked at a child of their own family"),
        _("Somebody opened, at work, the record of a child to whom they are tied privately. Ask what for."),
        "audit.review_looking",
        urgent=True,
    ),
    AlertKind(
        "people.looked_at_neighbour",
        _("Somebody looked at a child who lives in their street"),
        _("Somebody opened, at work, the record of a child who lives where they live. Ask what for."),
        "audit.review_looking",
    ),
    AlertKind(
        "people.looked_at_colleague",
        _("Somebody looked at a colleague’s child"),
        _(
            "Somebody opened the record of a child whose parent or carer works at the same school. Ask what for."
        ),
        "audit.review_looking",
    ),
    AlertKind(
        "people.looked_without_tie",
        _("Somebody looked at a child with whom they do not work"),
        _("Somebody whose role works by involvement opened the record of a child to whom nothing ties them."),
        "audit.review_looking",
        urgent=True,
    ),
)
