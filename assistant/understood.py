"""A question as it was read -> the question meant: after those before it, as it was typed, by what is held."""

import re
from dataclasses import replace
from datetime import date

from assistant.asked_places import places_asked
from assistant.certificate_before import certificate_of, with_certificate
from assistant.compared_before import compared_before
from assistant.corpus import Corpus
from assistant.counted_before import on_counted
from assistant.decisions_meant import with_whole_numbers
from assistant.follow_up import of_paper, of_withdrawal, resolve
from assistant.joined_before import joined_before
from assistant.place_before import with_place
from assistant.product_before import with_product
from assistant.question import Question, understand
from assistant.regime_asked import named_documents
from assistant.scored_before import on_scoring, scoring_of
from assistant.signed_before import on_signing
from assistant.slot_before import with_slot
from assistant.time_before import with_time
from assistant.waiting_before import filed_on, with_filing
from assistant.wording import says, tokens
from index.criteria.products import find_sets
from index.places.districts import find_districts
from index.places.named import PROVINCES, Mention, find_places
from index.text import has_marks, strip_marks

# Syllables of a text that only names a place or a star.
_NAME = 5


def _asked_typed(typed: str) -> list[Mention]:
    """The provinces asked about, of those found in a question as it was typed."""
    asked = places_asked(typed).keys
    return [mention for mention in find_places(typed, typed=True) if mention.key in asked]


# "con cam quan?" goes on; a kin of mine or an animal is no thing that is asked about so.
_CON = re.compile(r"^con (?=\w)", re.IGNORECASE)
# "mấy bộ?" after where papers are filed
_HOW_MANY_SETS = re.compile(
    r"(?:(?:thế|vậy|còn|rồi|và)[ ,]+)*(?:(?:cần|phải|nộp|gửi|làm|lập)\s+)*"
    r"(?:mấy|bao nhiêu) bộ(?: hồ sơ)?(?:\s+(?:vậy|ạ|nhỉ|hả|thế))?\W*",
    re.IGNORECASE,
)


def understood(read: str, before: Question | None, on: date, typed: str, corpus: Corpus) -> Question:
    """A question understood, with what the one before it supplies, the numbers of decisions held in full, and what the
    conversation is about after it.

    Provinces are found as it was typed too: "lai chau" before "cap lai" may be read as other words.
    """
    asked = _understood(read, before, on, typed, corpus)
    return replace(
        asked,
        scoring=scoring_of(asked, before),
        filed=filed_on(asked, before, on),
        certificate=certificate_of(asked, before),
    )


def _understood(read: str, before: Question | None, on: date, typed: str, corpus: Corpus) -> Question:
    marked = has_marks(typed)
    if before is None and _names_goods(read, corpus):
        read = f"{read.rstrip(' .?!')} thuộc bộ tiêu chí nào?"
    read = read if marked else _with_names(read, typed)
    if before is not None and not marked:
        read = _CON.sub("còn ", read)
    timed = read if before is None else with_time(read, before, marked=marked)
    placed = timed if before is None else with_place(timed, before)
    same_place, timed = placed != timed, placed
    about = None
    if before is not None and _HOW_MANY_SETS.fullmatch(timed) and says(before.tokens, "hồ sơ", "nộp"):
        timed = f"Hồ sơ {timed[:1].lower()}{timed[1:]}"  # of papers, not of criteria
    if before is not None:
        about = (
            with_product(timed, before, corpus, marked=marked)
            # a rule named holds for whatever goods are put in
            or with_slot(timed, replace(before, documents=()) if named_documents(before, corpus.law) else before)
            or on_scoring(timed, before, corpus, on)
            or with_filing(timed, before, on)
            or with_certificate(timed, before, corpus, on)
            or on_signing(timed, before)
        )
    if before is not None and about is None:
        if (compared := compared_before(timed, before, on, corpus)) is not None:
            return compared
        whole = joined_before(timed, before, on, lambda one: with_whole_numbers(resolve(one, None), corpus), corpus)
        if whole is not None:
            return whole
        about = on_counted(timed, before, on) or of_withdrawal(timed, before)
        timed = of_paper(timed, before)
    asked = understand(about or timed, on)
    if before is not None and about is None and _names_alone(asked):
        asked = replace(asked, follow_up=True)  # "Trà Bồng?", "4 sao?"
    if about is not None:
        before, asked = None, replace(asked, whole=True)  # with what was spoken of it stands by itself
    elif timed != read:
        asked = replace(asked, follow_up=True)
    if not marked:
        named = [
            mention.key
            for mention in _asked_typed(typed)
            if not mention.fuzzy
            and (" " in PROVINCES[mention.key].name or _left(typed[mention.start : mention.end], read))
        ]
        asked = replace(asked, places=tuple(dict.fromkeys((*asked.places, *named))))
    if not asked.in_domain and (found := corpus.held.names.find(asked.tokens)) is not None and found.whole:
        asked = replace(asked, in_domain=True)  # "… bán bao nhiêu tiền?" of a product of the programme
    counts = any(one.what == "sản phẩm" for one in asked.counted)
    if not asked.in_domain and counts and (asked.places or asked.districts):
        asked = replace(asked, in_domain=True)  # "… Quảng Ngãi được bao nhiêu món?" counts what the programme counts
    if not asked.in_domain and named_documents(asked, corpus.law):
        asked = replace(asked, in_domain=True)  # "cái 148 còn xài được không": a rule that texts held tell of
    asked = resolve(asked, before)
    if same_place and about is None:
        asked = replace(asked, follow_up=True, elsewhere=False)  # it goes on where the one before was
    return with_whole_numbers(asked, corpus)


_GOODS = 8  # syllables of what goods are called


def _names_goods(read: str, corpus: Corpus) -> bool:
    """Whether a text is the name of some goods and nothing more ("Kẹo dừa"), and of no product listed: which set they
    are scored by is what can be told."""
    if len(read.split()) > _GOODS:
        return False
    matches = find_sets(read)
    bare = read.strip(" .?!")
    whole = bool(matches) and matches[0].start == 0 and matches[0].end == len(bare)
    return whole and corpus.held.names.find(tokens(read)) is None


def _names_alone(asked: Question) -> bool:
    """Whether a text only names a province, a district or a star, which the question before is then asked of."""
    named = asked.places or asked.districts or asked.stars
    if not named or asked.counted or asked.documents or len(asked.tokens) > _NAME:
        return False
    spans = [asked.text[one.start : one.end] for one in find_districts(asked.text, typed=True)] if asked.content else []
    return set(asked.content) <= {word for name in spans for word in tokens(name)}


def _with_names(read: str, typed: str) -> str:
    """What was read of a question typed without marks, with the marks of the provinces of several syllables it names:
    "quang binh" behind "hay" is read as other words, and with them what is asked of the two."""
    for name in (PROVINCES[mention.key].name for mention in _asked_typed(typed) if not mention.fuzzy):
        at = strip_marks(read).lower().find(strip_marks(name).lower()) if " " in name else -1
        if at >= 0:
            read = f"{read[:at]}{name}{read[at + len(name) :]}"
    return read


def _left(word: str, read: str) -> bool:
    """Whether a word was read as it was typed, without marks ("hue")."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", read) is not None
