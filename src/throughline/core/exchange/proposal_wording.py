"""Words for files about children: why a child was matched or is asked, what differs, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..organisations.models import School
from ..people.models import Child, Enrolment, Identifier, Tie
from ..registry.assembly import installed

BECAUSE = {
    "upn": gettext_lazy("By the unique pupil number, and name and birth do not speak against it."),
    "former_upn": gettext_lazy("By a number the child had before, and name and birth agree."),
    "nobody": gettext_lazy("Nobody on the record is like this child."),
    "not_enough": gettext_lazy("The line does not say enough to know who it is about. It was left out."),
    "alike": gettext_lazy("There is no sound pupil number to go by. Is this the same child?"),
    "number_of_another": gettext_lazy(
        "The unique pupil number belongs to a child on the record whose name or birth is another."
    ),
    "number_twice": gettext_lazy("Two records bear this unique pupil number."),
    "number_of_two": gettext_lazy("In this file the same unique pupil number stands for two children."),
    "two_rows": gettext_lazy("Several lines of the file seem to be about this child."),
}
REASONS = {
    "upn_same": gettext_lazy("the same unique pupil number"),
    "upn_former": gettext_lazy("one has now the number that the other had before"),
    "upn_differs": gettext_lazy("another unique pupil number"),
    "nhs_same": gettext_lazy("the same NHS number"),
    "nhs_differs": gettext_lazy("another NHS number"),
    "forename_same": gettext_lazy("the same first name"),
    "forename_spelling": gettext_lazy("the first name in another spelling"),
    "forename_nickname": gettext_lazy("the first name in a short form"),
    "forename_part": gettext_lazy("part of the first name"),
    "forename_typo": gettext_lazy("the first name but for a slip"),
    "forename_former": gettext_lazy("a first name used before"),
    "forename_middle": gettext_lazy("a middle name"),
    "forename_sound": gettext_lazy("a first name that sounds the same"),
    "forename_initial": gettext_lazy("the same initial"),
    "forename_differs": gettext_lazy("another first name"),
    "surname_same": gettext_lazy("the same surname"),
    "surname_spelling": gettext_lazy("the surname in another spelling"),
    "surname_former": gettext_lazy("a surname used before"),
    "surname_part": gettext_lazy("part of the surname"),
    "surname_typo": gettext_lazy("the surname but for a slip"),
    "surname_sound": gettext_lazy("a surname that sounds the same"),
    "surname_initial": gettext_lazy("the same initial of the surname"),
    "surname_differs": gettext_lazy("another surname"),
    "names_swapped": gettext_lazy("first name and surname in one another’s place"),
    "born_same": gettext_lazy("the same date of birth"),
    "born_swapped": gettext_lazy("the date of birth with day and month swapped"),
    "born_one_digit": gettext_lazy("the date of birth but for one figure"),
    "born_differs": gettext_lazy("another date of birth"),
    "postcode_same": gettext_lazy("the same postcode"),
    "postcode_near": gettext_lazy("a postcode nearby"),
    "sex_differs": gettext_lazy("another sex"),
    "twins": gettext_lazy("perhaps a twin"),
}
BANDS = {
    "same": gettext_lazy("Very like"),
    "likely": gettext_lazy("Likely"),
    "possible": gettext_lazy("Possible"),
    "different": gettext_lazy("Unlike"),
}
FIELDS = {
    "forename": gettext_lazy("First name"),
    "surname": gettext_lazy("Surname"),
    "middle_names": gettext_lazy("Middle names"),
    "chosen_name": gettext_lazy("Chosen name"),
    "born": gettext_lazy("Date of birth"),
    "sex": gettext_lazy("Sex"),
    "upn": gettext_lazy("Unique pupil number"),
    "first_language": gettext_lazy("First language"),
    "status": gettext_lazy("How the child is registered"),
    "year_group": gettext_lazy("Year group"),
    "since": gettext_lazy("Joined on"),
}
SKIPPED = {
    "changed_meanwhile": gettext_lazy("Somebody changed the record after the file was read."),
    "there_already": gettext_lazy("It was on the record already."),
    "on_another_roll": gettext_lazy("The child is on another roll that the file does not speak of."),
    "child_left": gettext_lazy("The child was not accepted as new."),
    "child_gone": gettext_lazy("The child’s record was merged with another meanwhile."),
}
LEFT = {
    "changed": gettext_lazy("somebody changed it since"),
    "in_use": gettext_lazy("something else on the record hangs on it by now"),
    "gone": gettext_lazy("it is no longer there"),
}


def improbable_words(found: Mapping[str, Any], schools: Mapping[str, str]) -> str:
    """Why a file is improbable, with its figures."""
    values = {**found, "school": schools.get(str(found.get("school")), "")}
    if found["code"] == "many_leave":
        return _("%(count)s of the %(of)s children on the roll of %(school)s would leave it.") % values
    if found["code"] == "other_school":
        return (
            _("%(count)s of %(of)s lines are about another school than the one that sent the file.") % values
        )
    return _("The surname or date of birth of %(count)s of %(of)s children would change.") % values


def reasons_words(codes: list[str]) -> str:
    """What speaks for and against, in one line."""
    return "; ".join(str(REASONS[code]) for code in codes if code in REASONS)


def title_of(command: str, becomes: Mapping[str, Any]) -> str:
    """What a difference is about."""
    if command in ("detail", "roll_detail"):
        return str(FIELDS.get(str(becomes.get("field")), becomes.get("field", "")))
    if command == "number":
        return str(Identifier.Kind(becomes["kind"]).label)
    titles = {
        "new": _("New to the record"),
        "former_name": _("Name used before"),
        "enrol": _("Joined a school"),
        "leave": _("Left a school"),
        "move": _("Address"),
        "fact": _("Circumstance"),
        "adult": _("Contact"),
    }
    return titles.get(command, command)


def was_words(command: str, was: Mapping[str, Any], becomes: Mapping[str, Any]) -> str:
    """What the record says now."""
    if command in ("detail", "roll_detail"):
        return _value(str(becomes.get("field")), was.get("value"))
    if command == "move":
        return str(was.get("address", ""))
    if command in ("enrol", "leave"):
        return str(was.get("school", ""))
    return ""


def becomes_words(command: str, becomes: Mapping[str, Any], schools: Mapping[str, School]) -> str:
    """What the file says."""
    return _BECOMES.get(command, _nothing)(becomes, schools)


def _nothing(_becomes: Mapping[str, Any], _schools: Mapping[str, School]) -> str:
    return ""


def _field(becomes: Mapping[str, Any], _schools: Mapping[str, School]) -> str:
    return _value(str(becomes.get("field")), becomes.get("value"))


def _child(becomes: Mapping[str, Any], _schools: Mapping[str, School]) -> str:
    names = {"name": f"{becomes['forename']} {becomes['surname']}", "born": day(becomes["born"])}
    return _("%(name)s, born %(born)s") % names


def _number(becomes: Mapping[str, Any], _schools: Mapping[str, School]) -> str:
    return str(becomes["value"])


def _name(becomes: Mapping[str, Any], _schools: Mapping[str, School]) -> str:
    return f"{becomes['forename']} {becomes['surname']}"


def _enrolled(becomes: Mapping[str, Any], schools: Mapping[str, School]) -> str:
    school = schools.get(str(becomes["school"]))
    values = {"school": school.name if school else "", "since": day(becomes["since"])}
    if becomes.get("closes"):
        return _("On the roll of %(school)s since %(since)s. The one before ends that day.") % values
    return _("On the roll of %(school)s since %(since)s.") % values


def _left(becomes: Mapping[str, Any], _schools: Mapping[str, School]) -> str:
    if becomes.get("because"):
        return _("Left on %(day)s (%(because)s)") % {
            "day": day(becomes["until"]),
            "because": becomes["because"],
        }
    return _("Left on %(day)s") % {"day": day(becomes["until"])}


def _home(becomes: Mapping[str, Any], _schools: Mapping[str, School]) -> str:
    return ", ".join(str(becomes[part]) for part in ("lines", "town", "postcode") if becomes.get(part))


def _fact(becomes: Mapping[str, Any], _schools: Mapping[str, School]) -> str:
    kind = installed().facts.get(str(becomes["kind"]))
    label = str(kind.label) if kind else str(becomes["kind"])
    if becomes.get("since"):
        return _("%(fact)s, since %(day)s") % {"fact": label, "day": day(becomes["since"])}
    return label


def _adult(becomes: Mapping[str, Any], _schools: Mapping[str, School]) -> str:
    kind = (
        Tie.Kind(becomes["kind"]).label if becomes.get("kind") in Tie.Kind.values else becomes.get("kind", "")
    )
    who = f"{becomes['forename']} {becomes['surname']}"
    if becomes.get("parental_responsibility"):
        return _("%(who)s (%(kind)s), said to have parental responsibility") % {"who": who, "kind": kind}
    return f"{who} ({kind})"


_BECOMES = {
    "detail": _field,
    "roll_detail": _field,
    "new": _child,
    "number": _number,
    "former_name": _name,
    "enrol": _enrolled,
    "leave": _left,
    "move": _home,
    "fact": _fact,
    "adult": _adult,
}


def _value(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name in ("born", "since"):
        return day(str(value))
    if name == "sex":
        return str(Child.Sex(value).label) if value in Child.Sex.values else str(value)
    if name == "status":
        return str(Enrolment.Status(value).label) if value in Enrolment.Status.values else str(value)
    return str(value)


def day(text: str) -> str:
    """A day of a file, as people write it."""
    return date_format(date.fromisoformat(text), "j F Y", use_l10n=False)
