"""The report: its form, and sending it until it lies durably in the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, text

from bench.requests import get, post
from bench.row import CONNECTIONS, Aim, Row
from bench.serving import Server
from intake import submission
from intake.cases.case import Case
from portal.foundation.database import Database

_FORM = "/report/tip-off"
_KINDS = ("tip-off", "consultation", "complaint")
_COOKIE = "bench-cookie"
_POSTS_PER_SECOND = 1500
# One client may send 240 reports a minute: each address sends fewer, so nobody is refused while
# everybody is counted.
_POSTS_OF_AN_ADDRESS = 120
# As long as letters to the line are, in words that a reader of such letters knows.
_WORDS = (
    "我父亲今年八十一岁，住在万松街道青年社区，以前每个季度打到卡上的高龄津贴，从去年秋天起就没有了。"
    "我们到社区问过三次。第一次说名单报上去了，叫我们等；第二次说系统在换，旧的数据还没有导过来；"
    "第三次换了一个年轻人，说要重新填表，还要交照片和户口本的复印件，可是以前从来没有要过。"
    "父亲腿脚不好，走到窗口要半个小时，每次都是我请了假陪他去。表填了两份，一份说收下了，一份退给我们，"
    "没有给回执，也没有说是谁收的。十二月我打街道的电话，接电话的人说这笔钱归民政管，叫我去问区里；"
    "区里的人查了，说名单上有他的名字，钱已经发了。我到银行打了流水，一笔也没有，卡也没有换过，"
    "折子一直放在家里的抽屉里。邻居家的老人同样年纪，同一个月办的，每次都按时到账，只有我们家没有。"
    "后来听楼下的人讲，网格员收过几户人家的存折去统一登记，过了半个月才还，有一户也少了两个月的钱。"
    "我不敢说是谁拿的，只想请你们查一查：钱到底发到哪张卡上去了，少的四次能不能补，"
    "以后这种事应该找哪个窗口，多久会有答复。老人年纪大了，等不起，也不愿意为这个事情和社区闹僵，"
    "请不要把我们的名字告诉他们。需要流水和表格的复印件，我可以送过来，白天打电话都方便。"
)


def rows(public: Server, secret: bytes, seconds: float) -> list[Row]:
    """The form, and the report. `secret` is the site's own, with which its forms are signed."""
    form = [get(_FORM)]
    count = max(CONNECTIONS, round(_POSTS_PER_SECOND * seconds))
    return [
        Row("report form, GET", public, lambda _: form, Aim(ratio=0.15), holds=b"submission_id"),
        Row(
            "durable report, POST",
            public,
            lambda number: _reports(secret, number, count),
            Aim(ratio=0.05, p99_ms=120),
            holds=b"data-case-number",
        ),
    ]


def cases_in(database: Database) -> int:
    """How many cases there are, to be compared with how many receipts were given."""
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def durability(database: Database) -> str:
    """How the database is told to keep a commit; only SQLite can be asked."""
    if database.engine.dialect.name != "sqlite":
        return "as the server is set"
    with database.reading() as session:
        level = session.execute(text("PRAGMA synchronous")).scalar_one()
        journal = session.execute(text("PRAGMA journal_mode")).scalar_one()
    return f"synchronous = {('OFF', 'NORMAL', 'FULL', 'EXTRA')[level]}, journal = {journal}"


def _reports(secret: bytes, number: int, count: int) -> Sequence[bytes]:
    """Reports from forms that the site could have shown just now, none of them sent before."""
    return [_report(secret, number, one) for one in range(count)]


def _report(secret: bytes, number: int, one: int) -> bytes:
    issued = submission.issue(secret)
    fields = {
        "submission_id": issued,
        "csrf_token": submission.form_token(secret, _COOKIE, issued),
        "words": f"{_WORDS}（{number}-{one}）",
        "accused": "青年社区的网格员",
        "problem": "1.2",
        "place": "",
        "identity": "phone",
        "contact_phone": "13800000000",
    }
    headers = {"Cookie": f"hh_form={_COOKIE}", "X-Forwarded-For": _address(number, one)}
    return post(f"/report/{_KINDS[one % len(_KINDS)]}", fields, headers)


def _address(number: int, one: int) -> str:
    """The client that sends this report: one a connection, and others after a while and in each
    round."""
    block = one // (CONNECTIONS * _POSTS_OF_AN_ADDRESS)
    return f"10.{number % 256}.{block % 256}.{one % CONNECTIONS + 1}"
