"""What the rows of the record's own tables are called when it is said how many move."""

from django.utils.translation import gettext_lazy as _

from ...registry.sockets import Text

ROWS: dict[str, Text] = {
    "alerts.Alert": _("Alerts"),
    "documents.Document": _("Documents"),
    "outbox.Message": _("Messages"),
    "people.Child": _("Records merged into it before"),
    "people.ContactLimit": _("Limits on contact"),
    "people.Enrolment": _("Schools"),
    "people.Fact": _("Circumstances"),
    "people.FormerName": _("Names of before"),
    "people.Identifier": _("Numbers"),
    "people.Involvement": _("People in the circle"),
    "people.PairDecision": _("Decisions about pairs of children"),
    "people.Residence": _("Homes"),
    "people.Sibling": _("Brothers and sisters"),
    "people.Tie": _("Adults in the family"),
    "people.Voice": _("The child’s own words"),
    "requests.Request": _("Requests"),
    "retention.Hold": _("Holds"),
    "sharing.Asked": _("Requests to see more"),
    "sharing.BrokenGlass": _("Emergency openings"),
    "sharing.Override": _("Decisions about who sees what"),
}
