"""The addresses of what an officer meets."""

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Card, MenuItem, Page, Tab

VIEWS = "throughline.modules.admissions.pages.officers"
SEE, WORK = "admissions.see_applications", "admissions.work"
ROUND, RUN = "admissions/<uuid:round_id>", "admissions/runs/<uuid:run_id>"
CASE, OFFER = "admissions/applications/<uuid:application_id>", "admissions/offers/<uuid:offer_id>"


def _page(name: str, path: str, view: str, permission: str, about: str = "") -> Page:
    return Page(f"admissions.{name}", f"{path}/", f"{VIEWS}.{view}", "staff", permission, about=about)


PAGES: tuple[Page, ...] = (
    _page("rounds", "admissions", "rounds.listed", "admissions.see_rounds"),
    _page("round_new", "admissions/new-round", "rounds.set_up", "admissions.set_up"),
    _page("round", ROUND, "round.one", "admissions.see_rounds"),
    _page("round_change", f"{ROUND}/change", "rounds.changed", "admissions.set_up"),
    _page("board", f"{ROUND}/applications", "board.board", SEE),
    _page("board_export", f"{ROUND}/applications/export", "board.export", SEE),
    _page("enter", f"{ROUND}/applications/new", "entering.find", WORK),
    _page("enter_child", f"{ROUND}/applications/new/<uuid:child_id>", "entering.enter", WORK, "child_id"),
    _page("case", CASE, "case.one", SEE, "application_id"),
    _page("case_late", f"{CASE}/late", "casework.late", WORK, "application_id"),
    _page("case_dispute", f"{CASE}/dispute", "casework.dispute", WORK, "application_id"),
    _page("case_set_aside", f"{CASE}/set-aside", "casework.aside", WORK, "application_id"),
    _page("case_withdraw", f"{CASE}/withdraw", "casework.withdraw", WORK, "application_id"),
    _page("case_file", f"{CASE}/evidence/<uuid:document_id>", "evidence.opened", SEE, "application_id"),
    _page("of_child", "children/<uuid:child_id>/school-places", "of_child.of_child", SEE, "child_id"),
    _page("evidence", f"{ROUND}/evidence", "evidence.piles_waiting", WORK),
    _page("evidence_next", f"{ROUND}/evidence/next", "evidence.begin", WORK),
    _page("evidence_claim", f"{ROUND}/evidence/<uuid:claim_id>", "evidence.decide", WORK, "claim_id"),
    _page("tests", f"{ROUND}/tests", "results.schools", WORK),
    _page("tests_school", f"{ROUND}/tests/<uuid:school_id>", "results.worksheet", WORK),
    _page("runs", f"{ROUND}/runs", "runs.listed", "admissions.see_rounds"),
    _page("run", RUN, "run.one", "admissions.see_rounds"),
    _page("run_warnings", f"{RUN}/warnings/<slug:code>", "run.warned", SEE),
    _page("run_replay", f"{RUN}/replay", "run.replayed", WORK),
    _page("run_compare", f"{RUN}/compare/<uuid:other_id>", "comparing.compared", SEE),
    _page("run_school", f"{RUN}/schools/<uuid:school_id>", "in_run.school", SEE),
    _page("run_child", f"{RUN}/children/<uuid:child_id>", "in_run.child", SEE, "child_id"),
    _page("propose", f"{RUN}/propose", "releasing.propose", "admissions.propose"),
    _page("release", f"{ROUND}/release", "releasing.released", "admissions.release"),
    _page("reallocate", f"{RUN}/release", "releasing.reallocated", "admissions.release"),
    _page("offers", f"{ROUND}/offers", "offers.board", SEE),
    _page("offer_reply", f"{OFFER}/reply", "offers.reply", WORK, "offer_id"),
    _page("offer_withdraw", f"{OFFER}/withdraw", "offers.withdraw", "admissions.release", "offer_id"),
    _page("waiting", f"{ROUND}/waiting-lists", "waiting.schools", "admissions.see_rounds"),
    _page("waiting_school", f"{ROUND}/waiting-lists/<uuid:school_id>", "waiting.one", SEE),
    _page("waiting_stay", f"{CASE}/waiting/<uuid:school_id>", "waiting.stay", WORK, "application_id"),
)
TABS: tuple[Tab, ...] = (Tab(_("School places"), "admissions.of_child", "admissions.application", 40),)
MENU: tuple[MenuItem, ...] = (MenuItem("staff", _("School places"), "admissions.rounds", 20),)
CARDS: tuple[Card, ...] = (Card("staff", f"{VIEWS}.cards.waiting", 20),)
