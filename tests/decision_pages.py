"""Decisions of our own writing, as portals print them and as the crawler reads them."""

from pathlib import Path

from crawler.archive import Archive, Raw, now_iso
from crawler.article import Article, Authority
from crawler.draft import Origin
from crawler.read import read_article

_HEAD = """
<p>ỦY BAN NHÂN DÂN<br>{place}</p><p>Số: {number}</p>
<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</p>
<p>{town}, ngày {day}</p>
<p>QUYẾT ĐỊNH</p><p>{subject}</p>
<p>CHỦ TỊCH ỦY BAN NHÂN DÂN {place}</p>
<p>Căn cứ Luật Tổ chức chính quyền địa phương;</p>
<p>Căn cứ Quyết định số 148/QĐ-TTg ngày 24 tháng 02 năm 2023 của Thủ tướng Chính phủ;</p>
<p>Theo đề nghị của Giám đốc Sở Nông nghiệp và Môi trường,</p>
<p>QUYẾT ĐỊNH:</p>
"""
_FOOT = """
<p>TM. ỦY BAN NHÂN DÂN</p><p>KT. CHỦ TỊCH</p><p>PHÓ CHỦ TỊCH</p><p>Nguyễn Văn Mẫu</p>
<p>Nơi nhận:</p><p>- Như Điều 3;</p><p>- Lưu: VT.</p>
"""
RECOGNISES = """
<p>Điều 1. Công nhận kết quả đánh giá, phân hạng sản phẩm OCOP cho các sản phẩm có tên trong danh sách kèm theo.</p>
<p>Điều 2. Giấy chứng nhận có giá trị 36 tháng kể từ ngày ký Quyết định này.</p>
<p>Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.</p>
"""
FILLER = "Bà con trong vùng cho biết vụ này được mùa, giá bán ổn định và hàng đi được nhiều nơi hơn mọi năm trước."
ANNEX = "<p>PHỤ LỤC</p><p>DANH SÁCH SẢN PHẨM ĐƯỢC CÔNG NHẬN</p>"


def decision(
    body: str,
    *,
    articles: str = RECOGNISES,
    annex: str = ANNEX,
    number: str = "1287/QĐ-UBND",
    day: str = "12 tháng 9 năm 2025",
    place: str = "TỈNH LÂM ĐỒNG",
    subject: str = "Về việc công nhận sản phẩm OCOP đợt 1 năm 2025",
) -> Article:
    """A decision whose annex is `body`."""
    head = _head(number=number, day=day, place=place, subject=subject)
    return page(head + articles + _FOOT + annex + body)


def decision_html(
    body: str,
    *,
    number: str = "1287/QĐ-UBND",
    day: str = "12 tháng 9 năm 2025",
    place: str = "TỈNH LÂM ĐỒNG",
    subject: str = "Về việc công nhận sản phẩm OCOP đợt 1 năm 2025",
) -> str:
    """The page of a decision that recognises what its annex `body` lists."""
    return _html(_head(number=number, day=day, place=place, subject=subject) + RECOGNISES + _FOOT + ANNEX + body)


def _head(*, number: str, day: str, place: str, subject: str) -> str:
    return _HEAD.format(number=number, day=day, place=place, subject=subject, town=place.title().split(" ", 1)[1])


def _html(body: str, title: str = "Văn bản") -> str:
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def page(
    body: str,
    *,
    url: str = "http://cong.mau.vn/van-ban/1.html",
    place: str | None = None,
    authority: Authority = "official",
) -> Article:
    """A page of HTML as an article."""
    html = _html(body)
    raw = Raw(body=html.encode(), content_type="text/html; charset=utf-8")
    origin = Origin(source="Cổng mẫu", fetched="2026-11-22T00:00:00Z", url=url, place=place, authority=authority)
    return read_article(raw, origin)


def table(*rows: str) -> str:
    """A table of rows whose cells are parted by "|"; the first row is its header, and a single cell spans it."""
    lines = [[cell.strip() for cell in row.split("|")] for row in rows]
    width = len(lines[0])
    marked = ""
    for place, line in enumerate(lines):
        tag = "td" if place else "th"
        span = f" colspan={width}" if len(line) == 1 < width else ""
        marked += "<tr>" + "".join(f"<{tag}{span}>{cell}</{tag}>" for cell in line) + "</tr>"
    return f"<table border=1>{marked}</table>"


def news(*paragraphs: str, place: str | None = None) -> Article:
    """A newspaper's article of these paragraphs."""
    body = "".join(f"<p>{one}</p>" for one in (*paragraphs, FILLER))
    return page(body, url="http://bao.mau.vn/tin/1.html", place=place)


def news_html(paragraph: str, listed: str) -> str:
    """The page of a newspaper's article with a table."""
    return _html(f"<p>{paragraph}</p>{listed}<p>{FILLER}</p>")


def archive_page(data: Path, html: str, url: str) -> None:
    """Put a page of a model portal, which may be shown whole, into the archive of a data folder."""
    raw = Raw(body=html.encode(), content_type="text/html; charset=utf-8")
    article = read_article(raw, Origin(source="Cổng mẫu", fetched=now_iso(), url=url, rights="full"))
    with Archive(data, create=True) as archive:
        archive.put(article, raw)


def archive_article(data: Path, title: str, *paragraphs: str, url: str = "http://bao.mau.vn/tin/1.html") -> None:
    """Put an article of these paragraphs into the archive of a data folder."""
    archive_page(data, _html("".join(f"<p>{one}</p>" for one in paragraphs), title), url)
