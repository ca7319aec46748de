"""What the trail adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Job, Module, Permission

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
