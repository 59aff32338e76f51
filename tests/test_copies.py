"""Near-duplicates: sketches, and which stories are one."""

import hashlib

from crawler.copies import sketch, tokens

STORY = (
    "Sáng 12/6, tại thành phố Vĩnh Yên, Sở Nông nghiệp và Phát triển nông thôn tổ chức hội nghị đánh giá, phân hạng "
    "sản phẩm OCOP đợt 1 năm 2023. Hội đồng đã chấm điểm 24 sản phẩm của 15 chủ thể, trong đó có 9 hợp tác xã.\n"
    "Kết quả, 20 sản phẩm đạt 3 sao và 4 sản phẩm đạt 4 sao. Đến nay toàn tỉnh có 1.096 sản phẩm được công nhận."
)


def test_a_sketch_is_the_same_everywhere_and_ignores_case_marks_and_layout() -> None:
    assert len(sketch(STORY)) == 256
    # kept in archives: a change of this value makes every sketch kept worthless
    assert hashlib.sha256(sketch(STORY)).hexdigest()[:16] == "85ef77b61022f051"
    assert sketch(STORY.upper().replace("\n", "  ")) == sketch(STORY)
    assert sketch(STORY.replace("Đ", "D").replace("đ", "d").replace("ả", "a")) == sketch(STORY)


def test_a_text_too_short_to_tell_has_no_sketch() -> None:
    assert sketch("Hội nghị đánh giá sản phẩm OCOP.") == b""
    assert sketch("") == b""


def test_numbers_are_one_however_they_are_written() -> None:
    assert tokens("Ngày 05/6, có 1.096.") == ["ngay", "5", "6", "co", "1096"]
    assert tokens("Ngày 5-6: có 1096 sản phẩm.") == tokens("ngày 05/06 có 1.096 sản phẩm")
    assert tokens("SP000 đạt 1.5") == ["sp000", "dat", "1", "5"]
