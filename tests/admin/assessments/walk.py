"""How an assessment goes in the real site, step by step."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from admin.assessments.drawn_row import DrawnRow
from intake.assessing.assessment import Assessment
from tests.admin.house import House

SHA = "3f" * 32
PLAN: dict[str, Any] = {
    "title": "高龄津贴去年发得怎么样",
    "first_on": "2021-01-01",
    "last_on": "2021-12-31",
    "policies": ["MZ11"],
    "streets": ["ST05", "ST06"],
    "units": [],
    "asked": "12",
    "questions": "按时足额收到了吗？\n- 收到了\n- 晚了或者少了\n\n知道该找谁吗？\n- 知道\n- 不知道",
}


def opened(house: House, **changed: Any) -> str:
    """An assessment that the office opened; returns its address."""
    house.get("chen", "/staff/assessments/new")
    answer = house.post("chen", "/staff/assessments/new", **{**PLAN, **changed})
    assert answer.status_code == 303, answer.text
    return str(answer.location.split("?")[0])


def version(house: House, page: str, name: str = "chen") -> str:
    """The version that a form carries."""
    found = re.search(r'name="version"[^>]*value="(\d+)"', house.get(name, page))
    assert found is not None, page
    return found[1]


def step(house: House, at: str, name: str, **typed: Any) -> None:
    """Take a step of the office."""
    seen = version(house, f"{at}/{name}")
    answer = house.post("chen", f"{at}/{name}", version=seen, **typed)
    assert answer.status_code == 303, answer.text


def reported(house: House, at: str, street: str, name: str = "chen", **said: str) -> Any:
    """Say how long a street's list is, on what stands there now."""
    page = f"{at}/streets/{street}"
    return house.post(name, page, **{"version": version(house, page, name), **said})


def drawn(house: House, rows: tuple[int, int] = (60, 40), **changed: Any) -> str:
    """An assessment whose rows are drawn."""
    at = opened(house, **changed)
    for street, number in zip(PLAN["streets"], rows, strict=True):
        said = {"recipients": str(number), "fingerprint": SHA}
        assert reported(house, at, street, **said).status_code == 303
    step(house, at, "draw")
    return at


def given(house: House, name: str = "tui", **changed: Any) -> str:
    """An assessment whose rows are all in one interviewer's hands."""
    at = drawn(house, **changed)
    with house.deployment.database.reading() as session:
        person = str(house.deployment.staff_id(session, name))
        main = ~DrawnRow.is_reserve
        streets = list(session.scalars(select(DrawnRow.unit_code).where(main)))
    for street in sorted(set(streets)):
        number = str(streets.count(street))
        step(house, at, "interviewers", street=street, person=person, rows=number)
    return at


def rows(house: House, at: str) -> list[DrawnRow]:
    """The drawn rows, those to ask first, as the database has them."""
    with house.deployment.database.reading() as session:
        wanted = (
            select(DrawnRow)
            .join(Assessment, Assessment.id == DrawnRow.assessment_id)
            .where(Assessment.key == at.rsplit("/", 1)[1])
            .order_by(DrawnRow.unit_code, DrawnRow.is_reserve, DrawnRow.place)
        )
        return list(session.scalars(wanted))


def says(house: House, at: str, row: DrawnRow, result: str = "answered", **typed: Any) -> int:
    """Write down what came of a row; returns the status."""
    page = f"{at}/rows/{row.unit_code}/{row.row_number}"
    said = {"result": result, "how": "visit", "tries": "1", **typed}
    return house.post("tui", page, **said).status_code


def slips(house: House, at: str, street: str, number: int) -> list[str]:
    """The codes of new slips."""
    html = house.get("chen", f"{at}/slips")
    once = re.search(r'name="once"[^>]*value="(\w+)"', html)
    seen = re.search(r'name="version"[^>]*value="(\d+)"', html)
    assert once is not None
    assert seen is not None
    typed = {"once": once[1], "version": seen[1], "street": street, "number": str(number)}
    answers = [house.post("chen", f"{at}/slips", **typed) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200], answers[0].text
    found = [re.findall(r'slip-code">([\w ]+)<', one.text) for one in answers]
    # Pressed twice, they are the same.
    assert found[0] == found[1]
    assert len(set(found[0])) == number
    return found[0]
