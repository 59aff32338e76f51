"""Products and decisions by the hundred thousand, made up for measuring: real places, plausible names, a fixed seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from index.decisions.decision import Act, ActTold, Change, DecisionTold, Doubt, ProductRow, Read
from index.decisions.merged import Decision
from index.law.address import DocumentNumber
from index.places.communes import FormerCommune, former_communes
from index.places.districts import DISTRICTS
from index.places.provinces import MERGER, PROVINCES, slug
from index.products.product import Product, Recognition
from index.span import Span

_GOODS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Thực phẩm", ("Gạo nếp", "Mật ong", "Nước mắm", "Chả cá", "Bún khô", "Giò lụa", "Măng khô", "Tôm khô", "Miến dong",
                   "Bánh đa nem", "Hạt điều rang", "Bưởi da xanh", "Cam sành", "Thịt gác bếp")),
    ("Đồ uống", ("Trà shan tuyết", "Chè xanh", "Cà phê rang xay", "Rượu nếp", "Trà hoa vàng", "Nước ép dứa")),
    ("Thảo dược", ("Cao gắm", "Tinh dầu tràm", "Trà dây", "Bột nghệ", "Đông trùng hạ thảo")),
    ("Thủ công mỹ nghệ", ("Chiếu cói", "Nón lá", "Gốm", "Khăn thổ cẩm", "Đèn mây tre", "Tranh dân gian")),
    ("Sinh vật cảnh", ("Hoa mai", "Bonsai", "Lan rừng")),
    ("Du lịch nông thôn", ("Làng du lịch", "Điểm nghỉ cộng đồng", "Vườn trái cây")),
)  # fmt: skip
_KINDS = ("Hợp tác xã", "Công ty TNHH", "Hộ kinh doanh", "Tổ hợp tác", "Công ty cổ phần", "Cơ sở")
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lý")
_GIVEN = ("An", "Bình", "Cường", "Dung", "Hà", "Hương", "Lan", "Minh", "Nga", "Phúc", "Quân", "Sơn", "Thảo", "Yến")
_WITH = ("đặc sản", "truyền thống", "hữu cơ", "thượng hạng", "sấy lạnh", "cổ truyền", "loại một", "")
_FIRST, _LAST = date(2019, 1, 2), date(2026, 10, 30)
_CHANGES: tuple[Change, ...] = ("renewed", "upgraded")
_DOUBTS: tuple[Doubt, ...] = ("ocr", "merged", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """Decisions with the products they recognise."""

    decisions: tuple[Decision, ...]
    products: tuple[Product, ...]


def invent(count: int, *, seed: int = 7) -> Invented:
    """So many products and the decisions about them. Equal counts and seeds give equal ones.

    Raises:
        index.places.communes.CommunesUnavailable: the list of communes is not installed.
    """
    chance = random.Random(seed)
    communes = sorted(former_communes(), key=lambda one: (one.district, one.label))
    decisions = _decisions(chance, max(4 * len(PROVINCES), count // 60))
    by_province = {key: [one for one in decisions if _of(one, key)] for key in PROVINCES}
    products = tuple(islice(_products(chance, communes, by_province), count))
    return Invented(decisions=decisions, products=products)


def _of(decision: Decision, province: str) -> bool:
    """Whether a decision is of a former province or, issued since the merger, of the one it is part of."""
    told = decision.best
    since = (told.issued or "") >= MERGER.isoformat()
    return told.place == (PROVINCES[province].today_key if since else province)


def _decisions(chance: random.Random, count: int) -> tuple[Decision, ...]:
    made: dict[str, Decision] = {}
    keys = sorted(PROVINCES)
    at = 0
    while len(made) < count:
        place = keys[at % len(keys)]
        at += 1
        # The first of each province is of before the merger, so that every one has some.
        last = MERGER if at <= len(keys) else _LAST
        day = _FIRST + timedelta(days=chance.randrange((last - _FIRST).days))
        if day >= MERGER:
            place = PROVINCES[place].today_key
        number = DocumentNumber(
            number=str(chance.randrange(10, 9999)), year=None, code="QĐ", issuer="UBND", start=9, end=21
        )
        key = f"{number.number}-qd-ubnd.{place}.{day.year}"
        reported = chance.random() < 0.2
        acts: tuple[Act, ...] = ("recognises", "replaces") if chance.random() < 0.05 else ("recognises",)
        told = DecisionTold(
            article_id=f"{at:016x}",
            digest=f"{at:064x}",
            reported=reported,
            start=0,
            end=400,
            number=number,
            number_read=_read(number.label, 9),
            issued=day.isoformat() if chance.random() < 0.95 else str(day.year),
            issued_read=_read(f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}", 30),
            issuer=_read(f"UBND {PROVINCES[place].label}", 70),
            level="province",
            place=place,
            place_read=_read(PROVINCES[place].name, 75),
            subject=_read(f"Về việc công nhận sản phẩm OCOP {PROVINCES[place].label} năm {day.year}", 120),
            acts=tuple(ActTold(act=act, target=None, whole=True, start=200, end=260) for act in acts),
        )
        made.setdefault(key, Decision(key=key, told=(told,), rows=()))
    return tuple(made.values())


def _products(
    chance: random.Random, communes: Sequence[FormerCommune], decisions: dict[str, list[Decision]]
) -> Iterator[Product]:
    serial = 0
    while True:
        commune = chance.choice(communes)
        district = DISTRICTS[commune.district]
        group, goods = chance.choices(_GOODS, (14, 8, 4, 4, 1, 1))[0]
        name = f"{chance.choice(goods)} {commune.name} {chance.choice(_WITH)}".strip()
        name = f"{name} {chance.choice(_FAMILIES)} {chance.choice(_GIVEN)}"
        producer = f"{chance.choice(_KINDS)} {chance.choice(_FAMILIES)} {chance.choice(_GIVEN)} {commune.name}"
        told = _sample(chance, decisions[district.province])
        history = _history(chance, told, (name, producer, commune.label.split(",")[0], group))
        serial += 1
        yield Product(
            key=f"{slug(name)}.{serial}",
            name=name,
            names=(name,) if chance.random() < 0.9 else (name, name.upper()),
            producer=producer if chance.random() < 0.98 else None,
            commune=commune.label.split(",")[0],
            district=district.label,
            province=told[-1].best.place,
            province_today=PROVINCES[district.province].today_key,
            group=group if chance.random() < 0.95 else None,
            history=history,
            doubtful=() if chance.random() < 0.98 else (f"{slug(name)}.{serial + 1}",),
        )


def _sample(chance: random.Random, decisions: Sequence[Decision]) -> list[Decision]:
    """One to three decisions, the earliest first."""
    count = chance.choices((1, 2, 3), (60, 32, 8))[0]
    return sorted(chance.sample(decisions, min(count, len(decisions))), key=lambda one: one.best.issued or "")


def _history(
    chance: random.Random,
    decisions: Sequence[Decision],
    cells: tuple[str, str, str, str],
) -> tuple[Recognition, ...]:
    name, producer, commune, group = cells
    star = chance.choices((3, 4, 5), (70, 28, 2))[0]
    history: list[Recognition] = []
    for at, decision in enumerate(decisions):
        change: Change | None = "new" if at == 0 else chance.choice(_CHANGES)
        star = min(5, star + (change == "upgraded"))
        doubts = (chance.choice(_DOUBTS),) if chance.random() < 0.03 else ()
        score = round(chance.uniform({3: 50, 4: 70, 5: 90}[star], {3: 69.9, 4: 89.9, 5: 100}[star]), 1)
        row = ProductRow(
            start=1000 + 120 * at,
            end=1110 + 120 * at,
            act="recognises",
            name=_read(name, 1003, doubts),
            producer=_read(producer, 1040),
            commune=_read(commune, 1070),
            group=_read(group, 1085),
            star=star,
            star_read=_read(f"{star} sao", 1095),
            score=score,
            score_read=_read(f"{score}".replace(".", ","), 1102),
            change=change,
        )
        withdrawn = at > 0 and chance.random() < 0.01
        history.append(
            Recognition(
                decision=decision.key,
                article_id=decision.best.article_id,
                digest=decision.best.digest,
                row=row,
                on=decision.best.issued,
                months=36,
                star=None if withdrawn else star,
                change=None if withdrawn else change,
                withdrawn=withdrawn,
            )
        )
    return tuple(history)


def _read(text: str, start: int, doubts: tuple[Doubt, ...] = ()) -> Read:
    return Read(text=text, span=Span(start, start + len(text)), head=Span(500, 510), doubts=doubts)
