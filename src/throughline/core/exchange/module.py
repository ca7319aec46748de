"""What the exchange room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import (
    AlertKind,
    Criterion,
    EntryKind,
    Fields,
    Job,
    MergeRule,
    Module,
    Permission,
    Role,
)

IMPORT = "exchange.import"
SEND = "exchange.send"
REVIEW = "exchange.review"
SEND_OUT = "exchange.send_out"

IDENTITY, HOME, EDUCATION = "people.identity", "people.address", "people.education"
MOVED = (
    *("where", "name", "number", "on", "because", "state", "begun_by", "begun_at", "sent_on", "sent_how"),
    *("sent_by", "due", "answered_on", "answered_by", "answer", "recorded_by", "ended"),
)
SENT = ("sender", "receiver", "number", "children", "made_by", "made_at")
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
            _("Make transfer files for where a child goes, and record the receipts"),
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
        Fields("exchange.Move", dict.fromkeys(MOVED, EDUCATION)),
        # What the file holds is another matter: it is given to whoever made it, and to nobody else.
        Fields("exchange.SentFile", dict.fromkeys(SENT, EDUCATION)),
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
                "sent_on",
                _("The record was sent on"),
                _("The record was sent to %(where)s."),
                "people.education",
            ),
            (
                "receipt",
                _("A receipt for the record came"),
                _("%(where)s confirmed that the record has arrived."),
                "people.education",
            ),
            (
                "not_accepted",
                _("The record was not accepted"),
                _("%(where)s did not accept the record."),
                "people.education",
            ),
            (
                "answer_taken_back",
                _("An answer was recorded by mistake"),
                _("What was recorded as the answer of %(where)s was taken back."),
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
    alerts=(
        AlertKind(
            "exchange.no_receipt",
            _("No receipt came for a record that was sent on"),
            _("A child’s record was sent to another school or authority, and nobody there has confirmed it."),
            SEND_OUT,
        ),
    ),
    criteria=(
        Criterion(
            "exchange.receipt",
            _("An alert is raised when no receipt has come for a record that was sent on after"),
            _("days"),
            first=14,
            least=3,
            most=60,
            because=_("Time enough to match a file and answer. No law says by when a receipt must come."),
        ),
    ),
    on_merge=(MergeRule("throughline.core.exchange.moves.merging.two_open_moves"),),
    jobs=(
        Job(
            "exchange.no_receipt",
            _("Say when a receipt for a record that was sent on has not come in time"),
            run="throughline.core.exchange.moves.jobs.no_receipt",
            every=timedelta(hours=6),
        ),
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
