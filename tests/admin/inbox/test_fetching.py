"""Pictures that come with a text: fetched by the worker, cleaned, and put into the case."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from intake import correspondence
from intake.cases.attachment import Attachment
from intake.cases.awaited_pictures import AwaitedPictures
from intake.cases.message import MessageKind
from intake.outbox.outbound_text import OutboundText
from intake.rules.sending import MOST_TRIES
from portal.campaign.book import book
from portal.foundation import clock
from tests.admin.inbox.conftest import Line
from tests.fakes import Twilio
from tests.intake.attachments.samples import SECRET, photograph, picture
from tests.intake.pages.journey import show
from tests.intake.sms.stored import code_in, count, letters

WORDS = "举报民意街道办事处克扣高龄津贴，有照片"
COMPLAINT = "我妈的高龄津贴三个月没发了，有照片"


def files_of(line: Line, unit: str) -> list[bytes]:
    """The files of the only case, as a unit opens them."""
    (case,) = line.cases()
    database = line.deployment.database
    store = database.session_info["files"]
    with database.reading() as session:
        found = correspondence.read_as_unit(
            session, case, frozenset({unit}), [MessageKind.WORDS, MessageKind.SUPPLEMENT]
        )
    return [
        store.whole(one.file.stored, one.file.key, one.file.size)
        for letter in found
        for one in letter.files
    ]


def test_a_picture_comes_into_the_case_cleaned(line_on_each_database: Line) -> None:
    line = line_on_each_database
    answer = line.text_at_the_door(COMPLAINT, photograph(), picture("PNG"))
    assert "收到了" in answer[0]
    assert "图片收不了" not in "".join(answer)
    assert count(line.deployment, Attachment) == 0

    assert line.fetch() == 1
    assert line.fetch() == 0
    first, second = files_of(line, line.cases()[0].unit_code)
    assert SECRET not in first
    assert Image.open(io.BytesIO(first)).format == "JPEG"
    assert Image.open(io.BytesIO(second)).format == "PNG"
    assert count(line.deployment, AwaitedPictures) == 0
    assert line.events("pictures_came") == [{"count": 2}]
    page = show(line.deployment.citizen(), code_in(answer)).text
    assert "短信图片1" in page
    assert "短信图片2" in page
    assert "短信里的图片收到了" in page
    assert "没收下" not in page
    # Nobody is told what he expects anyway.
    assert line.send() == []


def test_whom_a_text_accuses_doesn_t_get_its_pictures(line: Line) -> None:
    line.text_at_the_door(WORDS, photograph())
    line.fetch()
    (case,) = line.cases()
    assert len(files_of(line, case.unit_code)) == 1
    with line.deployment.database.reading() as session:
        units = book(session).units.values()
    street = next(unit.code for unit in units if unit.name == "民意街道办事处")
    assert files_of(line, street) == []


def test_pictures_without_a_word_are_a_case(line: Line) -> None:
    answer = line.text_at_the_door("", photograph())
    assert code_in(answer)
    line.fetch()
    (case,) = line.cases()
    (words,) = letters(line.deployment, case, case.unit_code, MessageKind.WORDS)
    assert words == "（短信里只有图片，没有文字）"
    assert len(files_of(line, case.unit_code)) == 1


def test_the_same_text_again_brings_its_pictures_once(line: Line) -> None:
    fields = line.inbox.text("", pictures=[photograph()])
    client = line.deployment.citizen()
    first = Twilio(line.settings).text(client, "", **fields)
    assert Twilio(line.settings).text(client, "", **fields) == first
    line.now = clock.now()
    assert line.later(seconds=1).fetch() == 1
    assert count(line.deployment, Attachment) == 1


def test_a_picture_that_is_added(line: Line) -> None:
    code = code_in(line.text_at_the_door(COMPLAINT))
    assert "补充的话收到了" in line.text_at_the_door(f"补{code}", photograph())[0]
    line.fetch()
    assert len(files_of(line, line.cases()[0].unit_code)) == 1


def test_the_account_s_password_goes_to_the_provider_alone(line: Line) -> None:
    line.text_at_the_door(COMPLAINT, photograph())
    line.fetch()
    asked = dict(line.inbox.logins)
    assert {path.startswith("/cdn/"): has_login for path, has_login in asked.items()} == {
        True: False,
        False: True,
    }


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/2010-04-01/Accounts/{ac}/Messages/{sid}/Media/ME" + "0" * 32,
        "https://api.twilio.com/2010-04-01/Accounts/AC{other}/Messages/{sid}/Media/ME" + "0" * 32,
        "https://api.twilio.com/2010-04-01/Accounts/{ac}/Messages/SM{other}/Media/ME" + "0" * 32,
        "https://api.twilio.com/2010-04-01/Accounts/{ac}/Messages/{sid}/Media/ME0/../../x",
        "https://api.twilio.com@elsewhere.example/{ac}",
        "file:///etc/passwd",
    ],
)
def test_what_isn_t_a_picture_of_this_text_is_never_asked_for(line: Line, address: str) -> None:
    sid = "SM" + "7" * 32
    url = address.format(ac=line.settings.twilio_account_sid, sid=sid, other="9" * 32)
    answer = Twilio(line.settings).text(
        line.deployment.citizen(), COMPLAINT, sid=sid, NumMedia="1", MediaUrl0=url
    )
    assert "图片收不了" in answer[0]
    assert count(line.deployment, AwaitedPictures) == 0


def test_a_picture_that_lies_elsewhere_is_told_and_the_others_come(line: Line) -> None:
    with clock.stopped_at(line.now):
        fields = line.inbox.text(COMPLAINT, pictures=(photograph(),))
        fields |= {"NumMedia": "2", "MediaUrl1": "https://elsewhere.example/picture"}
        Twilio(line.settings).text(line.deployment.citizen(), COMPLAINT, **fields)
    for _ in range(MOST_TRIES):
        line.fetch()
        line.later(hours=3)
    assert line.events("pictures_lost") == line.events("pictures_came") == [{"count": 1}]


def test_what_isn_t_taken_is_told(line: Line) -> None:
    line.text_at_the_door(COMPLAINT, photograph(), b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    line.fetch()
    assert len(files_of(line, line.cases()[0].unit_code)) == 1
    assert line.events("pictures_lost") == line.events("pictures_came") == [{"count": 1}]
    assert "有图片没有收下" in line.send()[0]


def test_a_picture_that_is_gone_at_the_provider_is_told(line: Line) -> None:
    answer = line.text_at_the_door(COMPLAINT, photograph())
    line.inbox.pictures.clear()
    # Twilio may show a picture later than its text.
    assert line.fetch() == 0
    assert line.later(hours=12).fetch() == 0
    assert line.later(hours=12).fetch() == 1
    assert count(line.deployment, Attachment) == 0
    assert line.events("pictures_lost") == [{"count": 1}]
    assert "有图片没收下" in show(line.deployment.citizen(), code_in(answer)).text


def test_a_provider_that_stumbles_is_asked_again(line: Line) -> None:
    line.text_at_the_door(COMPLAINT, photograph(), photograph())
    line.inbox.statuses.extend([500, 503])
    assert line.fetch() == 0
    assert line.fetch() == 0
    assert line.later(minutes=2).fetch() == 0
    assert line.later(minutes=30).fetch() == 1
    assert len(files_of(line, line.cases()[0].unit_code)) == 2


def test_a_clock_that_was_set_back_keeps_no_picture_for_a_day(line: Line) -> None:
    line.later(days=1).text_at_the_door(COMPLAINT, photograph())
    assert line.later(days=-1).fetch() == 1
    assert len(files_of(line, line.cases()[0].unit_code)) == 1


def test_it_ends(line: Line) -> None:
    line.text_at_the_door(COMPLAINT, photograph())
    line.inbox.statuses.extend([500] * 50)
    for _ in range(MOST_TRIES):
        line.later(hours=12).fetch()
    assert count(line.deployment, AwaitedPictures) == 0
    assert line.events("pictures_lost") == [{"count": 1}]


def test_a_picture_that_is_too_large_is_let_go_on_the_way(line: Line) -> None:
    line.text_at_the_door(COMPLAINT, b"\xff\xd8\xff" + bytes(30 * 1024 * 1024))
    line.fetch()
    assert line.events("pictures_lost") == [{"count": 1}]
    folder = line.settings.files_dir
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) == 0


def test_a_worker_killed_after_fetching_leaves_them_to_be_fetched_again(line: Line) -> None:
    line.text_at_the_door(COMPLAINT, photograph())
    with line.deployment.database.writing() as session:
        row = session.query(AwaitedPictures).one()
        # As a worker leaves it that took it and came no farther.
        row.tries, row.next_at = 1, line.later(minutes=20).now
    assert line.later(minutes=-1).fetch() == 0
    assert line.later(minutes=1).fetch() == 1
    assert len(files_of(line, line.cases()[0].unit_code)) == 1


def test_pictures_of_a_text_that_never_came(line: Line) -> None:
    line.text(COMPLAINT, pictures=(photograph(),))
    line.later(minutes=5).reconcile()
    assert line.fetch() == 1
    assert len(files_of(line, line.cases()[0].unit_code)) == 1
    assert count(line.deployment, OutboundText) == 2
