"""A page of a PDF or of a picture file as a picture for people to look at. Only ever called in `crawler.worker`."""

import io
import warnings

from PIL import Image

from crawler.documents.pdf import page_picture
from crawler.draft import NoArticleError

_PDF_MARK, _PDF_REACH_BYTES = b"%PDF-", 1024
VIEW_DPI = 110.0
_LONGEST_SIDE = 1600
_MAX_PIXELS = 40_000_000
_COLOURS = 32


def page_view(body: bytes, number: int) -> bytes:
    """One page as a PNG of few colours, its longer side at most 1,600 pixels.

    number: from 1.

    Raises:
        NoArticleError: the file has no such page, or is no file of pages, or one too large to draw.
    """
    is_pdf = _PDF_MARK in body[:_PDF_REACH_BYTES]
    picture = page_picture(body, number, VIEW_DPI) if is_pdf else _frame(body, number)
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
    held = io.BytesIO()
    picture.convert("RGB").quantize(_COLOURS).save(held, "PNG", optimize=True)
    return held.getvalue()


def _frame(body: bytes, number: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=("PNG", "JPEG", "TIFF")) as image:
                image.seek(number - 1)
                if image.width * image.height > _MAX_PIXELS:
                    raise NoArticleError(f"ảnh lớn hơn {_MAX_PIXELS // 1_000_000} triệu điểm")
                return image.convert("RGB")
    except (OSError, EOFError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NoArticleError(f"không có trang {number} để vẽ ({type(error).__name__})") from error
