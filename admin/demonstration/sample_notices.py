"""A sample typical case and a sample achievement for a demonstration: invented, and they say so."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.demonstration.sample_people import publishers
from admin.notices.content import NoticeText
from admin.notices.drafting import Written, draft_notice
from admin.notices.notice_draft import NoticeDraft
from admin.notices.releasing import Reading, release
from admin.publishing.desk import Publisher
from portal.campaign.book import Book
from portal.foundation.staff import Staff
from portal.published.notice import NoticeKind

_INVENTED = "这是样例，人、单位、数字都是编的。"
_TYPICAL = NoticeText(
    title="（样例）某社区原工作人员样某某截留补贴案",
    source="样例来源",
    summary=f"{_INVENTED}\n社区原工作人员样某某把补贴扣下一部分。\n钱已经退给群众。",
    body=f"""{_INVENTED}

## 查清了什么

样某某在代办补贴时，向三户人家各收了一笔“手续费”。

## 怎么处理的

- 样某某受到处分，文书见上。
- 收的钱全部退给了三户人家。
""",
    finding_body="样例查处机关",
    document_number="样例〔2022〕1号",
)
_ACHIEVEMENT = NoticeText(
    title="（样例）补贴到账前先发一条短信",
    source="样例来源",
    summary=f"{_INVENTED}\n钱到账的前一天，先发短信说清是什么钱、多少。",
    body=f"""{_INVENTED}

## 做了什么

每次发钱的前一天，发一条短信：哪项补贴、哪个月的、多少元。

## 有什么用

| 月份 | 来问“这是什么钱”的 |
|---|--:|
| 发短信以前 | 40 |
| 发短信以后 | 12 |
""",
)


def add_notices(session: Session, book: Book, colleague: Staff) -> None:
    """Draft and release both, unless somebody drafted a notice before or there is nobody to. The
    typical case is released by two: by the second publisher, then by this colleague."""
    there = session.scalar(select(NoticeDraft.id).limit(1)) is not None
    people = publishers(session, book)
    if there or len(people) < 2:
        return
    writer, reader = people[:2]
    second = Publisher.of(colleague, book)
    for kind, text, readers in (
        (NoticeKind.TYPICAL_CASE, _TYPICAL, (reader, second)),
        (NoticeKind.ACHIEVEMENT, _ACHIEVEMENT, (reader,)),
    ):
        written = Written(text=text, note="第一次公布")
        draft = draft_notice(session, by=writer, kind=kind, written=written)
        for one in readers:
            release(session, draft, by=one, version=draft.version, reading=Reading(compared=True))
