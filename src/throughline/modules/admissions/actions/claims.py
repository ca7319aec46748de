"""What a family says of facts that would count, as rows that wait for a decision."""

from __future__ import annotations

from typing import Any

from ..models import Application, Claim


def keep_claims(application: Application, wanted: list[dict[str, Any]]) -> None:
    """Keep what the family says with the application being submitted. Decisions already made are kept."""
    schools = {str(each["school"]) for each in wanted}
    said: dict[tuple[str, str], str] = {
        (school, fact): words
        for school, facts in application.answers.get("facts", {}).items()
        for fact, words in facts.items()
        if words and (school == "child" or school in schools)
    }
    kept = {
        (str(claim.school_id) if claim.school_id else "child", claim.fact): claim
        for claim in Claim.objects.filter(application=application)
    }
    for key, claim in kept.items():
        if key not in said and claim.source == "family" and claim.state == Claim.State.CLAIMED:
            claim.delete()
        elif key in said and claim.words != str(said[key]) and claim.state == Claim.State.CLAIMED:
            claim.words = str(said[key])
            claim.save(update_fields=["words"])
    Claim.objects.bulk_create(
        Claim(
            application=application,
            child_id=application.child_id,
            school_id=None if school == "child" else school,
            fact=fact,
            source="family",
            words=str(words),
        )
        for (school, fact), words in said.items()
        if (school, fact) not in kept
    )
