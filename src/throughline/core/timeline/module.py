"""What the timeline room adds."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, Fields, Module

MODULE = Module(
    code="timeline",
    label=_("A child’s story"),
    categories=(
        Category(
            "timeline.entry",
            _("Lines of the story, each guarded by its own kind besides"),
            "personal",
            _("Knowing what happened, and when"),
            "UK GDPR 6(1)(e)",
        ),
    ),
    fields=(
        Fields(
            "timeline.Entry",
            dict.fromkeys(
                ("on", "kind", "facts", "source", "about", "written_by", "written_at", "key"),
                "timeline.entry",
            ),
        ),
    ),
)
