"""Public bodies in text, their one name each, and whom a sentence attributes its content to."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.people.bodies import find_bodies, speaker_of

HERE = Path(__file__).parent
GOLD = [
    (entry["text"], entry.get("speaker"))
    for name in ("people.toml", "people_heldout.toml")
    for entry in tomllib.loads((HERE / name).read_text(encoding="utf-8"))["sentence"]
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ủy ban nhân dân tỉnh Nam Định họp.", [("Ủy ban nhân dân tỉnh Nam Định", "UBND tỉnh Nam Định", "ubnd")]),
        ("Uỷ ban nhân dân huyện Mai Sơn họp.", [("Uỷ ban nhân dân huyện Mai Sơn", "UBND huyện Mai Sơn", "ubnd")]),
        ("UBND TP. Đà Nẵng", [("UBND TP. Đà Nẵng", "UBND thành phố Đà Nẵng", "ubnd")]),
        ("UBND TP.HCM họp", [("UBND TP.HCM", "UBND thành phố Hồ Chí Minh", "ubnd")]),
        ("ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", [("ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", "UBND tỉnh Hà Giang", "ubnd")]),
        ("Hội đồng nhân dân tỉnh", [("Hội đồng nhân dân tỉnh", "HĐND tỉnh", "hdnd")]),
        (
            "Sở NN&PTNT An Giang",
            [("Sở NN&PTNT An Giang", "Sở Nông nghiệp và Phát triển nông thôn tỉnh An Giang", "so")],
        ),
        (
            "Sở Nông nghiệp & Phát triển nông thôn (NN&PTNT) tỉnh An giang báo cáo",
            [
                (
                    "Sở Nông nghiệp & Phát triển nông thôn (NN&PTNT) tỉnh An giang",
                    "Sở Nông nghiệp và Phát triển nông thôn tỉnh An Giang",
                    "so",
                )
            ],
        ),
        ("Sở NNMT Đà Nẵng", [("Sở NNMT Đà Nẵng", "Sở Nông nghiệp và Môi trường thành phố Đà Nẵng", "so")]),
        ("Sở VH,TT&DL", [("Sở VH,TT&DL", "Sở Văn hóa, Thể thao và Du lịch", "so")]),
        ("Bộ NN-PTNT", [("Bộ NN-PTNT", "Bộ Nông nghiệp và Phát triển nông thôn", "bo")]),
        ("chi cục PTNT Lào Cai", [("chi cục PTNT Lào Cai", "Chi cục Phát triển nông thôn tỉnh Lào Cai", "chi_cuc")]),
        ("BTV Tỉnh uỷ", [("BTV Tỉnh uỷ", "Ban Thường vụ Tỉnh ủy", "dang")]),
        ("Huyện ủy Mường La họp", [("Huyện ủy Mường La", "Huyện ủy Mường La", "dang")]),
        (
            "UBND xã Tân Lập, huyện Mộc Châu, tỉnh Sơn La",
            [
                (
                    "UBND xã Tân Lập, huyện Mộc Châu, tỉnh Sơn La",
                    "UBND xã Tân Lập, huyện Mộc Châu, tỉnh Sơn La",
                    "ubnd",
                )
            ],
        ),
        (
            "Ban Chỉ đạo Chương trình mỗi xã một sản phẩm (OCOP) tỉnh họp",
            [
                (
                    "Ban Chỉ đạo Chương trình mỗi xã một sản phẩm (OCOP) tỉnh",
                    "Ban Chỉ đạo Chương trình mỗi xã một sản phẩm (OCOP) tỉnh",
                    "ban_chi_dao",
                )
            ],
        ),
        (
            "Trung tâm Khuyến nông tổ chức lớp học",
            [("Trung tâm Khuyến nông", "Trung tâm Khuyến nông", "trung_tam")],
        ),
        (
            "Sở Công Thương thông tin về chợ",
            [("Sở Công Thương", "Sở Công Thương", "so")],
        ),
        (
            "Phòng Kinh tế huyện phát triển chợ phiên",
            [("Phòng Kinh tế huyện", "Phòng Kinh tế huyện", "phong")],
        ),
        # the name after the place is a person's
        ("UBND huyện Tiên Phước Phan Văn An", [("UBND huyện Tiên Phước", "UBND huyện Tiên Phước", "ubnd")]),
        ("UBND tỉnh Vương Văn Tú", [("UBND tỉnh", "UBND tỉnh", "ubnd")]),
        ("UBND thành phố Vinh Nguyễn Văn An", [("UBND thành phố Vinh", "UBND thành phố Vinh", "ubnd")]),
        ("UBND huyện Hoàng Su Phì họp", [("UBND huyện Hoàng Su Phì", "UBND huyện Hoàng Su Phì", "ubnd")]),
        ("UBND huyện Châu Thành A họp", [("UBND huyện Châu Thành A", "UBND huyện Châu Thành A", "ubnd")]),
    ],
)
def test_bodies(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(text[body.start : body.end], body.canonical, body.kind) for body in find_bodies(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "cán bộ nông nghiệp và môi trường của xã",
        "các cơ sở y tế, trụ sở Công ty",
        "Trung tâm thương mại mở cửa muộn",
        "là trung tâm kinh tế của vùng",
        "Công ty Cổ phần Sở Thích và Hợp tác xã Chè Đồi Xanh",
        "hội đồng quản trị, hội đồng hương ước",
        "UBND các huyện, thị xã",
        "văn phòng phẩm và phòng khách",
    ],
)
def test_what_is_no_body(text: str) -> None:
    assert find_bodies(text) == []


def test_a_body_of_a_tier_is_none_in_particular() -> None:
    assert [(body.canonical, body.general) for body in find_bodies("UBND cấp xã gửi UBND huyện Mai Châu")] == [
        ("UBND cấp xã", True),
        ("UBND huyện Mai Châu", False),
    ]


@pytest.mark.parametrize(("text", "speaker"), GOLD)
def test_speaker(text: str, speaker: str | None) -> None:
    span = speaker_of(text)
    assert (None if span is None else text[slice(*span)]) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Theo Quyết định số 148/QĐ-TTg, có sáu nhóm sản phẩm.", None),
        ("Theo chị Hoa, chủ một cơ sở làm bún, mỗi ngày bán 50 kg.", None),
        ("Sở Y tế được giao thông tin cho người dân.", None),
        ("Qua báo cáo của UBND huyện Mai Châu cho thấy còn 6 hồ sơ.", "UBND huyện Mai Châu"),
        ("Còn 6 hồ sơ (theo Sở Công Thương).", "Sở Công Thương"),
        ("Hồ sơ xếp theo thứ tự của Sở Công Thương.", None),
    ],
)
def test_who_speaks_and_who_does_not(text: str, speaker: str | None) -> None:
    span = speaker_of(text)
    assert (None if span is None else text[slice(*span)]) == speaker


def test_a_person_stated_before_speaks_by_the_name_alone() -> None:
    text = "Ông Nguyễn Văn An cho biết năm nay thêm 12 sản phẩm."
    assert speaker_of(text) is None
    assert speaker_of(text, {"Nguyễn Văn An"}) == (0, len("Ông Nguyễn Văn An"))


PIECES = st.sampled_from(
    "UBND|tỉnh|huyện|Nam Định|Theo|báo cáo|của|Sở|Công Thương|NN&PTNT|Ông|Nguyễn Văn An|,|;|:|(|)|Phó|Chủ tịch|"
    "Giám đốc|cho biết|và|Tỉnh ủy|Hội đồng|đánh giá|sản phẩm|OCOP|cấp|xã|Hòa|\u00a0|\n|TP.|HCM|H'Yim|–|"
    "tổ chức|phối hợp".split("|")
)
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)
)


@given(TEXTS)
def test_spans_lie_in_the_text(text: str) -> None:
    end = 0
    for body in find_bodies(text):
        assert end <= body.start < body.end <= len(text)
        assert text[body.start : body.end] == text[body.start : body.end].strip()
        end = body.end
    span = speaker_of(text)
    assert span is None or 0 <= span[0] < span[1] <= len(text)


def test_a_long_line() -> None:
    """Of a length that anything but linear time does not finish."""
    text = "UBND xã Tân Lập, huyện Mai Sơn và Sở Y tế Nguyễn Văn An, " * 8_000
    assert len(find_bodies(text)) == 16_000
    assert speaker_of(text) is None
