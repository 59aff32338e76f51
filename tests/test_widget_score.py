"""A product scored where an answer is about the points of a criteria set: a form over the same interface."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.embedding.front import Front
from tests.embedding.portal_page import Open, Stage

pytest_plugins = ["tests.embedding.fixtures"]


@pytest.fixture(scope="module")
def served_data(law_data: Path) -> Path:
    """The demo's legal pages."""
    return law_data


def test_a_product_is_scored_in_the_chat(opened: Open, front: Front, stage: Stage) -> None:
    shown = opened(width=360, height=740)
    shown.open()
    shown.ask("Mật ong chấm theo bộ tiêu chí nào?")
    shown.answered()
    shown.last.get_by_role("button", name="Tự chấm theo bộ 4").click()
    form = shown.last.locator(".score")
    expect(form.get_by_role("heading", level=4)).to_be_focused()
    detail = stage.server.client.get("/api/criteria/4").json()
    criteria = [
        criterion
        for part in detail["parts"]
        for item in part["items"]
        for criterion in item["criteria"]
        if criterion["options"]
    ]
    expect(form.get_by_role("group")).to_have_count(len(criteria))
    for criterion in criteria[:3]:
        group = form.get_by_role("group", name=f"{criterion['code']}. ")
        group.get_by_role("radio").nth(len(criterion["options"]) - 1).check()
    form.get_by_role("group", name=f"{criteria[3]['code']}. ").get_by_label("Không có phương án nào").check()
    shown.show("score")
    shown.check_access()
    form.get_by_role("button", name="Chấm điểm").click()
    answers = [{"criterion": one["code"], "option": one["options"][-1]["number"]} for one in criteria[:3]]
    answers.append({"criterion": criteria[3]["code"], "option": 0})
    scored = stage.server.client.post("/api/scorecard", json={"set": 4, "answers": answers}).json()
    result = form.get_by_role("status")
    expect(result).to_contain_text(f"{scored['points']:g}/100 điểm, hạng {scored['star']} sao")
    expect(result).to_contain_text(f"Còn {len(scored['unanswered'])} tiêu chí chưa trả lời")
    expect(result).to_contain_text("chỉ để tham khảo")
    assert front.bodies("/api/scorecard") == [{"set": 4, "answers": answers}]
    shown.show("scored")
    shown.check_access()
    form.get_by_role("button", name="Đóng").click()
    expect(form).to_have_count(0)
    expect(shown.last.get_by_role("button", name="Tự chấm theo bộ 4")).to_be_focused()
