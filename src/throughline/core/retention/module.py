"""What the retention room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, Demonstration, Fields, Job, Module, Permission

HELD = ("reason", "placed_by", "placed_at", "lifted_by", "lifted_at", "lifted_because")
ASKED = (
    *("received_on", "due_on", "identity_checked", "state", "decisions", "edition", "opened_by"),
    *("opened_at", "released_by", "released_at", "expires_on", "closed_because", "given_as"),
)

MODULE = Module(
    code="retention",
    label=_("Keeping and disposing"),
    permissions=(
        Permission(
            "retention.see",
            _("See how long records are kept, and certificates of disposal"),
            roles=("data_protection_officer", "records_officer", "safeguarding_lead"),
        ),
        Permission(
            "retention.manage",
            _("Set how long a kind of record is kept"),
            roles=("data_protection_officer",),
        ),
        Permission(
            "retention.hold",
            _("Place a legal hold on a child’s record, and lift it"),
            roles=("records_officer", "safeguarding_lead"),
        ),
        Permission(
            "retention.propose",
            _("Propose that records which need not be kept are disposed of"),
            roles=("records_officer",),
        ),
        Permission(
            "retention.approve",
            _("Approve that a record is disposed of; never their own proposal"),
            roles=("safeguarding_lead",),
        ),
        Permission(
            "retention.disclose",
            _("Answer a subject access request: read everything that is held, and give it"),
            roles=("safeguarding_lead",),
        ),
        Permission(
            "retention.own_pack",
            _("Fetch what they asked for about themselves or their child"),
            roles=("parent", "young_person"),
        ),
    ),
    categories=(
        Category(
            "retention.hold",
            _("That the record must be kept for an inquiry, a court or a complaint"),
            "restricted",
            _("Keeping what the law needs kept"),
            "UK GDPR 6(1)(c)",
        ),
        Category(
            "retention.request",
            _("Subject access requests, and what was given"),
            "restricted",
            _("Answering people who ask what is held about them"),
            "UK GDPR 6(1)(c), 15",
        ),
    ),
    fields=(
        Fields("retention.Hold", dict.fromkeys(HELD, "retention.hold")),
        Fields("retention.Pack", dict.fromkeys(ASKED, "retention.request")),
        Fields("retention.Gathered", dict.fromkeys(("items", "names", "exact"), "retention.request")),
    ),
    jobs=(
        Job(
            "retention.dispose",
            _("Dispose of a record"),
            run="throughline.core.retention.jobs.dispose",
        ),
        Job(
            "retention.gather",
            _("Gather what is held about a child"),
            run="throughline.core.retention.jobs.gather_pack",
        ),
        Job(
            "retention.write_log",
            _("Write disposals down outside the database"),
            run="throughline.core.retention.jobs.write_log",
            every=timedelta(hours=1),
        ),
        Job(
            "retention.expire",
            _("Take back packs whose time is over"),
            run="throughline.core.retention.jobs.expire",
            every=timedelta(days=1),
        ),
    ),
    demonstration=(Demonstration("throughline.core.retention.demo.run", order=95),),
)
