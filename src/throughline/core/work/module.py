"""What the work room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Job, Module, Permission

MODULE = Module(
    code="work",
    label=_("Background work"),
    permissions=(
        Permission("work.see", _("See all background work and its faults"), roles=("system_administrator",)),
    ),
    jobs=(
        Job(
            "work.tidy",
            _("Clear away background work that has ended"),
            run="throughline.core.work.jobs.tidy",
            every=timedelta(hours=1),
        ),
    ),
)
