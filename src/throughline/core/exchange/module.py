"""What the exchange room adds."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import EntryKind, Fields, Job, Module, Permission, Role

IMPORT = "exchange.import"
SEND = "exchange.send"
REVIEW = "exchange.review"
SEND_OUT = "exchange.send_out"

IDENTITY, HOME = "people.identity", "people.address"
JOBS = "throughline.core.exchange.proposals"
RECORD = _("The record")

MODULE = Module(
    code="exchange",
    label=_("Files brought in and sent out"),
    permissions=(
        Permission(
            IMPORT,
            _("Bring in files and see what became of them"),
            roles=("data_officer", "system_administrator"),
        ),
        Permission(
            SEND,
            _("Send in files about children, such as a school census"),
            roles=("records_officer", "school_office"),
        ),
        Permission(
            REVIEW,
            _("Review files about children, put them on the record, and take them back"),
            roles=("records_officer",),
        ),
        Permission(
            SEND_OUT,
            _("Make transfer files for the school a child goes to"),
            roles=("records_officer",),
        ),
    ),
    roles=(
        Role(
            "data_officer",
            _("Data officer"),
            _(
                "Keeps schools, postcodes and catchments up to date by bringing in files. Sees nothing about any child."
            ),
        ),
    ),
    fields=(
        Fields(
            "exchange.ProposedChild",
            {
                **dict.fromkeys(("number", "part", "line", "band", "because", "decision"), IDENTITY),
                "candidates": IDENTITY,
                # A row holds everything that was sent: it counts as the most guarded ordinary part of it.
                **dict.fromkeys(("said", "restricted"), HOME),
            },
        ),
        Fields(
            "exchange.Difference",
            {
                **dict.fromkeys(
                    ("kind", "command", "category", "decision", "decided_by", "skipped"), IDENTITY
                ),
                **dict.fromkeys(("was", "becomes", "restricted"), HOME),
            },
        ),
        Fields("exchange.Applied", dict.fromkeys(("table", "before", "after", "left"), HOME)),
    ),
    entries=tuple(
        EntryKind(f"exchange.{code}", label, words, category, RECORD)
        for code, label, words, category in (
            (
                "transferred",
                _("A transfer file was made"),
                _("A transfer file was made for %(school)s."),
                "people.education",
            ),
            (
                "school_taken_back",
                _("What a file said about a school was taken back"),
                _("What was recorded for %(day)s about a school came from a file and was taken back."),
                "people.education",
            ),
            (
                "home_taken_back",
                _("What a file said about a home was taken back"),
                _("The move recorded for %(day)s came from a file and was taken back."),
                "people.address",
            ),
            (
                "kept_home_taken_back",
                _("What a file said about a home kept from others was taken back"),
                _("The move recorded for %(day)s came from a file and was taken back."),
                "people.restricted_address",
            ),
            (
                "circumstance_taken_back",
                _("What a file said about a circumstance was taken back"),
                _("The circumstance recorded for %(day)s came from a file and was taken back."),
                "people.circumstances",
            ),
            (
                "help_taken_back",
                _("What a file said about social care was taken back"),
                _("What was recorded for %(day)s about social care came from a file and was taken back."),
                "people.social_care",
            ),
        )
    ),
    jobs=(
        Job(
            "exchange.read_proposal",
            _("Read a file about children and compare it with the record"),
            run=f"{JOBS}.reading.read_proposal",
        ),
        Job(
            "exchange.commit_proposal",
            _("Put what was accepted of a file on the record"),
            run=f"{JOBS}.committing.commit_proposal",
        ),
        Job(
            "exchange.undo_proposal",
            _("Take back what a file changed"),
            run=f"{JOBS}.committing.undo_proposal",
        ),
    ),
)
