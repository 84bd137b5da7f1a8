"""What people wrote, who they are and what they sent is nowhere on the public site: everything on
it is read after their cases went all the way to a published result and a notice."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import quote, quote_plus

from tests.intake.pages.files import RECORDING
from tests.journeys.crawler import Crawler
from tests.journeys.people import DETAIL, NAME, TELEPHONE, Citizen
from tests.journeys.still_town import StillTown
from tests.journeys.test_from_tip_off_to_public_result import (
    FINDING,
    REPLY,
    a_result_is_published,
    is_answered,
)
from tests.portal.pages.released import release

SAID, NAMED = "拐角那棵皂荚树下第二扇窗", "皂荚树下的录音"
TEXTED = "门环上系着一根绿绳子"
SECRETS = (DETAIL, NAME, TELEPHONE, SAID, NAMED, TEXTED, REPLY)
NOTHING = "没有人写过这几个字"
# The policies alone, and who is in charge of each, are more in the larger campaign.
FEWEST_PAGES = 60


def a_letter(town: StillTown, kind: str) -> Citizen:
    """Somebody writes with his name, his telephone and a recording."""
    citizen = town.citizen()
    citizen.begins(kind, town.policy)
    citizen.says_what_and_where(town.problem(accuses=kind == "tip-off"), town.street)
    citizen.write(涉及谁=town.street.name, 发生了什么事=f"发钱的人少给了一半，{DETAIL}。")
    citizen.leaves_his_name()
    sound = RECORDING + b"\xff\xfb\x90\x64" + SAID.encode().ljust(413, b"\0")
    citizen.page.get_by_label("其他文件").set_input_files(
        {"name": f"{NAMED}.mp3", "mimeType": "audio/mpeg", "buffer": sound}
    )
    return citizen


def a_notice_is_published(town: StillTown) -> None:
    """A notice goes out, read by a second person."""
    drafter, reader = town.publisher(1), town.publisher(2)
    drafter.open("/staff/publishing/notices/new")
    drafter.choose(哪一类="notice")
    drafter.write(标题="本月补发情况", 来源="领导小组办公室", 正文="少发的都补齐了。")
    drafter.write(这次改了什么="第一次公布")
    drafter.press("存稿，请同事审读")
    reader.open(drafter.page.url)
    reader.press("我读过了，签发")


def test_nothing_of_a_reporter_stands_anywhere(still_town: StillTown) -> None:
    town, private = still_town, set(SECRETS)
    tip_off = a_letter(town, "tip-off").sends()
    complaint = a_letter(town, "complaint").sends()
    texter = town.texter()
    texted, _ = texter.reports(f"举报{town.street.name}扣了我的钱，{TEXTED}。")
    for receipt in (tip_off, complaint, texted):
        private |= {receipt.number, receipt.code}
    private.add(texter.number.removeprefix("+86"))
    is_answered(town, tip_off)
    problem = town.office().opens_problem(tip_off, town.street, town.problem(accuses=True), FINDING)
    a_result_is_published(town, problem)
    a_notice_is_published(town)

    with Crawler(town.running.public_url) as crawler:
        site = crawler.reads_everything()
        assert len(site) >= FEWEST_PAGES
        # Everything that was to be published is there, and nothing is broken.
        assert any(one.tells(FINDING) for one in site.values())
        assert any(one.tells("本月补发情况") for one in site.values())
        assert [where for where, one in site.items() if one.status >= 500] == []
        told = {
            (secret, where)
            for where, one in site.items()
            for secret in private
            if one.tells(secret)
        }
        assert told == set()
        for secret in private:
            finds_no_more_than_nothing(crawler, secret)
        refused = [crawler.reads(path, "POST") for path in ("/", "/progress/file", "/progress")]
        assert not [one for one in refused for secret in private if one.tells(secret)]
        what_got_out_is_found(town, crawler, site)


def finds_no_more_than_nothing(crawler: Crawler, secret: str) -> None:
    """To look for a secret answers as to look for words that nobody ever wrote."""
    for page in ("/search?q=", "/policies?q="):
        answers = [crawler.reads(page + word) for word in (secret, NOTHING)]
        bare = [
            _without(one.text, word) for one, word in zip(answers, (secret, NOTHING), strict=True)
        ]
        assert bare[0] == bare[1], (page, secret)


def _without(answer: str, word: str) -> str:
    """An answer without what was typed, as it stands on the page and in its links, and without
    what follows from how long that was."""
    bare = re.sub(r"(?im)^(etag|date|content-length):.*$", "", answer)
    for written in (word, quote_plus(word), quote(word)):
        bare = bare.replace(written, "")
    return bare


def what_got_out_is_found(town: StillTown, crawler: Crawler, read: Collection[str]) -> None:
    """The reading above can fail: one sentence too many in one result stands on pages that were
    read, and is found there."""
    planted = (NAME, TELEPHONE, SAID)
    said = "、".join(f"{one[:3]} {one[3:]}" for one in planted)
    with town.deployment.database.writing() as session:
        release(session, "WT-2022-009", summary=f"有人说{said}")
    files = {f"/data/results.{kind}" for kind in ("csv", "json", "xlsx")}
    pages = {"/", "/results", "/feed.xml", *files}
    assert pages <= set(read)
    for address in (*pages, "/results/WT-2022-009"):
        answer = crawler.reads(address)
        assert all(answer.tells(one) for one in planted), address
