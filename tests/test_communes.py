"""Former communes and those of today, from the list that underthesea brings."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.places import communes
from index.places.communes import CommunesUnavailable, commune_today

ROOT = Path(__file__).parents[1]


def told(commune: str, *, district: str = "", province: str = "") -> dict[str, list[str]]:
    return {
        former.label: [f"{one.label} ({one.province})" for one in former.today]
        for former in commune_today(commune, district=district, province=province)
    }


@pytest.mark.parametrize(
    ("commune", "district", "province", "expected"),
    [
        ("xã Hải Hưng", "huyện Hải Hậu", "",
         {"xã Hải Hưng, huyện Hải Hậu, tỉnh Nam Định": ["xã Hải Hưng (ninh-binh)"]}),
        ("Thị trấn La Hà", "Tư Nghĩa", "Quảng Ngãi",
         {"thị trấn La Hà, huyện Tư Nghĩa, tỉnh Quảng Ngãi": ["xã Tư Nghĩa (quang-ngai)"]}),
        ("ben nghe", "quan 1", "hcm",
         {"phường Bến Nghé, quận 1, thành phố Hồ Chí Minh": ["phường Sài Gòn (ho-chi-minh)"]}),
        ("Lê Ninh", "thị xã Kinh Môn", "",
         {"xã Lê Ninh, thị xã Kinh Môn, tỉnh Hải Dương": ["phường Bắc An Phụ (hai-phong)"]}),
        ("Hải Hưng", "", "Ninh Bình",  # the province of today
         {"xã Hải Hưng, huyện Hải Hậu, tỉnh Nam Định": ["xã Hải Hưng (ninh-binh)"]}),
        ("xã Hải Hưng", "huyện Mộ Đức", "", {}),
        ("phường Hải Hưng", "", "", {}),
        ("Atlantis", "", "", {}),
        ("", "", "", {}),
    ],
)  # fmt: skip
def test_what_became_of_a_commune(commune: str, district: str, province: str, expected: dict[str, list[str]]) -> None:
    assert told(commune, district=district, province=province) == expected


def test_a_shared_name_gives_all_and_a_divided_one_every_part() -> None:
    assert set(told("hải hưng")) == {
        "xã Hải Hưng, huyện Hải Hậu, tỉnh Nam Định",
        "xã Hải Hưng, huyện Hải Lăng, tỉnh Quảng Trị",
    }
    (divided,) = commune_today("xã Tân Thạnh", district="huyện Thới Lai", province="Cần Thơ")
    assert {one.name for one in divided.today} == {"Tân Thạnh", "Trường Thành"}


def test_nothing_of_the_library_is_loaded() -> None:
    code = (
        "import sys; from index.places.communes import commune_today; commune_today('x'); "
        "print('underthesea' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_missing_list_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    communes._former.cache_clear()
    monkeypatch.setattr(communes, "_FILE", Path("address", "nothing.json"))
    with pytest.raises(CommunesUnavailable, match=r"pip install -e \. -c constraints\.txt"):
        commune_today("xã Hải Hưng")
