"""The office's templates: taken over after a check, kept in every revision, never run."""

from __future__ import annotations

import io
from html import unescape

import pytest
from docx import Document
from werkzeug.test import TestResponse

from admin.documents.filling import NotPlain, fill
from admin.documents.papers import paper_of
from admin.documents.shipped import shipped
from admin.documents.template_check import check_template
from intake.rules.formal_documents import DocumentKind
from tests.admin.desk.people import Desks, hidden
from tests.admin.documents.docx_files import (
    KIND,
    changed,
    into_body,
    related,
    with_lines,
)
from tests.admin.documents.papers import PETITION, at, issued, read, stored

PAGE = "/staff/documents/templates/handling-opinion"
_OUT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FIELD = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{}</w:p>'
_BOMB = b"<a>" + b" " * 9_000_000 + b"</a>"
BAD = {
    "class": (with_lines("{{ ''.__class__ }}"), "不是变量的名字"),
    "attribute": (with_lines("{{文号.__class__}}"), "不是变量的名字"),
    "call": (with_lines("{{文号()}}"), "不是变量的名字"),
    "filter": (with_lines("{{文号|upper}}"), "不是变量的名字"),
    "loop": (with_lines("{% for x in 事实 %}{{文号}}{% endfor %}"), "里有循环、条件"),
    "row": (with_lines("{{p 事实}}"), "不是变量的名字"),
    "comment": (with_lines("{# 一句 #}"), "里有循环、条件"),
    "unclosed": (with_lines("{{文号"), "没有成对的括号"),
    "unknown": (with_lines("{{文好}}"), "不认识变量“{{文好}}”，是不是“{{文号}}”"),
    "global": (with_lines("{{range}}"), "不认识变量“{{range}}”"),
    "missing": (with_lines(without="文号"), "缺少变量“{{文号}}”（签发时自动编）"),
    "several": (with_lines("{{甲}}", without="救济"), "缺少变量“{{救济}}”"),
    "external": (
        related(
            f'<Relationship Id="x" Type="{_OUT}/image" Target="http://a/b" TargetMode="External"/>'
        ),
        "连到外面的链接（http://a/b）",
    ),
    "attached": (
        related(f'<Relationship Id="x" Type="{_OUT}/attachedTemplate" Target="file://a/b"/>'),
        "连到外面的链接",
    ),
    "macro": (changed({}, {"word/vbaProject.bin": b"x"}), "文件里有宏"),
    "docm": (
        changed(
            {
                "[Content_Types].xml": lambda c: c.replace(
                    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                    b"application/vnd.ms-word.document.macroEnabled.main",
                )
            }
        ),
        "带宏的文件",
    ),
    "embedded": (changed({}, {"word/embeddings/o.xlsx": b"x"}), "文件里有嵌入的对象"),
    "chunk": (into_body('<w:altChunk r:id="rId1"/>'), "嵌入的另一份文档"),
    "stranger": (changed({}, {"word/afile.html": b"x"}), "模板用不着的部分"),
    "field": (
        into_body(
            _FIELD.format(
                "<w:r><w:instrText>INCLUDE</w:instrText></w:r>"
                "<w:r><w:instrText>TEXT http://a/b</w:instrText></w:r>"
            )
        ),
        "只能用页码的域",
    ),
    "dde": (into_body('<w:p><w:fldSimple w:instr="DDEAUTO c:\\x"/></w:p>'), "只能用页码的域"),
    "doctype": (
        changed(
            {
                "word/document.xml": lambda c: c.replace(
                    b"<w:document", b'<!DOCTYPE x [<!ENTITY e "e">]><w:document', 1
                )
            }
        ),
        "DOCTYPE",
    ),
    "bomb": (changed({}, {"word/header9.xml": _BOMB}), "展开以后太大了"),
    "footnote": (
        changed({}, {"word/footnotes.xml": b"<x>{{ 7*7 }}</x>"}),
        "只能写在正文、页眉和页脚里",
    ),
    "property": (
        changed(
            {
                "docProps/core.xml": lambda c: c.replace(
                    b"</cp:coreProperties>", b"<a>{{x}}</a></cp:coreProperties>"
                )
            }
        ),
        "只能写在正文、页眉和页脚里",
    ),
    "large": (b"PK" + b"x" * 1024 * 1024, "最大1MB"),
    "text": ("随便一个文件".encode(), "不是 DOCX"),
    "empty": (b"", "请选一个 DOCX 文件"),
}


def upload(desks: Desks, content: bytes, name: str = "office") -> TestResponse:
    """Send a template, as bytes that the client doesn't spool itself."""
    token = hidden(desks.get(name, PAGE).text)["csrf_token"]
    head = (
        f'--B\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        '--B\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n\r\n'
    )
    body = head.encode() + content + b"\r\n--B--\r\n"
    return desks.at(name).post(
        PAGE,
        input_stream=io.BytesIO(body),
        content_length=len(body),
        content_type="multipart/form-data; boundary=B",
    )


def texts(content: bytes) -> str:
    return "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)


def test_what_isnt_a_plain_template_is_refused_with_a_reason(desks: Desks) -> None:
    before = desks.get("office", f"{PAGE}/file").data
    for name, (content, why) in BAD.items():
        answer = upload(desks, content)
        assert answer.status_code == 422, name
        assert why in unescape(answer.text), (name, unescape(answer.text)[1000:4000])
    assert desks.get("office", f"{PAGE}/file").data == before


def test_every_fault_is_named_at_once(desks: Desks) -> None:
    page = unescape(upload(desks, with_lines("{{甲}}", "{% if 乙 %}", without="救济")).text)
    for said in ("不认识变量“{{甲}}”", "{% if 乙 %}", "缺少变量“{{救济}}”", "还是用原来的"):
        assert said in page


def test_the_sandbox_stands_behind_the_check() -> None:
    """Even what the check had overlooked isn't run."""
    for line in ("{{ ''.__class__ }}", "{% for x in 事实 %}{% endfor %}", "{{文号|upper}}"):
        with pytest.raises(NotPlain):
            fill(with_lines(line), paper_of(KIND).sample_values)


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_products_own_templates_pass_its_own_check(kind: DocumentKind) -> None:
    check_template(shipped(kind), paper_of(kind))
    shipped.cache_clear()
    first = shipped(kind)
    shipped.cache_clear()
    assert shipped(kind) == first


def test_a_template_is_taken_over_and_used(desks: Desks) -> None:
    number, before = desks.case(PETITION), desks.case(PETITION)
    old = issued(desks, before)
    answer = upload(desks, with_lines("某区民政局专用抬头"))
    assert answer.status_code == 303

    key = issued(desks, number)

    assert "专用抬头" in texts(desks.get("mz-officer", at(number, f"/{key}/file")).data)
    # What was issued before stays as it was.
    assert "专用抬头" not in texts(desks.get("mz-officer", at(before, f"/{old}/file")).data)
    assert stored(desks, old).template_revision == 1
    assert stored(desks, key).template_revision == 2
    page = read(desks, "office", PAGE)
    assert "第2版" in page
    assert "办公甲" in page


def test_one_can_go_back_to_the_products_own(desks: Desks) -> None:
    upload(desks, with_lines("某区民政局专用抬头"))
    token = hidden(desks.get("office", PAGE).text)["csrf_token"]

    desks.at("office").post(f"{PAGE}/shipped", data={"csrf_token": token})

    assert "专用抬头" not in texts(desks.get("office", f"{PAGE}/file").data)
    assert "专用抬头" in texts(desks.get("office", f"{PAGE}/1").data)
    assert desks.get("office", f"{PAGE}/9").status_code == 404
    assert "改回系统自带的" not in read(desks, "office", PAGE)


def test_a_template_cut_into_runs_is_read_as_a_whole(desks: Desks) -> None:
    """Word cuts a variable into runs as it likes."""
    document = Document(io.BytesIO(with_lines(without="文号")))
    paragraph = document.add_paragraph()
    for piece in ("{", "{文", "号}", "}"):
        paragraph.add_run(piece).bold = piece == "{文"
    written = io.BytesIO()
    document.save(written)
    assert upload(desks, written.getvalue()).status_code == 303
    number = desks.case(PETITION)
    key = issued(desks, number)
    assert str(stored(desks, key).number) in texts(
        desks.get("mz-officer", at(number, f"/{key}/file")).data
    )


def test_the_pages_explain_the_variables(desks: Desks) -> None:
    assert "信息公开答复书" in read(desks, "office", "/staff/documents/templates")
    page = read(desks, "office", PAGE)
    assert "{{文号}}" in page
    assert "不服怎么办" in page
    assert desks.get("mz-head", PAGE).status_code == 404
    assert desks.get("office", "/staff/documents/templates/no-such").status_code == 404
