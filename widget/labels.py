"""Words and addresses that several pages share: navigation, states, days, stars, links into the reader."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol
from urllib.parse import quote, urlencode

from index.law.documents import Held, Status
from index.law.subjects import Subject
from index.law.transitions import Covers

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("/", "Hỏi đáp"),
    ("/quyet-dinh", "Quyết định"),
    ("/san-pham", "Sản phẩm"),
    ("/so-lieu", "Số liệu"),
    ("/van-ban", "Văn bản"),
    ("/tu-cham-diem", "Tự chấm điểm"),
)
HELD_LABELS: Mapping[Held, str] = {
    "document": "có nguyên văn",
    "guide": "có bài tóm lược",
    "citation": "chỉ được nhắc tới",
}
SUBJECT_LABELS: Mapping[Subject, str] = {
    "criteria": "Bộ tiêu chí",
    "procedure": "Trình tự đánh giá, phân hạng",
    "programme": "Chương trình",
    "label": "Nhãn hiệu, biểu trưng",
    "funding": "Kinh phí",
}
COVERS_LABELS: Mapping[Covers, str] = {
    "dossier": "Hồ sơ nộp trước",
    "certificate": "Giấy cấp trước, dùng đến hết hạn",
    "extension": "Giấy hết hạn khi hồ sơ chưa xong",
}
_STATES: Mapping[Status, tuple[str, str]] = {
    "in_force": ("Đang hiệu lực", "on"),
    "lapsed": ("Hết hiệu lực", "off"),
    "not_yet": ("Chưa có hiệu lực", "warn"),
    "doubtful": ("Ngày giao thời, chưa xác định", "warn"),
    "unknown": ("Kho chưa cho biết", "off"),
}


class Spot(Protocol):
    """A stretch of a version of an article, with what opens it where its source does not show the whole."""

    @property
    def article_id(self) -> str:
        """The article."""
        ...

    @property
    def digest(self) -> str:
        """Its version."""
        ...

    @property
    def start(self) -> int:
        """Its first code point."""
        ...

    @property
    def end(self) -> int:
        """One past its last."""
        ...

    @property
    def seal(self) -> str:
        """As in `assistant.rights.seal_of`."""
        ...


def reader_link(spot: Spot) -> str:
    """The address of a stretch in its article on this server."""
    query: dict[str, str | int] = {"digest": spot.digest, "start": spot.start, "end": spot.end}
    if spot.seal:
        query["seal"] = spot.seal
    return f"/bai/{spot.article_id}?{urlencode(query)}#doan"


def document_link(label: str) -> str:
    """The page of a document of law by its number as cited."""
    return f"/van-ban/{quote(label, safe='/')}"


def day_label(day: date | str | None) -> str:
    """A day as tables write it: "12/06/2020", of reduced precision "06/2020" or "2020"; "" for None."""
    if day is None:
        return ""
    iso = day.isoformat() if isinstance(day, date) else day.partition("T")[0]
    return "/".join(reversed(iso.split("-")))


def state_label(status: Status) -> str:
    """The state of a document of law in words."""
    return _STATES[status][0]


def state_class(status: Status) -> str:
    """How the state is drawn: "on", "off" or "warn"."""
    return _STATES[status][1]
