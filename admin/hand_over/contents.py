"""What a sealed package holds: a sheet that says what it is, the words, and apart from them how the
writer can be reached."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from admin.hand_over.enclosed import enclosed_files, list_of_enclosed
from intake import correspondence
from intake.attachments.store import files_of
from intake.cases.case import Case
from intake.cases.message import TELLS_WHO_HE_IS, MessageKind
from intake.correspondence import Letter
from portal.campaign.book import Book
from portal.foundation import clock, formats

_WORDS = {
    MessageKind.WORDS: "来件",
    MessageKind.ACCUSED: "反映的是谁",
    MessageKind.BENEFICIARY: "替谁反映",
    MessageKind.SUPPLEMENT: "来件人补充",
    MessageKind.REPLY: "答复",
    MessageKind.NOTICE: "告知来件人",
}


@dataclass(frozen=True)
class Addressed:
    """To which unit a package goes, as which one the process opens the case for it, whether the
    writer's contact goes along, and which files besides."""

    unit: str
    opener: str
    with_contact: bool = True
    more: Mapping[str, bytes] = field(default_factory=dict)


def contents_of(session: Session, case: Case, book: Book, addressed: Addressed) -> dict[str, bytes]:
    """The files of the package of a case, by their names.

    It is the process that opens them, as a body that has the case; nobody reads anything.
    """
    kinds = [*_WORDS, *sorted(TELLS_WHO_HE_IS)]
    letters = correspondence.read_as_unit(session, case, frozenset({addressed.opener}), kinds)
    enclosed = list(enclosed_files(letters, files_of(session)))
    words = "\n\n".join([*_lines(letters), list_of_enclosed(enclosed)])
    files = {"内容.txt": as_file(words), **addressed.more}
    files |= {name: content for name, _, content in enclosed if content is not None}
    contact = [one.text for one in letters if one.kind in TELLS_WHO_HE_IS]
    if contact and addressed.with_contact:
        files["联系方式.txt"] = as_file("\n".join(contact))
    return {"说明.txt": as_file(_sheet(case, book, addressed.unit, files)), **files}


def as_file(text: str) -> bytes:
    """A text as the editor on an office's computer reads it: it wants a mark before UTF-8."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def checksums(files: Mapping[str, bytes]) -> Iterator[str]:
    """A line for each file with its SHA-256, as common tools print it."""
    for name, content in files.items():
        yield f"{name}　{hashlib.sha256(content).hexdigest()}"


def _lines(letters: Iterable[Letter]) -> Iterable[str]:
    for one in letters:
        if one.kind in _WORDS:
            day = formats.moment_day(one.written_at)
            yield f"【{_WORDS[one.kind]}】{day}\n{one.text}"


def _sheet(case: Case, book: Book, unit: str, files: Mapping[str, bytes]) -> str:
    policy = book.policies.get(case.policy_code or "")
    problem = book.problem_types.get(case.problem_code or "")
    lines = [
        f"{book.campaign.name}",
        f"移交{book.unit_name(unit)}",
        "",
        f"编号：{case.number}",
        f"类别：{case.kind.official}，{case.identity.official}",
        f"登记：{formats.day_with_year(case.registered_on)}",
        f"补贴：{policy.name if policy else '没有认出'}",
        f"问题：{problem.code + ' ' + problem.plan_text if problem else '没有认出'}",
        f"打包：{formats.day_with_year(clock.today())}",
        "",
        "本件反映的单位和人要回避，请不要转给他们（《信访工作条例》第三十条第三项）。",
        "收到以后，请告诉送件人收件编号。",
        "",
        "文件的校验（SHA-256）：",
        *checksums(files),
    ]
    return "\n".join(lines)
