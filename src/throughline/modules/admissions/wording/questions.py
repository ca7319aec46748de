"""What a parent is asked about each fact that may count, and how an answer already on the record is said back."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.rules.allocation.facts import base_name

from .criteria import Details, fact_words

Text = str | Promise


@dataclass(frozen=True)
class Question:
    """One question: its title, what helps to answer it, and what a parent writes when the answer is yes.

    ``%(child)s`` and ``%(school)s`` stand for names. ``any_school`` is the title when it is asked of several schools.
    """

    title: Text
    help: Text
    tell: Text
    known: Text
    any_school: Text = ""


_TELL = gettext_lazy("Tell us more")

QUESTIONS: dict[str, Question] = {
    "sibling": Question(
        gettext_lazy("Does %(child)s have a brother or sister at %(school)s?"),
        gettext_lazy("They must still be at the school when %(child)s starts."),
        gettext_lazy("Your other child’s name and date of birth"),
        gettext_lazy("%(child)s has a brother or sister on the roll of %(school)s"),
        gettext_lazy("Does %(child)s have a brother or sister at any of these schools?"),
    ),
    "feeder": Question(
        gettext_lazy("Does %(child)s go to a school linked with %(school)s?"),
        gettext_lazy("The school’s arrangements name the schools that count."),
        gettext_lazy("Which school does your child go to?"),
        gettext_lazy("%(child)s goes to a school linked with %(school)s"),
        gettext_lazy("Does %(child)s go to a school linked with any of these schools?"),
    ),
    "nursery": Question(
        gettext_lazy("Does %(child)s go to the nursery at %(school)s?"),
        gettext_lazy("This is the nursery on the school’s own site."),
        gettext_lazy("When did your child start at the nursery?"),
        gettext_lazy("%(child)s goes to the nursery at %(school)s"),
        gettext_lazy("Does %(child)s go to the nursery at any of these schools?"),
    ),
    "social_medical": Question(
        gettext_lazy("Does %(child)s have a social or medical need that only %(school)s can meet?"),
        gettext_lazy(
            "A doctor, social worker or other professional must say in a letter why it has to be this school."
        ),
        gettext_lazy("What does your child need, and why this school?"),
        gettext_lazy("%(child)s has a need that %(school)s can meet"),
        gettext_lazy("Does %(child)s have a social or medical need that only one of these schools can meet?"),
    ),
    "pupil_premium": Question(
        gettext_lazy("Can %(child)s get the pupil premium?"),
        gettext_lazy(
            "This is extra money for a school. It is paid for children who have had free school meals because of "
            "low income, among others."
        ),
        _TELL,
        gettext_lazy("%(child)s can get the pupil premium"),
    ),
    "early_years_premium": Question(
        gettext_lazy("Can %(child)s get the early years pupil premium?"),
        gettext_lazy("This is extra money for a nursery, paid for some children aged 3 and 4."),
        _TELL,
        gettext_lazy("%(child)s can get the early years pupil premium"),
    ),
    "service_premium": Question(
        gettext_lazy("Can %(child)s get the service premium?"),
        gettext_lazy(
            "This is extra money for a school, paid for children whose parents serve in the armed forces."
        ),
        _TELL,
        gettext_lazy("%(child)s can get the service premium"),
    ),
    "service_family": Question(
        gettext_lazy("Does a parent of %(child)s serve in the UK armed forces?"),
        gettext_lazy("Include a parent who has a posting to this area."),
        gettext_lazy("Where is the parent posted, and from when?"),
        gettext_lazy("A parent of %(child)s serves in the UK armed forces"),
    ),
    "staff": Question(
        gettext_lazy("Does a parent of %(child)s work at %(school)s?"),
        gettext_lazy(
            "They must have worked there for two years or more, or have a job that was hard to fill."
        ),
        gettext_lazy("The parent’s name, their job and when they started"),
        gettext_lazy("A parent of %(child)s works at %(school)s"),
        gettext_lazy("Does a parent of %(child)s work at any of these schools?"),
    ),
    "faith": Question(
        gettext_lazy("Is %(child)s of the faith of %(school)s?"),
        gettext_lazy("The school may ask for its own form, filled in by a faith leader."),
        gettext_lazy("Your place of worship and its leader’s name"),
        gettext_lazy("%(child)s is of the faith of %(school)s"),
        gettext_lazy("Is %(child)s of the faith of any of these schools?"),
    ),
    "faith_practice": Question(
        gettext_lazy("Does your family practise the faith of %(school)s?"),
        gettext_lazy("The school may ask for its own form, filled in by a faith leader."),
        gettext_lazy("Your place of worship and how often you go"),
        gettext_lazy("%(child)s practises the faith of %(school)s"),
        gettext_lazy("Does your family practise the faith of any of these schools?"),
    ),
    "other_faith": Question(
        gettext_lazy("Is %(child)s of another faith that %(school)s names?"),
        gettext_lazy("The school’s arrangements say which faiths count."),
        gettext_lazy("Your faith, your place of worship and its leader’s name"),
        gettext_lazy("%(child)s is of another faith that %(school)s names"),
        gettext_lazy("Is %(child)s of another faith that any of these schools names?"),
    ),
    "aptitude": Question(
        gettext_lazy("Has %(child)s been assessed for aptitude by %(school)s?"),
        gettext_lazy("Some places go to children with an aptitude for the school’s subject."),
        gettext_lazy("When was your child assessed?"),
        gettext_lazy("%(child)s was assessed for aptitude by %(school)s"),
        gettext_lazy("Has %(child)s been assessed for aptitude by any of these schools?"),
    ),
    "ability": Question(
        gettext_lazy("Has %(child)s taken the test for %(school)s?"),
        gettext_lazy("Some places go to children who did best in the school’s test."),
        gettext_lazy("When did your child take the test?"),
        gettext_lazy("%(child)s took the test for %(school)s"),
        gettext_lazy("Has %(child)s taken the test for any of these schools?"),
    ),
    "boarding": Question(
        gettext_lazy("Are you asking for a boarding place at %(school)s?"),
        gettext_lazy("A child who boards sleeps at the school during the week or the term."),
        gettext_lazy("Why is boarding right for your child?"),
        gettext_lazy("%(child)s is suitable to board at %(school)s"),
        gettext_lazy("Are you asking for a boarding place at any of these schools?"),
    ),
}

_CARE: dict[str, Text] = {
    "looked_after": gettext_lazy("%(child)s is looked after by a local authority"),
    "previously_looked_after": gettext_lazy("%(child)s was looked after and has left care"),
    "adopted_from_state_care_abroad": gettext_lazy(
        "%(child)s was in care outside England and was then adopted"
    ),
}
_PLACE: dict[str, Text] = {
    "catchment": gettext_lazy("%(child)s lives in the catchment area of %(school)s"),
    "area": gettext_lazy("%(child)s lives in an area that %(school)s gives places to"),
    "parish": gettext_lazy("%(child)s lives in a parish that %(school)s gives places to"),
    "nearest_school": gettext_lazy("%(school)s is the nearest school to where %(child)s lives"),
}
EVIDENCE: dict[str, Text] = {
    "care_record": gettext_lazy("A letter from the authority that looked after the child"),
    "social_worker_letter": gettext_lazy("A letter from your child’s social worker"),
    "court_order": gettext_lazy("The adoption, child arrangements or special guardianship order"),
    "adoption_order": gettext_lazy("The adoption order"),
    "care_abroad_evidence": gettext_lazy("Papers that show your child was in care outside England"),
    "proof_of_address": gettext_lazy("A council tax bill or a tenancy agreement"),
    "professional_letter": gettext_lazy(
        "A letter from a doctor, social worker or other professional that says why it has to be this school"
    ),
    "premium_check": gettext_lazy("A letter that shows your child can get the premium"),
    "posting_letter": gettext_lazy("The official letter with the posting and its date"),
    "employer_confirmation": gettext_lazy("A letter from the school that says when the job began"),
    "supplementary_form": gettext_lazy("The school’s own form, filled in"),
    "religious_leader_form": gettext_lazy("A form or letter from your faith leader"),
    "aptitude_result": gettext_lazy("The result of the assessment"),
    "test_result": gettext_lazy("The result of the test"),
    "boarding_interview": gettext_lazy("A letter from the school about boarding"),
}
# Schools look these up themselves, so a parent is never asked to prove them.
WITHOUT_PAPERS = frozenset({"school_roll"})


def question_words(fact: str) -> Question:
    """The question about a fact.

    Raises:
        KeyError: a parent is never asked about it.
    """
    return QUESTIONS[base_name(fact)]


def known_words(fact: str, child: str, school: str) -> str:
    """What the record already says, so that nobody is asked: a whole sentence without its full stop."""
    base = base_name(fact)
    words = QUESTIONS[base].known if base in QUESTIONS else {**_CARE, **_PLACE}[base]
    return str(words) % {"child": child, "school": school}


def counts_for(fact: str, details: Details) -> str:
    """Why a fact is asked about, in the school's own definition."""
    return _("This school gives priority to children who %(fact)s.") % {"fact": fact_words(fact, details)}


def counts_for_all(fact: str, details: Details) -> str:
    """The same of several schools that mean the same by it."""
    return _("Each of these schools gives priority to children who %(fact)s.") % {
        "fact": fact_words(fact, details)
    }


SIBLING_KINDS: dict[str, Text] = {
    "full": gettext_lazy("a brother or sister with the same parents"),
    "half": gettext_lazy("a half-brother or half-sister"),
    "step": gettext_lazy("a step-brother or step-sister"),
    "adopted": gettext_lazy("an adopted brother or sister"),
    "foster": gettext_lazy("a foster brother or sister"),
    "same_address_partners_child": gettext_lazy(
        "the child of your partner, if they live at the same address"
    ),
}


def definition_lines(fact: str, details: Details) -> list[str]:
    """What this school's arrangements mean by the fact, a line each; empty when there is no more to say."""
    if base_name(fact) != "sibling":
        return []
    held = details.get("sibling")
    counts = held.get("counts", ()) if isinstance(held, dict) else ()
    return [str(SIBLING_KINDS[kind]) for kind in counts if kind in SIBLING_KINDS]


def evidence_words(codes: tuple[str, ...]) -> list[str]:
    """What may be sent as evidence, a line each; empty when the school or the authority looks it up."""
    return [str(EVIDENCE[code]) for code in codes if code not in WITHOUT_PAPERS]
