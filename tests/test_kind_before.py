"""A follow-up on a criterion is about the product spoken of before, where it names none itself."""

import pytest

from assistant.kind_before import with_kind
from assistant.question import understand


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        (
            "Homestay chấm theo bộ nào?",
            "Dùng toàn người trong xã thì cao nhất mấy điểm?",
            "Homestay: dùng toàn người trong xã thì cao nhất mấy điểm?",
        ),
        ("Cà phê chấm theo bộ nào?", "Còn bao bì được mấy điểm?", "Cà phê: bao bì được mấy điểm?"),
        # another product, a place, no criterion, or nothing of points
        ("Cà phê chấm theo bộ nào?", "Bao bì của mật ong được mấy điểm?", None),
        ("Cà phê chấm theo bộ nào?", "Bao bì cà phê Sơn La được mấy điểm?", None),
        ("Cà phê chấm theo bộ nào?", "Hồ sơ gồm những gì?", None),
        ("Cà phê chấm theo bộ nào?", "Bao bì in ở đâu?", None),
        # two products are none
        ("Cà phê với mật ong chấm theo bộ nào?", "Bao bì được mấy điểm?", None),
        ("Hồ sơ nộp ở đâu?", "Bao bì được mấy điểm?", None),
    ],
)
def test_the_product_is_put_before_the_criterion(before: str, text: str, meant: str | None) -> None:
    assert with_kind(text, understand(before)) == meant
