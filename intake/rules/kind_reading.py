"""Which of the five kinds a text is, read from how it asks, complains, or tells of a wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.rules.phrases import Phrases, undenied


@dataclass(frozen=True)
class KindWords:
    """What tells one kind from another. `denials` and `retracted` take a wrong back."""

    denials: Phrases
    retracted: Phrases
    misuse: Phrases
    suspicion: Phrases
    taking: Phrases
    officials: Phrases
    disclosure: Phrases
    own_grievance: Phrases
    petition: Phrases
    review: Phrases
    complaint: Phrases
    consultation: Phrases
    plain_question: Phrases
    advertising: Phrases
    thanks: Phrases
    only_thanks: Phrases
    chatter: Phrases
    but: Phrases


def kind_of(text: str, words: KindWords) -> str:
    """What a text asks for; "other" where it only advertises, thanks or greets.

    Rights hang on a petition, so that a text that asks for one keeps it, whomever it accuses. A
    grievance dressed as a disclosure request is one (政府信息公开条例 39).
    """
    grievances = words.complaint.found_in(text)
    asks = words.consultation.found_in(text)
    accuses = not words.retracted.search(text) and _tells_of_wrong(text, words)
    if not accuses and _asks_nothing(text, grievances, asks, words):
        return "other"
    if words.petition.search(text) or words.review.search(text):
        return "petition"
    if accuses:
        return "tip_off"
    if words.disclosure.search(text) and not words.own_grievance.search(text):
        return "disclosure_request"
    if asks and (not grievances or _plainly_asks(text, grievances, words)):
        return "consultation"
    return "complaint" if grievances or not asks else "consultation"


def _asks_nothing(
    text: str, grievances: Sequence[str], asks: Sequence[str], words: KindWords
) -> bool:
    """Whether a text only advertises, thanks or greets."""
    offers = words.advertising.found_in(text)
    if len(offers) > 1 or (offers and not grievances and not asks):
        return True
    if words.only_thanks.search(text):
        return True
    kind = words.thanks.search(text) or words.chatter.search(text)
    return bool(kind) and not asks and len(grievances) <= 1 and not words.but.search(text)


def _plainly_asks(text: str, grievances: Sequence[str], words: KindWords) -> bool:
    """Whether a question is meant, and isn't only the form that a grievance takes."""
    if words.retracted.search(text):
        return True
    return len(grievances) <= 1 and words.plain_question.search(text) is not None


def _tells_of_wrong(text: str, words: KindWords) -> bool:
    """Whether a wrong is called by its name, or somebody in office takes what isn't his."""
    if undenied(text, words.misuse, words.denials):
        return True
    taken = undenied(text, words.taking, words.denials)
    return bool(taken) and words.officials.search(text) is not None


def is_suspicious(text: str, words: KindWords) -> bool:
    """Whether a text that isn't a tip-off by its words may still mean to be one."""
    if words.retracted.search(text):
        return False
    return bool(undenied(text, words.suspicion, words.denials))
