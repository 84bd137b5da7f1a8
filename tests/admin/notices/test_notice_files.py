"""Files that go out with a notice: cleaned, sealed until they are released, then for everybody."""

from __future__ import annotations

import re

from admin.system.sweeping import KEPT_SECONDS, sweep_files
from portal.foundation import clock
from tests.admin.conftest import NOON
from tests.admin.house import House
from tests.admin.notices.writing import NEW, TEXTS, answers, page, release, row
from tests.intake.pages.files import photo, send_files


def with_photo(house: House, by: str = "gong", **typed: str) -> int:
    browser = house.browser(by)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(NEW).text)
    assert token is not None
    fields = {"csrf_token": token.group(1), "version": "", **TEXTS, **typed}
    sent = send_files(browser, NEW, fields, ("名单.jpg", photo()))
    found = re.search(r"notices/drafts/(\d+)\?", sent.html)
    assert found is not None, sent.html
    return int(found.group(1))


def test_a_file_is_read_by_somebody_before_it_goes_out(house: House) -> None:
    draft = with_photo(house)
    shown = house.get("shi", page(draft))
    assert "附件，里面的字和照片要人从头看到尾" in shown
    link = re.search(r'href="([^"]+/files/[0-9a-f]+)"', shown)
    assert link is not None
    opened = house.browser("shi").get(link.group(1))
    assert opened.data.startswith(b"\xff\xd8")
    assert house.browser("bie").get(link.group(1)).status_code == 404
    assert release(house, draft) == 409
    assert answers(house, draft, "chen", "看过，是一张空白表").status_code == 303
    assert release(house, draft) == 303
    path = f"/notices/{row(house, draft).slug}"
    citizen = house.deployment.citizen()
    there = re.search(r'href="(/notices/[^"]+/files/[^"]+)"', citizen.get(path).text)
    assert there is not None
    fetched = citizen.get(there.group(1))
    assert fetched.status_code == 200
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    # What the camera noted is gone.
    assert "青萝巷口".encode() not in fetched.data
    assert citizen.get(there.group(1) + "0").status_code == 404
    gone = {"title": "通知", "reason": "附件错了"}
    assert house.post("lu", f"/staff/publishing{path}/withdraw", **gone).status_code == 303
    assert citizen.get(there.group(1)).status_code == 404


def test_the_files_of_a_draft_aren_t_swept_away(house: House) -> None:
    draft = with_photo(house)
    with clock.stopped_at(NOON.replace(day=8)):
        assert KEPT_SECONDS < 86_400
        assert sweep_files(house.deployment.database) == 0
    assert answers(house, draft, "chen", "看过").status_code == 303
    assert release(house, draft) == 303
