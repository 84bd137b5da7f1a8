"""The variables of a template: what each is called, what it stands for, and which a kind of
document can't do without. They have Chinese names, since clerks write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from admin.documents.paper import Variable
from intake.document_text import DocumentText
from intake.rules.formal_documents import PARTS, DocumentKind
from portal.foundation.formats import day_with_year

# The paper is known by these, whatever it says.
FRAME: Mapping[str, str] = {
    "标题": "文书的名称，例如“受理告知书”",
    "文号": "签发时自动编",
    "单位": "出文书的单位全称",
    "日期": "签发的日子",
}
_OPTIONAL: Mapping[str, str] = {
    "收件人": "写给谁；没有填，就写“来件人”",
    "来件编号": "来件的编号",
    "电话": "出文书的单位的电话",
}
OF_PART: Mapping[str, str] = {
    "request": "请求",
    "facts": "事实",
    "grounds": "理由",
    "basis": "依据",
    "outcome": "结论",
    "opinion": "意见",
    "door": "转处",
    "until": "期限",
    "remedies": "救济",
}
NOT_NUMBERED = "（拟稿，没有签发）"
SOMEBODY = "来件人"


@dataclass(frozen=True)
class Frame:
    """What stands around a document's own text. `number` and `issued_on` are empty in a draft."""

    unit: str
    telephone: str
    case_number: str
    number: str = ""
    issued_on: date | None = None


def variables_of(kind: DocumentKind) -> list[Variable]:
    """Every variable that a template of this kind may hold."""
    return [
        *(Variable(name, meaning, True) for name, meaning in FRAME.items()),
        *(Variable(OF_PART[part], label, True) for part, label in PARTS[kind].items()),
        *(Variable(name, meaning, False) for name, meaning in _OPTIONAL.items()),
    ]


def values_of(kind: DocumentKind, text: DocumentText, frame: Frame) -> dict[str, str]:
    """What the variables of a document stand for."""
    return {
        "标题": kind.official,
        "文号": frame.number or NOT_NUMBERED,
        "单位": frame.unit,
        "日期": day_with_year(frame.issued_on) if frame.issued_on else NOT_NUMBERED,
        "收件人": text.addressee or SOMEBODY,
        "来件编号": frame.case_number,
        "电话": frame.telephone,
        **{OF_PART[part]: text.value(kind, part) for part in PARTS[kind]},
    }
