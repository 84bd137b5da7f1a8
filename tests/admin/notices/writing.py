"""Writing, reading and releasing notices as people do it in their browsers."""

from __future__ import annotations

import re
from typing import Any

from werkzeug.test import TestResponse

from admin.notices.notice_draft import NoticeDraft
from tests.admin.house import House

TEXTS = {
    "kind": "notice",
    "title": "六月集中发放高龄津贴",
    "source": "领导小组办公室",
    "summary": "六月二十日以前发到卡上。\n没收到，打热线。",
    "body": "# 什么时候发\n\n六月二十日以前。\n\n- **不用**再交材料",
    "finding_body": "",
    "document_number": "",
    "problem": "",
    "note": "第一次公布",
}
TYPICAL = {
    **TEXTS,
    "kind": "typical_case",
    "title": "江边街道办事处原干部周某某截留津贴案",
    "finding_body": "区纪委监委",
    "document_number": "江纪通〔2022〕7号",
}
NEW = "/staff/publishing/notices/new"


def write(house: House, by: str = "gong", path: str = NEW, **typed: Any) -> TestResponse:
    """Send the form; `typed` changes what stands in it."""
    return house.post(by, path, **{"version": "", **TEXTS, **typed})


def drafted(house: House, by: str = "gong", path: str = NEW, **typed: Any) -> int:
    """A draft of a notice; returns its number."""
    answer = write(house, by, path, **typed)
    assert answer.status_code == 303, answer.text
    found = re.search(r"/drafts/(\d+)\?done=", answer.location)
    assert found is not None
    return int(found.group(1))


def page(draft: int, step: str = "") -> str:
    """The address of a draft, or of a step with it."""
    return f"/staff/publishing/notices/drafts/{draft}" + (f"/{step}" if step else "")


def row(house: House, draft: int) -> NoticeDraft:
    """The stored draft."""
    with house.deployment.database.reading() as session:
        return session.get_one(NoticeDraft, draft)


def step(house: House, draft: int, name: str, by: str = "shi", **typed: Any) -> TestResponse:
    """Send a step with a draft from the version that stands."""
    return house.post(by, page(draft, name), version=str(row(house, draft).version), **typed)


def release(house: House, draft: int, by: str = "shi", **typed: Any) -> int:
    """Release it; returns the status."""
    return step(house, draft, "release", by, **typed).status_code


def published(house: House, **typed: Any) -> str:
    """A notice that stands; returns its path on the public site."""
    draft = drafted(house, **typed)
    assert release(house, draft) == 303
    return f"/notices/{row(house, draft).slug}"


def answers(house: House, draft: int, by: str, text: str) -> TestResponse:
    """Answer everything that was found in a draft."""
    keys = re.findall(r'name="finding" value="([^"]+)"', house.get(by, page(draft)))
    assert keys
    return step(house, draft, "answers", by, finding=keys, answer=[text] * len(keys))
