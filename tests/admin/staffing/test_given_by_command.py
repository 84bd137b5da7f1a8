"""The head of the office is told what the command line gave."""

from __future__ import annotations

from tests.admin.staffing.staffing import Staffing

TOLD = "命令行给过"


def test_the_head_is_told_until_he_has_read_it(house: Staffing) -> None:
    assert TOLD not in house.get("lu", "/staff/cases")
    assert (
        house.deployment.run("staff", "add", "sun", "--unit", "MZ", "--role", "head").exit_code == 0
    )
    # A post and a link.
    assert "命令行给过2次" in house.get("lu", "/staff/cases")
    page = house.get("lu", "/staff/people")
    assert "区民政局单位负责人" in page
    assert "开户链接" in page
    up_to = page.split('name="up_to"')[1].split('value="')[1].split('"')[0]
    house.deployment.run("staff", "add", "sun", "--unit", "MZ", "--role", "head")
    assert house.post("lu", "/staff/people/by-command", up_to=up_to).status_code == 303
    # What came since he opened the page isn't read.
    assert "命令行给过1次" in house.get("lu", "/staff/cases")
    house.post("lu", "/staff/people/by-command", up_to="999999")
    assert TOLD not in house.get("lu", "/staff/cases")
    house.deployment.run("staff", "add", "sun", "--unit", "MZ", "--role", "head")
    assert TOLD in house.get("lu", "/staff/cases")


def test_nobody_else_reads_it_for_him(house: Staffing) -> None:
    house.deployment.run("staff", "add", "sun", "--unit", "MZ", "--role", "head")
    for name in ("chen", "guan", "ji"):
        assert house.post(name, "/staff/people/by-command", up_to="999").status_code == 404
    assert TOLD not in house.get("chen", "/staff/cases")
    assert TOLD in house.get("lu", "/staff/cases")


def test_what_two_people_gave_isnt_the_command_line_s(house: Staffing) -> None:
    path = house.ask("guan", f"{house.id_of('min')}/posts", unit="ST05", role="officer")
    house.post("wei", f"{path}/agree")
    assert TOLD not in house.get("lu", "/staff/cases")
