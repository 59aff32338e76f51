"""Personal data in what people type: taken out before anything of a question is kept.

Law 91/2025/QH15 on the protection of personal data: what is not needed is not stored. A question is answered from the
words as typed; what a conversation remembers of it has no telephone number, identity number, account or e-mail address.
"""

import re

REMOVED = "…"

# E-mail addresses; telephone numbers of Viet Nam (0 or +84, then 8 to 10 digits, blanks, dots or hyphens between),
# identity numbers of 9 or 12 digits (Law 26/2023/QH15, art. 12), account numbers of 8 to 19 digits. Document numbers
# are shorter or have a slash.
_PERSONAL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*|(?<![\w/.,])\+?\d(?:[ .-]?\d){7,18}(?![\w/])")
# A count with separators ("17.316.000"), or years and days one after another ("2021-2025", "12.06.2020", "2026-06-10").
_YEAR = r"(?:19|20)\d\d"
_TIME = rf"(?:\d{{1,2}}[-.]\d{{1,2}}[-.]{_YEAR}|{_YEAR}(?:[-.]\d{{1,2}}[-.]\d{{1,2}}(?!\d))?)"
_HARMLESS = re.compile(rf"\d{{1,3}}(?:\.\d{{3}})+|{_TIME}(?:[ .-]{_TIME})*")


def personal_data(text: str) -> tuple[str, ...]:
    """What of a text reaches or names a person: e-mail addresses, telephone, identity and account numbers, in order."""
    return tuple(match[0] for match in _PERSONAL.finditer(text) if not _HARMLESS.fullmatch(match[0]))


def without_personal_data(text: str) -> str:
    """The text with numbers and addresses that name a person replaced by "…"."""
    return _PERSONAL.sub(lambda match: match[0] if _HARMLESS.fullmatch(match[0]) else REMOVED, text)
