"""The table of portals: whose pages may ask from a browser, for which province, and how often; read from TOML.

PortalsError   the table cannot be used; the message names the key, its value and what is expected
"""

import json
import logging
import re
import threading
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pydantic
from pydantic import TypeAdapter

from index.places.named import PROVINCES, province_key, slug
from web.rates import DEFAULT_RULES, Rules

FILE_NAME = "portals.toml"
GREETING_CHARS = 300
NAME_CHARS = 120
# WCAG 2.1, 1.4.3: text of normal size against its ground. Buttons carry white text, links stand on white.
CONTRAST = 4.5
_LIGHT_GROUND = "#ffffff"
_DARK_GROUND = "#121613"  # the dark ground of widget/static/page.css

_FORBID = pydantic.ConfigDict(extra="forbid")
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\]")

_log = logging.getLogger("ocop.server")


class PortalsError(Exception):
    """The table of portals cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """What a portal may colour, each "#rrggbb" or None for the widget's own.

    action: buttons, with white text on them, and links on white. action_dark: links on the dark ground.
    """

    __pydantic_config__ = _FORBID

    action: str | None = None
    action_dark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """One site that shows the assistant.

    id: what its page names in `data-portal`. name: what readers and the operator see. origins: scheme, host and port of
    its pages, exactly as browsers send them (RFC 6454, 6.2); none listed, none allowed. province: the one meant where a
    question names no place. greeting: the widget's first line. limits: for the whole portal, whoever asks.
    """

    __pydantic_config__ = _FORBID

    id: str
    name: str
    origins: tuple[str, ...] = ()
    province: str | None = None
    greeting: str = ""
    colours: Colours = field(default_factory=Colours)
    limits: Rules = field(default_factory=Rules)

    @property
    def province_key(self) -> str | None:
        """The key of its province, None where it has none."""
        return None if self.province is None else province_key(self.province)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portals:
    """The whole table. limits: for each address, whatever portal it asks from."""

    portals: Mapping[str, Portal] = field(default_factory=dict)
    limits: Rules = DEFAULT_RULES

    @property
    def origins(self) -> frozenset[str]:
        """Every origin of every portal."""
        return frozenset(origin for portal in self.portals.values() for origin in portal.origins)


NO_PORTALS = Portals()
_PORTAL = TypeAdapter(Portal)
_RULES = TypeAdapter(Rules)


def load_portals(path: Path) -> Portals:
    """Read a table of portals.

    Raises:
        FileNotFoundError: there is no such file.
        PortalsError: it cannot be read, is no TOML, or an entry breaks a rule.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise PortalsError(f"không đọc được bảng cổng {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PortalsError(f"{path} không phải TOML hợp lệ: {error}") from error
    entries = data.pop("portal", [])
    limits = data.pop("limits", {})
    if data or not isinstance(entries, list):
        found = ", ".join(sorted(data)) or "portal không phải danh sách"
        raise PortalsError(f"{path}: tìm thấy {found}; cần các mục [[portal]], có thể thêm [limits], không gì khác")
    portals: dict[str, Portal] = {}
    for position, entry in enumerate(entries, 1):
        portal = _portal(entry, position, path)
        if portal.id in portals:
            raise PortalsError(f"{path}: id = {portal.id!r} dùng cho hai cổng; cần khác nhau")
        portals[portal.id] = portal
    try:
        # what the file does not mention stays as it is by default; "" is no limit
        own = {**asdict(DEFAULT_RULES), **limits} if isinstance(limits, dict) else limits
        return Portals(portals=portals, limits=_RULES.validate_python(own))
    except pydantic.ValidationError as error:
        raise PortalsError(f"{path}, mục [limits]: {_told(error)}") from error


def _portal(entry: Any, position: int, path: Path) -> Portal:
    name = entry.get("id", f"thứ {position}") if isinstance(entry, dict) else f"thứ {position}"
    where = f"{path}, cổng {name}"
    try:
        # JSON mode: strict about types, yet lists become tuples and tables records.
        portal = _PORTAL.validate_json(json.dumps(entry, default=str), strict=True)
    except pydantic.ValidationError as error:
        raise PortalsError(f"{where}: {_told(error)}") from error
    faults = [
        *_fault_of_id(portal),
        *(fault for origin in portal.origins for fault in _fault_of_origin(origin)),
        *_faults_of_texts(portal),
        *_faults_of_colours(portal.colours),
    ]
    if faults:
        raise PortalsError(f"{where}: " + "; ".join(faults))
    return portal


def _told(error: pydantic.ValidationError) -> str:
    told = []
    for fault in error.errors():
        key = ".".join(str(part) for part in fault["loc"])
        match fault["type"]:
            case "extra_forbidden" | "unexpected_keyword_argument":
                told.append(f"không có khóa {key!r}")
            case "missing":
                told.append(f"thiếu khóa {key!r}")
            case "value_error":
                told.append(f"{key} = {fault['input']!r}; {fault['ctx']['error']}")
            case _:
                told.append(f"{key} = {fault['input']!r} sai kiểu ({fault['msg']})")
    return "; ".join(told)


def _fault_of_id(portal: Portal) -> list[str]:
    if _ID.fullmatch(portal.id):
        return []
    return [f"id = {portal.id!r}; cần 1 đến 40 chữ thường không dấu, chữ số, gạch nối ở giữa, ví dụ 'quang-nam'"]


def _fault_of_origin(origin: str) -> list[str]:
    """What is wrong with an origin: it is compared letter by letter with what browsers send."""
    said = f"origins có {origin!r}; "
    if "*" in origin:
        return [said + "dấu * không được nhận: ghi từng địa chỉ một"]
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return [said + "không phải địa chỉ"]
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return [said + "cần bắt đầu bằng https:// (hay http://) rồi tới tên miền"]
    if parts.path or parts.query or parts.fragment or origin.endswith(("?", "#")):
        return [said + f"không được có gì sau tên miền, kể cả dấu / cuối: cần '{parts.scheme}://{parts.netloc}'"]
    if "@" in parts.netloc:
        return [said + "không được có tên người dùng"]
    if port == {"http": 80, "https": 443}[parts.scheme] or parts.netloc.endswith(":"):
        return [said + "trình duyệt không gửi cổng mặc định: bỏ phần sau dấu hai chấm"]
    host = parts.netloc.rsplit(":", 1)[0] if port is not None else parts.netloc
    if not _HOST.fullmatch(host):
        return [said + "tên miền cần viết bằng chữ thường ASCII (tên có dấu thì dạng xn--…)"]
    return []


def _faults_of_texts(portal: Portal) -> list[str]:
    faults = []
    if portal.province is not None:
        key = province_key(portal.province)
        # a place is read out of longer texts too; here the whole must be its name
        if key is None or not slug(portal.province).endswith(slug(PROVINCES[key].name)):
            faults.append(f"province = {portal.province!r}; cần tên một tỉnh, thành phố, ví dụ 'Quảng Nam'")
    for name, text, most in (("name", portal.name, NAME_CHARS), ("greeting", portal.greeting, GREETING_CHARS)):
        if len(text) > most:
            faults.append(f"{name} dài {len(text)} ký tự; tối đa {most}")
        if any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in text):
            faults.append(f"{name} có ký tự điều khiển")
    if not portal.name.strip():
        faults.append("name trống; cần tên người đọc thấy")
    return faults


def _faults_of_colours(colours: Colours) -> list[str]:
    faults = []
    for name, colour, ground in (
        ("colours.action", colours.action, _LIGHT_GROUND),
        ("colours.action_dark", colours.action_dark, _DARK_GROUND),
    ):
        if colour is None:
            continue
        if not _COLOUR.fullmatch(colour):
            faults.append(f"{name} = {colour!r}; cần dạng '#0b5d3b'")
        elif (ratio := contrast(colour, ground)) < CONTRAST:
            faults.append(
                f"{name} = {colour!r} tương phản {ratio:.2f}:1 với nền {ground}; WCAG 2.1 đòi ít nhất {CONTRAST}:1"
            )
    return faults


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours "#rrggbb", from 1 to 21 (WCAG 2.1, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.1, definition of relative luminance)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class PortalTable:
    """The table in use: read again when its file changes; a file that cannot be used leaves the former one in use."""

    def __init__(self, path: Path, *, required: bool = False) -> None:
        """required: someone named the file, so that it is to be there.

        Raises:
            PortalsError: the file cannot be used, or is missing though required: better not to start than to start with
                no portal allowed.
        """
        self.path = path
        self.trouble: str | None = None
        self._lock = threading.Lock()
        self._seen = _signature(path)
        try:
            self._portals = load_portals(path)
        except FileNotFoundError:
            if required:
                raise PortalsError(f"không có tệp {path} (OCOP_PORTALS); mẫu ở portals.example.toml") from None
            self._portals = NO_PORTALS

    def current(self) -> Portals:
        """The table as it stands."""
        return self._portals

    def refresh(self) -> bool:
        """Read the file again where it changed; whether another table is in use now."""
        with self._lock:
            seen = _signature(self.path)
            if seen == self._seen:
                return False
            self._seen = seen
            try:
                portals = load_portals(self.path)
            except FileNotFoundError:
                # someone may be replacing it; whoever means none writes an empty file
                self._report(f"{self.path} không còn; bảng cổng trước đó vẫn được dùng")
                return False
            except PortalsError as error:
                self._report(f"{error}; bảng cổng trước đó vẫn được dùng")
                return False
            changed = portals != self._portals
            self._portals, self.trouble = portals, None
            if changed:
                _log.info("portals renewed: %s", len(portals.portals))
            return changed

    def _report(self, trouble: str) -> None:
        _log.warning("portals not taken up: %s", trouble)
        self.trouble = trouble


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns
