"""Which of the places a question names is asked about, and whether as it was or as it is since July 2025.

"Tôi ở Hà Giang cũ, nay là Tuyên Quang" asks about Hà Giang; "Đà Nẵng nay gồm cả Quảng Nam, vậy phần Quảng Nam" about
Quảng Nam; "Đồng Tháp mới (đã gộp Tiền Giang)" about Đồng Tháp; "Long An cũ trước khi về Tây Ninh" about Long An. Only
places that are of one province today are told apart so; others are all asked about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.places.abbreviations import abbreviations
from index.places.named import PROVINCES, Mention, find_places

_FORMER_AFTER = re.compile(
    r"\s*[,(]?\s*(?:hồi\s+)?(?:cũ|cu|(?:trước\s+(?:đây|kia|(?:khi|lúc|ngày|thời\s+điểm)\s+(?:sáp\s*nhập|gộp|ghép|nhập|hợp\s+nhất|về))|"
    r"truoc\s+(?:day|kia|khi\s+(?:sap\s*nhap|gop|ghep|nhap|hop\s+nhat|ve))|ngày\s+trước|xưa|chưa\s+sáp\s+nhập|thời\s+chưa\s+\w+)(?:\s+tỉnh)?)\s*\)?(?!\w)",
    re.IGNORECASE,
)
_FORMER_BEFORE = re.compile(
    r"(?<!\w)(?:phần|phan|vùng|địa\s+bàn|phía|khu\s+vực|đất|mảnh|bên)\s+(?:đất\s+)?(?:thuộc\s+|thuoc\s+|của\s+|tỉnh\s+|tinh\s+)*$",
    re.IGNORECASE,
)
_WEAK_BEFORE = re.compile(r"(?:vùng|địa\s+bàn|phía|khu\s+vực|bên)\s+(?:\w+\s+)*$", re.IGNORECASE)
_MERGED_BEFORE_NAME = re.compile(
    r"(?<!\w)(?:trước|truoc)\s+(?:khi|lúc|ngày)\s+(?:sáp\s*nhập|sap\s*nhap|gộp|gop|ghép|ghep|nhập|nhap|hợp\s+nhất|hop\s+nhat)"
    r"(?:\s+(?:tỉnh|tinh))?\s*,?\s*$",
    re.IGNORECASE,
)
_NEW_AFTER = re.compile(
    r"\s*[,(]?\s*(?:(?:mới|moi)(?!\s+(?:có|được|chỉ|đạt|công|co|duoc|chi|dat))|sau\s+(?:khi\s+)?(?:sáp\s*nhập|sap\s*nhap|hợp\s+nhất|hop\s+nhat|gộp|gop)(?:\s+tỉnh)?|"
    r"(?:hiện|bây giờ|bay gio|ngày)\s*(?:nay)?)\s*\)?(?!\w)",
    re.IGNORECASE,
)
# What a province went into, or what went into it: named to tell which is meant.
_ABSORBED_BEFORE = re.compile(
    # "góp với" is "gop voi" read wrong
    r"(?<!\w)(?:gộp|gop|góp(?=\s+với\s)|ghép|ghep|sáp\s*nhập|sap\s*nhap|hợp\s+nhất|hop\s+nhat|nhập|nhap|gồm|gom|bao\s+gồm|"
    r"nhận|thêm|về|ve|thuộc|thuoc|"
    r"(?:nay|giờ|gio|hiện)\s+(?:có|co|gồm|gom)|nay\s+là|nay\s+la|giờ\s+là|gio\s+la|trở\s+thành|thành|nay\s+thuộc|nay)\s+(?:cả\s+|ca\s+|thêm\s+|them\s+|vào\s+|vao\s+|về\s+|ve\s+|với\s+|voi\s+|"
    r"tỉnh\s+|tinh\s+|thành\s+phố\s+)*$",
    re.IGNORECASE,
)
# "trước lúc gộp với …", "khi chưa nhập với …"; "từ khi nhập thêm …"
_UNTIL_THEN = re.compile(
    r"(?<!\w)(?:(?:trước|truoc)(?:\s+(?:khi|lúc|luc|ngày|ngay|hồi|hoi|thời\s+điểm|thoi\s+diem))?|(?:chưa|chua))"
    r"(?:\s+(?:được|bị|duoc|bi))?\s*$",
    re.IGNORECASE,
)
_SINCE_THEN = re.compile(
    r"(?<!\w)(?:sau|từ|tu|kể\s+từ)\s+(?:khi|lúc|luc|ngày|ngay)(?:\s+(?:được|bị|duoc|bi))?\s*$", re.IGNORECASE
)
# "lúc Quảng Nam chưa nhập vào, …": it tells when, of another
_ABSORBED_AFTER = re.compile(
    r"\s+(?:còn\s+|con\s+)?(?:chưa|chua)\s+(?:bị\s+|được\s+|bi\s+|duoc\s+)?"
    r"(?:sáp\s*nhập|sap\s*nhap|gộp|gop|ghép|ghep|hợp\s+nhất|hop\s+nhat|nhập|nhap)"
    r"(?:\s+(?:vào|về|sang|chung|tỉnh|vao|ve|tinh))*\s*(?:,|thì(?!\w)|thi(?!\w))",
    re.IGNORECASE,
)
# "khi chưa có Quảng Nam nhập vào, …"
_LACKS = re.compile(r"(?<!\w)(?:chưa|chua)\s+(?:có|co)\s+(?:tỉnh\s+|tinh\s+)?$", re.IGNORECASE)
_JOINS_AFTER = re.compile(
    r"\s+(?:nhập|gộp|ghép|sáp\s*nhập|nhap|gop|ghep|sap\s*nhap)(?:\s+(?:vào|về|sang|chung|vao|ve))*\s*(?:,|thì(?!\w)|thi(?!\w))",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*(?:cũ|mới|cu|moi)?\s*(?:,|và|với|hay|hoặc|va|voi|hoac|cùng|so\s+với|&)\s*(?:phần\s+|tỉnh\s+|tinh\s+)*$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:,|và|va|với|voi|cùng|cung)\s*(?:tỉnh\s+|tinh\s+)?", re.IGNORECASE)
HERE: tuple[str, ...] = (
    "tỉnh mình", "tỉnh tôi", "tỉnh em", "tỉnh tui", "tỉnh ta", "tỉnh nhà", "quê tôi", "quê em", "quê mình", "quê tui",
    "huyện mình", "huyện tôi", "huyện em", "xã mình", "xã tôi", "xã em", "chỗ tôi", "chỗ em", "chỗ mình", "chỗ tui",
    "bên tôi", "bên em", "bên mình", "địa phương tôi", "địa phương mình", "địa phương em", "vùng tôi", "ở đây",
)  # fmt: skip


# Where the asker is from: not asked about where another place is named after it, and the two are not compared.
_LIVES_BEFORE = re.compile(
    r"(?<!\w)(?:tôi|em|mình|tui|cháu|tớ|toi|minh)\s+(?:(?:đang|hiện|dang|hien)\s+)?"
    r"(?:(?:sống|làm việc|làm|song|lam)\s+)?"
    r"(?:ở|tại|quê|người|từ|o|tai|que|tu)\s+(?:tỉnh\s+|tinh\s+|thành phố\s+)?$",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"(?<!\w)(?:so với|so sánh|hơn|kém|cả hai|bên nào|nơi nào|tỉnh nào|so voi|hon|ca hai)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPlaces:
    """The provinces asked about.

    keys: in the order named. former, today: those of them said to be meant as before July 2025, or as since. spans:
    all names of places with what belongs to them ("cũ", "sau sáp nhập"), which are no content. unclear: keys that
    initials may stand for, where several ("ĐN"). fuzzy: some name was read through a slip.
    """

    keys: tuple[str, ...]
    former: tuple[str, ...]
    today: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    unclear: tuple[str, ...]
    fuzzy: bool


def places_asked(text: str) -> AskedPlaces:
    """The provinces a question (NFC) asks about."""
    named = [mention for mention in find_places(text, typed=True) if not _is_seat(text, mention)]
    read: list[_Named] = []
    for mention in named:
        one = _Named.read(text, mention)
        if (
            read
            and read[-1].absorbed
            and not one.part
            and _LISTED.fullmatch(text[read[-1].mention.end : mention.start])
        ):
            one = replace(one, absorbed=True)  # "gồm cả Bến Tre, Trà Vinh"
        read.append(one)
    if len(read) > 1 and all(one.absorbed for one in read):
        read[-1] = replace(read[-1], absorbed=False, cue=read[-1].mention.start)  # "khi chưa gộp Kiên Giang, An Giang"
    kept = _at_that_time(read, _asked(text, read))
    unclear = [short for short in abbreviations(text) if len(short.keys) > 1]
    unclear = [short for short in unclear if not any(one.start < short.end and short.start < one.end for one in named)]
    return AskedPlaces(
        keys=tuple(dict.fromkeys(one.mention.key for one in kept)),
        former=tuple(dict.fromkeys(one.mention.key for one in kept if one.former)),
        today=tuple(dict.fromkeys(one.mention.key for one in kept if one.today)),
        spans=(
            *((min(one.start, one.start if one in kept else one.cue), one.end) for one in read),
            *((short.start, short.end) for short in unclear),
        ),
        unclear=unclear[0].keys if unclear and not kept else (),
        fuzzy=any(mention.fuzzy for mention in named),
    )


# "nộp thẳng ra Hà Nội cho Bộ"
_SEAT_BEFORE = re.compile(r"(?<!\w)(?:ra|lên|về|len|ve)\s+(?:tận\s+|tan\s+)?$", re.IGNORECASE)
_SEAT_AFTER = re.compile(
    r"\s+(?:(?:cho|gặp|để|gửi|nộp|tới|gap|de|gui|nop|toi)\s+){0,2}(?:bộ|trung ương|bo|trung uong)(?!\w)", re.IGNORECASE
)


def _is_seat(text: str, mention: Mention) -> bool:
    """Whether the capital is named as where ministries are."""
    return (
        mention.key == "ha-noi"
        and _SEAT_BEFORE.search(text, 0, mention.start) is not None
        and _SEAT_AFTER.match(text, mention.end) is not None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A place named, with what is said of it. start, end: the name with those words. cue: where
    the words begin that say it went into another, or another into it. until, since: whether they begin with "trước
    khi" or "chưa", or with "sau khi"."""

    mention: Mention
    former: bool
    today: bool
    absorbed: bool
    part: bool
    start: int
    end: int
    cue: int
    until: bool
    since: bool

    @classmethod
    def read(cls, text: str, mention: Mention) -> "_Named":
        before, after = text[: mention.start], text[mention.end :]
        cue = _FORMER_BEFORE.search(before)
        merged = _MERGED_BEFORE_NAME.search(before)
        goes = _ABSORBED_AFTER.match(after) or (_LACKS.search(before) and _JOINS_AFTER.match(after))
        tail = None if goes else _FORMER_AFTER.match(after)
        new = None if tail else _NEW_AFTER.match(after)
        # "bên Bắc Giang" alone is just "ở Bắc Giang"
        part = cue is not None and (_WEAK_BEFORE.search(cue[0]) is None or tail is not None)
        absorbed = _ABSORBED_BEFORE.search(before)
        led = "" if absorbed is None else before[: absorbed.start()]
        until, since = _UNTIL_THEN.search(led), _SINCE_THEN.search(led)
        cue_starts = [said.start() for said in (until, since, absorbed) if said is not None]
        return cls(
            mention=mention,
            former=tail is not None or merged is not None or (part and PROVINCES[mention.key].merged),
            today=new is not None,
            absorbed=absorbed is not None or goes is not None,
            part=part,
            start=merged.start() if merged else cue.start() if cue else mention.start,
            cue=min(cue_starts) if cue_starts and not part and not tail else mention.start,
            end=mention.end + max(len(said[0]) if said else 0 for said in (tail, new, goes)),
            until=until is not None or bool(goes),
            since=since is not None,
        )

    @property
    def weight(self) -> int:
        """How much speaks for this one of several of one province today."""
        return 3 * self.part + 2 * self.former - 2 * self.absorbed


def _asked(text: str, read: Sequence[_Named]) -> list[_Named]:
    kept = [one for one in read if not _frames(one, read)]
    for one in read:
        for other in read:
            related = PROVINCES[one.mention.key].today_key == PROVINCES[other.mention.key].today_key
            if one.mention.key == other.mention.key or not related or _in_a_row(text, one, other):
                continue
            if one.weight < other.weight and one in kept:
                kept.remove(one)
    lives = [one for one in kept if _LIVES_BEFORE.search(text[: one.mention.start])]
    if lives and len(kept) > len(lives) and kept[-1] not in lives and not _COMPARES.search(text):
        kept = [one for one in kept if one not in lives]
    # named twice, once to tell where it went: the weight of its best mention counts
    keys = {one.mention.key for one in kept}
    return [one for one in read if one.mention.key in keys and (one in kept or one.former or one.today)] or list(read)


def _at_that_time(read: Sequence[_Named], kept: Sequence[_Named]) -> list[_Named]:
    """The places asked about, as they were before, or since, others named beside them went into them: "Trước khi gộp
    với Nam Định và Hà Nam, Ninh Bình …"."""
    others = [one for one in read if one.absorbed and one not in kept]
    before, since = any(one.until for one in others), any(one.since for one in others)
    whole = {PROVINCES[one.mention.key].today_key for one in others}
    return [
        replace(one, former=before, today=since and not before)
        if one.mention.key in whole and not (one.former or one.today)
        else one
        for one in kept
    ]


def _frames(one: _Named, read: Sequence[_Named]) -> bool:
    """Whether a place is named only to tell where another went, which is named again ("Quảng Ngãi nay có Kon Tum; Kon
    Tum góp …")."""
    today = PROVINCES[one.mention.key].today_key
    others = [other for other in read if other.mention.key != one.mention.key]
    return (
        any(
            other.absorbed
            and PROVINCES[other.mention.key].today_key == today
            and sum(again.mention.key == other.mention.key for again in read) > 1
            for other in others
        )
        and sum(again.mention.key == one.mention.key for again in read) == 1
    )


def _in_a_row(text: str, one: _Named, other: _Named) -> bool:
    """Whether two places are asked about alike: "Bến Tre với Trà Vinh", "Tây Ninh cũ và Long An cũ"."""
    first, second = sorted((one.mention, other.mention), key=lambda mention: mention.start)
    between = text[first.end : second.start]
    return _JOINED.fullmatch(between) is not None and not any(
        each.absorbed and not each.former for each in (one, other)
    )
