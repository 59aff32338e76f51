"""Picture files of pages (PNG, JPEG, TIFF of several pages) -> Sheets by recognition."""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageSequence, UnidentifiedImageError

from crawler.documents.scan import DPI, read_scan
from crawler.documents.sheet import Sheet
from crawler.draft import NoArticleError

_MAX_PIXELS = 40_000_000
_MAX_PAGES = 60
_MIN_SIDE = 300
_A4_INCHES = 8.27


def picture_sheets(body: bytes) -> Iterator[Sheet]:
    """Each page of a picture file.

    Raises:
        NoArticleError: it is too small or too large to be a page, damaged, or cannot be recognised here.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=("PNG", "JPEG", "TIFF")) as image:
                for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                    if number > _MAX_PAGES:
                        raise NoArticleError(f"ảnh có hơn {_MAX_PAGES} trang")
                    yield _sheet(frame, number)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, SyntaxError) as error:
        raise NoArticleError(f"ảnh hỏng hoặc quá lớn ({type(error).__name__})") from error


def _sheet(frame: Image.Image, number: int) -> Sheet:
    width, height = frame.size
    if min(width, height) < _MIN_SIDE:
        raise NoArticleError(f"ảnh {width}x{height} điểm, quá nhỏ để là một trang văn bản")
    if width * height > _MAX_PIXELS:
        raise NoArticleError(f"ảnh {width}x{height} điểm, lớn hơn {_MAX_PIXELS // 1_000_000} triệu điểm")
    # Photographs seldom say how many dots an inch; a page's short side is taken for that of A4.
    scale = DPI * _A4_INCHES / min(width, height)
    grey = frame.convert("L") if frame.mode in ("1", "I;16") else frame.convert("RGB")
    page = grey.resize((round(width * scale), round(height * scale)), Image.Resampling.LANCZOS)
    return read_scan(page, number, DPI)
