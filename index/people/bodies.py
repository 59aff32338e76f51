"""Public bodies in a sentence, and whom a sentence attributes what it says to."""

from collections.abc import Collection

from index.people.acts import acts_after, acts_before, cited, is_object
from index.people.body import BodyMention, find_bodies
from index.people.holders import find_holders, own_bodies

# Who hands out a task says nothing of what the sentence states.
_TASKS = ("giao", "đôn đốc")

__all__ = ["BodyMention", "find_bodies", "speaker_of"]


def speaker_of(sentence: str, known: Collection[str] = ()) -> tuple[int, int] | None:
    """Whom a sentence (NFC) attributes its content to, as offsets into it, or None.

    A body or person as written, without what leads up to it: "Sở Công Thương tỉnh Sơn La" of "Theo báo cáo của Sở Công
    Thương tỉnh Sơn La, …", and a person with title and body, "Ông …, Giám đốc Sở …". A person without a public office
    is never given. Reports ("cho biết", "khẳng định") and directions ("yêu cầu", "đề nghị") both attribute.

    known: names of people whose office the article stated before; see `index.people.people`.
    """
    bodies = find_bodies(sentence)
    holders = find_holders(sentence, bodies, known)
    actors = sorted(
        [(holder.start, holder.end, True) for holder in holders]
        + [(body.start, body.end, False) for body in own_bodies(sentence, bodies, holders)]
    )
    for start, end, _ in actors:
        if cited(sentence, start, end) is not None:
            return start, end
    for number, (start, end, is_person) in enumerate(actors):
        before = actors[number - 1][1] if number else 0
        limit = actors[number + 1][0] if number + 1 < len(actors) else len(sentence)
        acts = [] if is_object(sentence, start) else acts_after(sentence, end, limit, "person" if is_person else "body")
        if is_person:  # "Dự và chỉ đạo hội nghị có …" reports nobody's words
            acts += [(role, act) for role, act in acts_before(sentence, before, start) if role == "said"]
        if any(role in ("said", "directed") and act.of(sentence).lower() not in _TASKS for role, act in acts):
            return start, end
    return None
