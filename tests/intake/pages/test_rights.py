"""Asking about one's own information: the forms, the receipt, who can read it; and everything of
one's own in one file."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.asking.draft_fields import MOST_WORDS
from intake.cases.rights_request import Door
from intake.rights.rights_texts import read_as_answerer, read_as_asker
from intake.rules.rights import Asker, Ground, Proof, Right, grounds_for
from intake.vault.compartment import Compartment
from intake.vault.query_codes import reporter_keys
from intake.vault.vault import NoMasterKey
from tests.deployments import Deployment
from tests.intake.pages.files import photo, send_files, typed
from tests.intake.pages.journey import form_page, opened, report, show
from tests.intake.pages.rights import (
    FORM,
    WORDS,
    ask_on_own_page,
    ask_without_code,
    own_content,
    own_form,
    stored,
)
from tests.pages.markup import findings


def test_anybody_asks_in_each_campaign_and_reads_where_every_code_is_read(
    each_campaign: Deployment,
) -> None:
    client = each_campaign.citizen()
    form = opened(client.get(FORM))
    page = ask_without_code(client, contact="王秀英 13907123456")
    number, code = page.receipt
    own = show(each_campaign.citizen(), code)

    assert [findings(one.html) for one in (form, page, own)] == [[], [], []]
    assert "我们的承诺" in page.text
    assert all(right.clause in form.text for right in Right)
    assert WORDS in own.text
    assert "13907123456" in own.text
    assert "最晚在这一天答复您" in own.text
    assert code not in own.html
    [request] = stored(each_campaign)
    assert (request.number, request.door, request.proved) == (number, Door.WEB, None)


def test_the_public_page_says_what_may_be_asked(deployment: Deployment) -> None:
    answer = deployment.citizen().get("/personal-information")
    page = opened(answer).text

    assert "Set-Cookie" not in answer.headers
    assert all(right.clause.removeprefix("《个人信息保护法》") in page for right in Right)
    assert "15个工作日内答复" in page
    assert "第四十九条" in page


def test_the_form_is_given_back_with_what_was_typed(deployment: Deployment) -> None:
    client = deployment.citizen()
    empty = ask_without_code(client, words=" ", contact="王秀英")
    old = ask_without_code(client, csrf_token="old")
    long = ask_without_code(client, words="字" * (MOST_WORDS + 1))
    nothing = opened(client.post(FORM, data={**opened(client.get(FORM)).fields, "words": WORDS}))

    assert [one.status for one in (empty, old, long, nothing)] == [422, 400, 413, 422]
    assert (empty.fields["asked_for"], empty.fields["contact"]) == ("access", "王秀英")
    assert (old.fields["words"], old.fields["asker"]) == (WORDS, "himself")
    assert nothing.fields["words"] == WORDS
    assert "请选您请求什么" in nothing.text
    assert findings(nothing.html) == []
    assert stored(deployment) == []


def test_twice_is_once_on_either_form(deployment: Deployment) -> None:
    client = deployment.citizen()
    fields = {**opened(client.get(FORM)).fields, "asked_for": "access", "asker": "himself"}
    first, again = (opened(client.post(FORM, data={**fields, "words": WORDS})) for _ in range(2))
    _, code = report(client).receipt
    own = {**own_form(client, code).fields, "asked_for": "deletion", "words": "删掉我的电话"}
    for _ in range(2):
        page = opened(client.post("/progress/rights/request", data=own))

    assert first.receipt == again.receipt
    assert len(stored(deployment)) == 2
    assert "个人信息请求收到了" in page.text


def test_whoever_shows_his_code_needs_no_other_proof(deployment: Deployment) -> None:
    client = deployment.citizen()
    _, code = report(client).receipt
    _, other = report(client, words="另一个人的低保没有发").receipt
    form = own_form(client, code)
    refused = ask_on_own_page(client, code, words="")
    page = ask_on_own_page(client, code)

    assert findings(form.html) == findings(refused.html) == findings(page.html) == []
    assert refused.status == 422
    assert refused.fields["query_code"] == form.fields["query_code"]
    assert "请删掉我的电话" in show(client, code).text
    assert "请删掉我的电话" not in show(client, other).text
    [request] = stored(deployment)
    assert (request.door, request.proved, request.asker) == (
        Door.OWN_PAGE,
        Proof.CODE,
        Asker.HIMSELF,
    )


def test_a_wrong_code_opens_no_form_no_request_and_no_file(deployment: Deployment) -> None:
    client = deployment.citizen()
    _, code = report(client).receipt
    ask_on_own_page(client, code)
    [request] = stored(deployment)
    fields = {**own_form(client, code).fields, "asked_for": "deletion", "words": "删掉"}
    wrong = {**fields, "query_code": ("B" if code[0] == "A" else "A") + code[1:]}
    _, of_request = ask_without_code(client).receipt

    for path in ("rights", "rights/request", "content"):
        assert client.post(f"/progress/{path}", data=wrong).status_code == 404, path
    # The code of a request is no case's.
    assert client.post("/progress/content", data={**fields, "query_code": of_request}).status_code
    assert len(stored(deployment)) == 2
    assert request.number not in show(client, of_request).text


def test_nothing_of_it_lies_in_the_clear(deployment: Deployment) -> None:
    marker = "暗记甲乙丙丁"
    client = deployment.citizen()
    number, code = ask_without_code(client, words=f"{marker}删掉", contact=f"{marker}电话").receipt
    _, own = report(client).receipt
    ask_on_own_page(client, own, words=f"{marker}又一条")
    needles = [marker.encode(), marker.encode("utf-16-le"), code.encode()]
    files = [file for file in deployment.settings.data_dir.rglob("*") if file.is_file()]

    assert any(number.encode() in file.read_bytes() for file in files)
    assert [n for file in files for n in needles if n in file.read_bytes()] == []


def test_the_office_and_the_asker_hold_it_and_the_public_process_cant(
    deployment: Deployment,
) -> None:
    _, code = ask_without_code(deployment.citizen()).receipt
    [request] = stored(deployment)
    with deployment.database.reading() as session:
        [box] = session.scalars(select(Compartment).where(Compartment.label == request.label))
        assert {key.holder for key in box.keys} == {"BGS", "reporter"}
        assert read_as_answerer(session, request).words == WORDS
    with deployment.public.extensions["database"].reading() as session:
        with pytest.raises(NoMasterKey):
            read_as_answerer(session, request)
        assert read_as_asker(session, request, reporter_keys(code)).words == WORDS


def test_all_of_ones_own_is_one_file_without_any_request(deployment: Deployment) -> None:
    client = deployment.citizen()
    form = typed(form_page(client), words="我妈的高龄津贴三个月没发了")
    sent = send_files(client, "/report/complaint", form, ("存折.jpg", photo()))
    number, code = sent.receipt
    report(client, words="别人的低保没有发")
    more = typed(show(client, code), words="补一句")
    send_files(client, "/progress/words", more, ("存折.jpg", photo(colour="blue")))
    ask_on_own_page(client, code)
    content, files = own_content(client, code)

    [case] = content["件"]
    assert case["编号"] == number
    assert [one["内容"] for one in case["您写的"]] == ["我妈的高龄津贴三个月没发了"]
    assert [one["内容"] for one in case["您后来写的"]] == ["补一句"]
    assert [one["内容"] for one in content["个人信息请求"]] == ["请删掉我的电话"]
    enclosed = {name: file for name, file in files.items() if name.startswith("附件/")}
    assert set(enclosed) == {"附件/01-存折.jpg", "附件/02-存折.jpg"}
    assert all(file.startswith(b"\xff\xd8") for file in enclosed.values())
    told = files["我的全部内容.txt"].decode("utf-8-sig")
    assert "我妈的高龄津贴三个月没发了" in told
    assert "别人的低保没有发" not in told


def test_a_file_that_is_gone_doesnt_hold_up_the_others(deployment: Deployment) -> None:
    client = deployment.citizen()
    form = typed(form_page(client), words="有照片")
    _, code = send_files(client, "/report/complaint", form, ("存折.jpg", photo())).receipt
    for file in deployment.settings.files_dir.rglob("*"):
        if file.is_file() and "spool" not in file.parts:
            file.unlink()
    _, files = own_content(client, code)

    assert "打不开" in files["附件/01-存折.jpg.txt"].decode("utf-8-sig")


@pytest.mark.parametrize("right", Right)
def test_every_right_can_be_refused_only_for_what_the_law_names(right: Right) -> None:
    own = grounds_for(right, Asker.HIMSELF)

    assert Ground.NOT_RELATED not in own
    assert Ground.NOT_RELATED in grounds_for(right, Asker.RELATIVE)
    # Duty is no ground to keep from somebody what there is of him (45).
    assert (Ground.DUTY in own) == (
        right not in {"access", "transfer", "explanation", "correction"}
    )
    assert all(one.clause.startswith("《个人信息保护法》第") for one in own)
