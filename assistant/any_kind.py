"""Whether all kinds of makers are set beside one another, none named: "loại hình nào có nhiều sản phẩm nhất?"."""

from assistant.wording import says

_ANY_KIND = ("loại hình nào", "loại chủ thể nào", "kiểu chủ thể nào", "nhóm chủ thể nào", "hình thức nào")


def of_any_kind(tokens: tuple[str, ...]) -> bool:
    """Whether the tokens of a question ask which kind of makers is first or last."""
    return says(tokens, *_ANY_KIND) and says(tokens, "nhất", "nhiều hơn", "ít hơn")
