"""What is said where no answer is given: questions turned away, and questions nothing held answers."""

from assistant import answer as say
from assistant.answer import Status
from assistant.question import Question


def turned_away(question: Question) -> tuple[Status, str] | None:
    """(status, what is said) for a question that is not looked up at all, else None."""
    match question.aim:
        case "instruction":
            return "refused", say.REFUSED
        case "insult":
            return "refused", say.IMPOLITE
        case "greeting":
            return "needs_clarification", say.GREETING
        case "health":
            return "out_of_scope", say.HEALTH
        case "foreign":
            return "out_of_scope", say.OUT_OF_SCOPE
        case "personal":
            return "no_evidence", say.PERSONAL
        case _:
            return None


def nothing_found(question: Question) -> tuple[Status, str]:
    """(status, what is said) where nothing held answers: asked back, out of scope, or not found."""
    if question.wanted == "figure" and question.counted and not question.places and len(question.content) <= 3:
        return "needs_clarification", say.WHICH_PLACE
    if not question.in_domain and not question.follow_up:
        return "out_of_scope", say.OUT_OF_SCOPE
    return "no_evidence", say.NO_EVIDENCE
