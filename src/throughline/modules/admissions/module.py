"""What admissions adds."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import (
    Category,
    Commands,
    Demonstration,
    Fields,
    ImportKind,
    Job,
    MergeRule,
    MessageKind,
    Module,
    Permission,
    RecordPart,
    RetentionClass,
    Role,
)

from .pages.addresses import CARDS, MENU, PAGES, TABS

BASIS = "UK GDPR 6(1)(c) and 6(1)(e): School Standards and Framework Act 1998"

MODULE = Module(
    code="admissions",
    label=_("School places"),
    retention=(
        RetentionClass(
            "admission_file",
            _("Working file of a school application"),
            "throughline.modules.admissions.queries.keeping.with_application",
            "people.education",
        ),
    ),
    parts=(
        RecordPart(
            "admission_file",
            _("Working file of a school application"),
            # Who disposes of it is told that there is one, of which year, and nothing of what it says.
            "people.education",
            "throughline.modules.admissions.queries.keeping.whose_file",
            "throughline.modules.admissions.queries.keeping.file_rows",
        ),
    ),
    on_merge=(MergeRule("throughline.modules.admissions.queries.merging.two_applications"),),
    roles=(
        Role(
            "admissions_officer",
            _("Admissions officer"),
            _("Sees applications, verifies evidence, runs dry runs and prepares offers."),
        ),
        Role(
            "admissions_manager",
            _("Admissions manager"),
            _("Does what an officer does, sets up rounds and arrangements, and releases offers."),
        ),
        Role(
            "admissions_viewer",
            _("Admissions reader"),
            _("Reads rounds, arrangements and totals. Sees no child's circumstances."),
        ),
    ),
    permissions=(
        Permission(
            "admissions.see_rounds",
            _("See rounds, arrangements and totals"),
            roles=("admissions_officer", "admissions_manager", "admissions_viewer"),
        ),
        Permission(
            "admissions.see_applications",
            _("See applications"),
            roles=("admissions_officer", "admissions_manager"),
        ),
        Permission(
            "admissions.work",
            _("Verify evidence, correct applications and run dry runs"),
            roles=("admissions_officer", "admissions_manager"),
        ),
        Permission("admissions.set_up", _("Set up rounds and arrangements"), roles=("admissions_manager",)),
        Permission(
            "admissions.propose",
            _("Propose a run for release"),
            roles=("admissions_officer", "admissions_manager"),
        ),
        Permission("admissions.release", _("Release offers to families"), roles=("admissions_manager",)),
        Permission("admissions.apply", _("Apply for their own children"), roles=("parent",)),
    ),
    categories=(
        Category(
            "admissions.application",
            _("Schools asked for, and why"),
            "personal",
            _("Deciding school places"),
            BASIS,
        ),
        Category(
            "admissions.evidence",
            _("What was claimed, what was shown, what was decided"),
            "special",
            _("Giving the priority that the arrangements give"),
            BASIS,
        ),
        Category(
            "admissions.outcome",
            _("The place offered, and why not a higher preference"),
            "personal",
            _("Telling the family"),
            BASIS,
        ),
        Category(
            "admissions.test",
            _("Marks and bands in admission tests"),
            "personal",
            _("Selection and fair banding"),
            BASIS,
        ),
    ),
    fields=(
        Fields(
            "admissions.Application",
            dict.fromkeys(
                (
                    "reference",
                    "state",
                    "answers",
                    "edition",
                    "started_at",
                    "submitted_at",
                    "first_submitted_at",
                    "version",
                    "late",
                    "late_reason",
                    "late_accepted",
                    "late_decided_by",
                    "dispute_note",
                    "via",
                ),
                "admissions.application",
            ),
        ),
        Fields(
            "admissions.Preference",
            dict.fromkeys(
                ("rank", "reasons", "distance", "areas", "measured", "keep_waiting"), "admissions.application"
            ),
        ),
        Fields(
            "admissions.Claim",
            dict.fromkeys(
                ("fact", "state", "source", "words", "decided_by", "decided_at", "decision_reason"),
                "admissions.evidence",
            ),
        ),
        Fields("admissions.TestResult", dict.fromkeys(("score", "band", "sat_on"), "admissions.test")),
        Fields(
            "admissions.Submission",
            dict.fromkeys(("version", "at", "by", "content"), "admissions.application"),
        ),
        Fields(
            "admissions.Offer",
            dict.fromkeys(
                ("why", "rank", "state", "made_at", "replied_at", "replied_by", "withdrawn_reason"),
                "admissions.outcome",
            ),
        ),
    ),
    imports=(
        ImportKind(
            "applications",
            _("Applications for school places"),
            "admissions.work",
            "throughline.modules.admissions.actions.bringing_in.bring_in_applications",
            {"round": _("The round, such as year_7-2027")},
        ),
    ),
    demonstration=(Demonstration("throughline.modules.admissions.demo.run", order=50),),
    commands=(Commands("throughline.modules.admissions.commands.rounds"),),
    message_kinds=(
        MessageKind("admissions.application", _("That we have your application for a school place")),
        MessageKind(
            "admissions.offer_day", _("The result of your application for a school place"), statutory=True
        ),
        MessageKind("admissions.reallocation", _("A school place from a waiting list"), statutory=True),
        MessageKind(
            "admissions.withdrawn", _("That an offer of a school place was withdrawn"), statutory=True
        ),
    ),
    jobs=(Job("admissions.run", _("Allocate school places"), "throughline.modules.admissions.jobs.run"),),
    pages=PAGES,
    menu=MENU,
    tabs=TABS,
    cards=CARDS,
)
