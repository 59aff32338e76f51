"""A province, or the whole country, as a request names it."""

from crawler.article import fold_space
from index.figures.figure import NATIONAL
from index.places.named import province_key
from index.text import strip_marks
from web.problem import invalid_parameter, shown


def place_key(name: str, *, field: str) -> str:
    """The key of a province, or of the whole country. field: the parameter that names it.

    Raises:
        Problem: no province has such a name.
    """
    if strip_marks(fold_space(name)).lower() in ("ca nuoc", "viet nam", NATIONAL):
        return NATIONAL
    key = province_key(name)
    if key is None:
        detail = f"không biết tỉnh, thành phố nào tên {shown(name)}; cần ví dụ Nam Định, hay cả nước"
        raise invalid_parameter(field, detail)
    return key
