"""Photographs and files with a report: kept through a refusal, cleaned, never a reason to lose the
words."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from admin.system import worker
from intake.attachments.store import FileStore
from intake.attachments.upload import MOST_FILES
from intake.cases.attachment import Attachment
from intake.cases.case import Case
from portal.foundation import clock
from tests.deployments import Deployment
from tests.intake.pages.files import (
    RECORDING,
    files_on,
    kept,
    photo,
    save,
    saved,
    send_files,
    typed,
)
from tests.intake.pages.journey import Page, form_page, show
from tests.pages.checks import check_html

WORDS = "我妈的高龄津贴三个月没发了"


def first(client: FlaskClient, *files: tuple[str, bytes], **given: str) -> Page:
    """Open the form and send it with files."""
    page = form_page(client)
    return send_files(
        client, "/report/complaint", typed(page, words=WORDS, **given), *files, kept=kept(page)
    )


def again(client: FlaskClient, page: Page, *files: tuple[str, bytes], **given: str) -> Page:
    """Send a page's form once more, with what it keeps."""
    return send_files(client, "/report/complaint", typed(page, **given), *files, kept=kept(page))


def count(deployment: Deployment, of: type[Case] | type[Attachment]) -> int:
    with deployment.database.reading() as session:
        return session.scalar(select(func.count()).select_from(of)) or 0


def on_disk(deployment: Deployment) -> list[str]:
    folder = deployment.settings.files_dir
    return [file.name for file in folder.rglob("*") if file.is_file() and len(file.name) == 32]


def test_a_photograph_comes_back_clean(deployment: Deployment) -> None:
    client = deployment.citizen()
    receipt = first(client, ("存折.jpg", photo()))
    _, code = receipt.receipt
    page = show(client, code)
    (picture,) = saved(client, code)

    assert "照片和文件收到了1个" in receipt.text
    assert "存折.jpg" in page.text
    assert check_html(page.html) == check_html(receipt.html) == []
    assert Image.open(io.BytesIO(picture)).size == (64, 48)
    assert "青萝巷口".encode() not in picture


def test_a_recording_comes_back_as_it_was(deployment: Deployment) -> None:
    client = deployment.citizen()
    receipt = first(client, ("录音.mp3", RECORDING))

    assert saved(client, receipt.receipt[1]) == [RECORDING]
    assert "录音、录像原样保存" in receipt.text
    assert "录音、录像原样保存" not in first(client, ("存折.jpg", photo())).text


def test_what_a_form_brought_stays_with_it_while_it_is_mended(deployment: Deployment) -> None:
    client = deployment.citizen()
    refused = first(client, ("一.jpg", photo()), ("二.mp3", RECORDING), fund_year="99999")
    assert refused.status == 422
    assert "一.jpg" in refused.text
    assert check_html(refused.html) == []
    looked_over = again(
        client, refused, ("三.jpg", photo(colour="blue")), fund_year="2021", check="y"
    )
    assert looked_over.heading == "先看一遍，还没有提交"
    assert check_html(looked_over.html) == []
    receipt = again(client, looked_over)

    assert "照片和文件收到了3个" in receipt.text
    assert len(files_on(show(client, receipt.receipt[1]))) == 3


def test_a_kept_file_can_be_left_out(deployment: Deployment) -> None:
    client = deployment.citizen()
    page = first(client, ("一.jpg", photo()), ("二.mp3", RECORDING), edit="y")
    boxes = page.html.split('name="dropped_file"')
    dropped = boxes[1].split('value="')[1].split('"')[0]
    receipt = again(client, page, dropped_file=dropped)

    assert "照片和文件收到了1个" in receipt.text
    assert "二.mp3" in show(client, receipt.receipt[1]).text


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "矢量图不能收"),
        ("页.jpg", b"<!doctype html><script>1</script>", "网页文件不能收"),
        ("包.jpg", b"PK\x05\x06" + bytes(18), "压缩包不能收"),
        ("空.jpg", b"", "空的"),
        ("坏.jpg", b"\xff\xd8\xff\xe0" + bytes(100), "坏了"),
    ],
)
def test_words_are_taken_even_where_a_file_is_not(
    deployment: Deployment, name: str, content: bytes, why: str
) -> None:
    client = deployment.citizen()
    receipt = first(client, (name, content), ("好.jpg", photo()))

    assert receipt.status == 200
    assert "文字收到了，有文件没有收下" in receipt.text
    assert f"“{name}”没有收下" in receipt.text
    assert why in receipt.text
    assert "照片和文件收到了1个" in receipt.text
    assert check_html(receipt.html) == []
    # What wasn't taken lies nowhere.
    assert len(on_disk(deployment)) == count(deployment, Attachment) == 1


def test_the_eleventh_file_is_too_many(deployment: Deployment) -> None:
    client = deployment.citizen()
    many = [(f"{at}.mp3", RECORDING + bytes([at])) for at in range(MOST_FILES + 1)]
    receipt = first(client, *many)

    assert "收到了10个" in receipt.text
    assert "一次最多收10个" in receipt.text
    kept_before = first(client, *many[:8], edit="y")
    receipt = again(client, kept_before, *many[8:])
    assert "收到了10个" in receipt.text


def test_the_same_form_sent_again_is_the_same_case(deployment: Deployment) -> None:
    client = deployment.citizen()
    page = form_page(client)
    fields = typed(page, words=WORDS)
    receipts = {
        send_files(client, "/report/complaint", fields, ("一.jpg", photo())).receipt
        for _ in range(2)
    }
    other = send_files(client, "/report/complaint", fields, ("一.jpg", photo(colour="blue")))

    assert len(receipts) == 1
    assert other.receipt not in receipts
    assert (count(deployment, Case), count(deployment, Attachment)) == (2, 2)


def test_what_one_form_keeps_is_worth_nothing_in_another(deployment: Deployment) -> None:
    client = deployment.citizen()
    mine = first(client, ("一.jpg", photo()), edit="y")
    receipt = send_files(
        client, "/report/complaint", typed(form_page(client), words=WORDS), kept=kept(mine)
    )

    assert receipt.status == 200
    assert "没有留住。请再选一次" in receipt.text
    assert count(deployment, Attachment) == 0


def test_where_no_room_is_left_words_are_still_taken(deployment: Deployment) -> None:
    app = deployment.public
    app.extensions["files"] = FileStore(deployment.settings.files_dir, kept_free=1 << 60)
    receipt = first(deployment.citizen(), ("一.jpg", photo()))

    assert receipt.status == 200
    assert "现在存不下文件，文字照样收" in receipt.text
    assert count(deployment, Case) == 1


def test_an_hour_later_only_what_belongs_to_a_case_is_there(deployment: Deployment) -> None:
    client = deployment.citizen()
    now = clock.now()
    with clock.stopped_at(now):
        _, code = first(client, ("一.mp3", RECORDING)).receipt
        waiting = first(client, ("二.jpg", photo()), edit="y")
        forgotten = first(client, ("三.jpg", photo(colour="blue")), edit="y")
    with clock.stopped_at(now + timedelta(minutes=50)):
        waiting = again(client, waiting, edit="y")
    with clock.stopped_at(now + timedelta(minutes=70)):
        worker.run(deployment.database, deployment.settings, once=True)

        assert saved(client, code) == [RECORDING]
        assert "照片和文件收到了1个" in again(client, waiting).text
        assert "没有留住" in again(client, forgotten).text
    assert len(on_disk(deployment)) == 2


def test_more_can_be_sent_later_without_a_word(deployment: Deployment) -> None:
    client = deployment.citizen()
    _, code = first(client).receipt
    page = show(client, code)
    sent = typed(page, query_code=code, words="")
    for _ in range(2):
        added = send_files(client, "/progress/words", sent, ("后来的.jpg", photo()))

    assert added.status == 200
    assert check_html(added.html) == []
    assert len(files_on(added)) == 1
    nothing = send_files(client, "/progress/words", typed(page, query_code=code, words=""))
    assert nothing.status == 422
    assert "请先写下要补充的话，或者选照片" in nothing.text


def test_nobody_saves_a_file_with_another_code(deployment: Deployment) -> None:
    client = deployment.citizen()
    _, code = first(client, ("一.jpg", photo())).receipt
    _, other = first(client, ("二.jpg", photo(colour="blue"))).receipt
    (number,) = files_on(show(client, code))
    page = show(client, code)
    asked = [(other, number), ("A" * 17, number), (code, "999")]

    assert {save(client, page, *one).status_code for one in asked} == {404}
    assert (
        client.post("/progress/file", data={"query_code": code, "file": number}).status_code == 400
    )


def test_a_file_that_is_damaged_says_so(deployment: Deployment) -> None:
    client = deployment.citizen()
    _, code = first(client, ("一.mp3", RECORDING)).receipt
    (number,) = files_on(show(client, code))
    (file,) = (f for f in deployment.settings.files_dir.rglob("*") if len(f.name) == 32)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    answer = save(client, show(client, code), code, number)

    assert answer.status_code == 410
    assert "这个文件打不开了" in answer.text
