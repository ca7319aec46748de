"""What the trail adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import AlertKind, Job, MessageKind, Module, Permission

MODULE = Module(
    code="audit",
    label=_("The trail"),
    permissions=(
        Permission(
            "audit.search",
            _("Search the trail: who did what and who looked at what"),
            roles=("data_protection_officer",),
        ),
        # Two roles, so that whoever answers for the data is looked at by somebody too.
        Permission(
            "audit.review_looking",
            _("Review looking that is out of the ordinary"),
            roles=("data_protection_officer", "safeguarding_lead"),
        ),
    ),
    alerts=(
        AlertKind(
            "audit.many_children",
            _("Somebody looked at many children"),
            _("Somebody opened the records of many different children within a short time. Ask what for."),
            "audit.review_looking",
            urgent=True,
        ),
        AlertKind(
            "audit.many_lookers",
            _("Many people looked at one child"),
            _("Many different people opened one child’s record within a day. Find out who saw it, and why."),
            "audit.review_looking",
            urgent=True,
        ),
        AlertKind(
            "audit.cut_off",
            _("Somebody was signed out for looking at too many children"),
            _(
                "Somebody opened the records of far more children than any work needs, and was signed out everywhere at "
                "once. Speak with them: their account may be in other hands."
            ),
            "audit.review_looking",
            urgent=True,
        ),
    ),
    message_kinds=(MessageKind("audit.head", _("The head of the trail, to be kept"), statutory=True),),
    jobs=(
        Job(
            "audit.seal",
            _("Seal the trail"),
            run="throughline.core.audit.jobs.seal",
            every=timedelta(seconds=10),
        ),
        Job(
            "audit.examine",
            _("Hold the trail against its seals"),
            run="throughline.core.audit.jobs.examine",
            every=timedelta(days=1),
        ),
    ),
)
