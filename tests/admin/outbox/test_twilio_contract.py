"""What we ask of Twilio, and what its stand-in in these tests answers, held against the description
that Twilio publishes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from admin.inbox.twilio_inbox import TwilioInbox
from admin.outbox.provider import OpenText, Verdict
from admin.outbox.twilio_sender import TwilioSender
from intake.attachments.store import FileStore
from intake.attachments.upload import Allotment, Upload
from portal.foundation import clock
from tests.admin.outbox.conftest import PostRoom
from tests.fakes import CITIZEN
from tests.text_provider import TextProvider
from tests.twilio_description import SETTING, Description, Exchange, description_file

pytestmark = pytest.mark.skipif(
    not description_file().exists(),
    reason=f"Twilio's description isn't here; {SETTING} names the file",
)
REFERENCE = "0" * 32


@pytest.fixture(scope="module")
def description() -> Description:
    return Description(description_file())


@pytest.fixture
def exchanges(room: PostRoom, outside: TextProvider) -> list[Exchange]:
    """Everything that is ever asked of Twilio, once."""
    settings = room.settings
    outside.inbox.account, outside.inbox.number = (
        settings.twilio_account_sid,
        settings.twilio_number,
    )
    now = clock.now()
    sender = TwilioSender(settings)
    text = OpenText(REFERENCE, CITIZEN, "编号JH1有新消息。", now)
    assert sender.send(text).verdict is Verdict.TAKEN
    assert sender.find(text).verdict is Verdict.TAKEN
    outside.inbox.page_size = 1
    outside.inbox.text("没有图片的", came_at=now)
    outside.inbox.text("有图片的", pictures=[b"a picture"], came_at=now)
    inbox = TwilioInbox(settings)
    listed = [inbox.whole(one.inbound) for one in inbox.since(now - timedelta(days=1))]
    (address,) = [path for one in listed for path in one.pictures]
    with Upload(FileStore(settings.files_dir, kept_free=0), Allotment()) as upload:
        inbox.fetch(address, upload)
        assert upload.head == b"a picture"
    return outside.exchanges


def test_everything_is_as_twilio_describes_it(
    exchanges: list[Exchange], description: Description
) -> None:
    asked = {(one.method, one.path.rsplit("/", 1)[1]) for one in exchanges}
    assert asked == {("POST", "Messages.json"), ("GET", "Messages.json"), ("GET", "Media.json")}
    assert [fault for one in exchanges for fault in description.faults_of(one)] == []


def test_the_description_is_heeded(exchanges: list[Exchange], description: Description) -> None:
    """A description that found fault with nothing would prove nothing."""
    sent = next(one for one in exchanges if one.method == "POST")
    for wrong in (
        Exchange("POST", sent.path, {**sent.sent, "Bdoy": "x"}, 201, sent.said),
        Exchange("POST", sent.path.replace("/AC", "/XX"), sent.sent, 201, sent.said),
        Exchange("POST", sent.path, {"Body": "x"}, 201, sent.said),
        Exchange("POST", sent.path, sent.sent, 299, sent.said),
        Exchange("POST", sent.path, sent.sent, 201, {**sent.said, "status": "gone"}),
        Exchange("POST", sent.path, sent.sent, 201, {**sent.said, "sid": 7}),
        Exchange("PUT", sent.path, sent.sent, 201, sent.said),
    ):
        assert description.faults_of(wrong)
