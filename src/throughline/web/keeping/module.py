"""The pages of keeping and disposing and their policy."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, MenuItem, Module, Page, Tab

VIEWS = "throughline.web.keeping"
SEE, DISCLOSE, OWN = "retention.see", "retention.disclose", "retention.own_pack"


def _page(name: str, path: str, view: str, permission: str) -> Page:
    return Page(f"keeping.{name}", path, f"{VIEWS}.{view}", "staff", permission)


MODULE = Module(
    code="keeping",
    label=_("Pages about keeping and disposing"),
    pages=(
        _page("periods", "keeping/", "periods.periods", SEE),
        _page("period", "keeping/periods/<str:code>/", "periods.set_one", "retention.manage"),
        _page("due", "keeping/due/", "disposing.due", "retention.propose"),
        _page("parts", "keeping/parts/", "parts.due", "retention.propose"),
        _page("disposals", "keeping/disposals/", "disposing.listed", SEE),
        _page("disposal", "keeping/disposals/<uuid:disposal_id>/", "disposing.decide", "retention.approve"),
        _page("certificates", "keeping/certificates/", "certificates.listed", SEE),
        _page("certificate", "keeping/certificates/<str:reference>/", "certificates.as_pdf", SEE),
        _page("of_child", "children/<uuid:child_id>/keeping/", "of_child.of_child", SEE),
        _page("hold", "children/<uuid:child_id>/keeping/hold/", "of_child.place", "retention.hold"),
        _page("lift", "keeping/holds/<uuid:hold_id>/lift/", "of_child.lift", "retention.hold"),
        _page("asked", "subject-access/", "asked.listed", SEE),
        _page("open_pack", "children/<uuid:child_id>/subject-access/", "packs.open_one", DISCLOSE),
        _page("pack", "subject-access/<uuid:pack_id>/", "packs.read", DISCLOSE),
        _page("decide", "subject-access/<uuid:pack_id>/decide/<str:key>/", "packs.decide", DISCLOSE),
        _page("release", "subject-access/<uuid:pack_id>/give/", "packs.release", DISCLOSE),
        _page("close", "subject-access/<uuid:pack_id>/close/", "packs.close", DISCLOSE),
        Page("keeping.mine", "what-you-asked-for/", f"{VIEWS}.given.mine", "signed_in", OWN),
        Page(
            "keeping.fetch",
            "what-you-asked-for/<uuid:pack_id>/<str:which>/",
            f"{VIEWS}.given.fetch",
            "signed_in",
            open_to_portal=True,
        ),
    ),
    cards=(
        Card("staff", f"{VIEWS}.cards.to_decide", 10),
        Card("staff", f"{VIEWS}.cards.to_answer", 10),
        Card("staff", f"{VIEWS}.cards.gone_lately", 72),
    ),
    tabs=(Tab(_("Keeping"), "keeping.of_child", "people.identity", order=90),),
    menu=(
        MenuItem("staff", _("Keeping records"), "keeping.periods", order=80),
        MenuItem("family", _("What you asked for"), "keeping.mine", order=80),
        MenuItem("young_person", _("What you asked for"), "keeping.mine", order=80),
    ),
)
