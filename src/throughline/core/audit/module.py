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
    ),
    alerts=(
        AlertKind(
            "audit.many_children",
            _("Somebody looked at many children"),
            _("Somebody opened the records of many different children within a short time. Ask what for."),
            "audit.search",
            urgent=True,
        ),
        AlertKind(
            "audit.many_lookers",
            _("Many people looked at one child"),
            _("Many different people opened one child’s record within a day. Find out who saw it, and why."),
            "audit.search",
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
