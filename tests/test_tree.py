"""Pages made of so many parts that reading them would take minutes are refused at once; large pages are not."""

import pytest

from crawler.draft import NoArticleError
from crawler.html.tree import parse


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<p>a</p>" * 60_001, "phần tử"),
        (f"<p {' '.join(f'a{i}=1' for i in range(5000))}>a</p>", "thuộc tính"),
        (f"<table><tr>{'<td>1</td>' * 2001}</tr></table>", "2001 ô"),
        (f"<table>{'<td>1' * 2001}</table>", "2001 ô"),
    ],
)
def test_too_many_parts(markup: str, reason: str) -> None:
    with pytest.raises(NoArticleError, match=reason):
        parse(markup)


def test_large_pages_are_read() -> None:
    rows = parse("<table>" + "<tr><td>1</td><td>Chè</td><td>4 sao</td></tr>" * 10_000 + "</table>")
    assert len(list(rows.iter("td"))) == 30_000
    image = parse(f'<p><img src="data:image/png;base64,{"A" * 500_000}"></p>')
    assert len(image.xpath("//img")) == 1
