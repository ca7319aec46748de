"""The pages of intake and their policy."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import MenuItem, Module, Page

VIEWS = "throughline.web.intake.pages"
LEAVE = "exchange.import"

MODULE = Module(
    code="intake",
    label=_("Bringing files in"),
    pages=(
        Page("intake.imports", "records/imports/", f"{VIEWS}.imports_made", "staff", LEAVE),
        Page("intake.choose", "records/imports/new/", f"{VIEWS}.choose_kind", "staff", LEAVE),
        Page("intake.upload", "records/imports/new/<str:kind>/", f"{VIEWS}.upload", "staff", LEAVE),
        Page("intake.result", "records/imports/<uuid:key>/", f"{VIEWS}.result", "staff", LEAVE),
    ),
    menu=(MenuItem("staff", _("Files brought in"), "intake.imports", order=80),),
)
