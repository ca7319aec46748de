"""What the alerts room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import AlertKind, Category, Criterion, Fields, Job, Module, Permission

MODULE = Module(
    code="alerts",
    label=_("Alerts"),
    permissions=(
        # Which alerts they are shown follows from the permission that each kind names.
        Permission(
            "alerts.look",
            _("See the alerts that their other permissions are for"),
            roles=(
                "safeguarding_lead",
                "data_protection_officer",
                "records_officer",
                "correspondence_officer",
            ),
        ),
        # Nobody who answers for records may decide alone how closely looking at them is watched.
        Permission(
            "alerts.set_criteria",
            _("Set when alerts are raised and reminders sent"),
            roles=("data_protection_officer",),
        ),
    ),
    jobs=(
        Job(
            "alerts.cut_off",
            _("Sign out whoever looks at far more children than any work needs"),
            run="throughline.core.alerts.cutting_off.cut_off",
            every=timedelta(seconds=20),
        ),
        Job(
            "alerts.roles_given",
            _("Say when somebody was put in a role at the authority"),
            run="throughline.core.alerts.roles_given.say",
            every=timedelta(minutes=1),
        ),
        Job(
            "alerts.unusual",
            _("Notice looking that is out of the ordinary"),
            run="throughline.core.alerts.unusual.watch",
            every=timedelta(minutes=5),
        ),
    ),
    alerts=(
        AlertKind(
            "alerts.role_given",
            _("A role at the authority was given"),
            _(
                "An administrator, acting alone, put somebody in a role at the authority. Check that it was right."
            ),
            "audit.review_looking",
        ),
        AlertKind(
            "alerts.criterion_set",
            _("It was changed when an alert is raised or a reminder sent"),
            _(
                "Somebody set another figure, with a reason. Check that nothing will go unnoticed because of it."
            ),
            "audit.review_looking",
        ),
        AlertKind(
            "alerts.other_council_account",
            _("Another council account came with a colleague’s address"),
            _(
                "Somebody tried to sign in by a council account that is not the one linked to the person with that "
                "address. They were refused. Ask the council’s directory whose account it is."
            ),
            "audit.review_looking",
            urgent=True,
        ),
    ),
    criteria=(
        Criterion(
            "audit.many_children",
            _("An alert is raised when one person opens the records of more than"),
            _("children"),
            first=40,
            least=5,
            most=200,
            because=_(
                "More than the busiest ordinary hour of an admissions team, one case a minute. No law says it."
            ),
        ),
        Criterion(
            "audit.many_children.minutes",
            _("They are counted over any stretch of"),
            _("minutes"),
            first=20,
            least=5,
            most=24 * 60,
            because=_("Long enough for one piece of work, short enough to act the same day."),
        ),
        Criterion(
            "audit.many_lookers",
            _("An alert is raised when one child’s record is opened by more than"),
            _("people"),
            first=12,
            least=3,
            most=60,
            because=_("A large circle and a school’s office together. No law says it."),
        ),
        Criterion(
            "audit.many_lookers.minutes",
            _("They are counted over any stretch of"),
            _("minutes"),
            first=24 * 60,
            least=60,
            most=7 * 24 * 60,
            because=_("A day."),
        ),
        Criterion(
            "audit.cut_off",
            _("Somebody is signed out at once when they open the records of more than"),
            _("children"),
            first=100,
            least=20,
            most=300,
            because=_(
                "Five children a minute for twenty minutes: more than anybody can read. No law says it."
            ),
        ),
        Criterion(
            "audit.cut_off.minutes",
            _("They are counted over any stretch of"),
            _("minutes"),
            first=20,
            least=5,
            most=8 * 60,
            because=_(
                "Thieves of a session, and people on their last day, are quicker than whoever reads an alert."
            ),
        ),
    ),
    categories=(
        Category(
            "alerts.alert",
            _("That a team should look at something about this child"),
            "restricted",
            _("Noticing in time"),
            "UK GDPR 6(1)(e)",
        ),
    ),
    fields=(
        Fields(
            "alerts.Alert",
            dict.fromkeys(
                (
                    "kind",
                    "details",
                    "key",
                    "raised_at",
                    "state",
                    "taken_by",
                    "closed_by",
                    "closed_at",
                    "outcome",
                ),
                "alerts.alert",
            ),
        ),
    ),
)
