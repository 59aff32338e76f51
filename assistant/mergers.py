"""What became of the provinces a question names, from the list of places and not from an article: told beside answers.

The list is Resolution 202/2025/QH15 of the National Assembly: 63 provinces and cities to 34 from 1 July 2025.
"""

from assistant.answer import vietnamese_date
from assistant.question import Question
from index.places.districts import DISTRICTS
from index.places.named import MERGER, PROVINCES, parts_of

_UNTIL = f"cấp huyện thôi hoạt động từ {vietnamese_date(MERGER.isoformat())}"
_SINCE = f"từ {vietnamese_date(MERGER.isoformat())}"


def merger_notices(question: Question) -> list[str]:
    """What provinces asked about that exist no more belong to; where that is what is asked, what each is made of."""
    notices = [_district(key) for keys in question.districts for key in keys[:1] if question.wanted == "merger"]
    for key in question.places:
        province = PROVINCES[key]
        parts = parts_of(province.today_key)
        if province.merged:
            notices.append(f"{_capital(province.label)} nay thuộc {province.today_label} ({_SINCE}).")
        if question.wanted != "merger" or (province.merged and len(question.places) > 1):
            continue
        if len(parts) > 1:
            names = [PROVINCES[part].name for part in parts]
            joined = f"{', '.join(names[:-1])} và {names[-1]}"
            notices.append(f"{_capital(province.today_label)} hợp nhất từ {joined} ({_SINCE}).")
        else:
            notices.append(f"{_capital(province.today_label)} không sáp nhập với tỉnh nào khi sắp xếp {_SINCE}.")
    return notices


def _district(key: str) -> str:
    """Of which province a district was when the level ended."""
    district = DISTRICTS[key]
    return f"{_capital(district.label)} là đơn vị cũ của {PROVINCES[district.province].label} ({_UNTIL})."


def _capital(label: str) -> str:
    return label[0].upper() + label[1:]
