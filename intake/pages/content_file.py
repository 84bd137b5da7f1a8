"""Everything that the holder of a code may read of his case, to be taken away (个人信息保护法 45):
for people as a text, for machines as JSON, and what files go with it.

It is made of what his own page is made of, and of nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.attachments.stored_file import StoredFile
from intake.enclosing import Enclosed
from intake.pages.own_case import OwnCase, Said
from intake.rights.own_request import OwnRequest
from portal.foundation.clock import day_of


@dataclass
class Content:
    """What goes into the file: the words as a tree of plain values, and the files by their
    paths."""

    words: dict[str, Any] = field(default_factory=dict)
    files: list[tuple[str, StoredFile]] = field(default_factory=list)

    @classmethod
    def of(cls, own: Sequence[OwnCase], requests: Iterable[OwnRequest]) -> Content:
        """The content of a case, of those that were split from it, and of what was asked about
        it."""
        found = cls()
        found.words["件"] = [found._case(one) for one in own]
        found.words["个人信息请求"] = [_request(one) for one in requests]
        return found

    @property
    def as_json(self) -> bytes:
        """For machines."""
        return json.dumps(self.words, ensure_ascii=False, indent=2).encode()

    @property
    def as_text(self) -> bytes:
        """For people; the mark at its head tells editors the encoding."""
        return "\r\n".join(_lines(self.words)).encode("utf-8-sig")

    def _case(self, one: OwnCase) -> dict[str, Any]:
        return {
            **dict(one.facts),
            "办到哪一步": one.told.state,
            "说明": one.told.sentence,
            "为什么这样办": one.why,
            "下一个日子": one.due and f"{one.due.what}：{one.due.due_on.isoformat()}",
            "您写的": self._said(one.words),
            "您后来写的": self._said(one.supplements),
            "问您的事": self._said(one.questions),
            "告诉您的": self._said(one.notices),
            "答复": self._said(one.replies),
            "文书": [_paper(paper) for paper in one.documents],
            "您答的": _answers(one),
            "办理经过": [f"{step.date.isoformat()} {step.title}" for step in one.steps],
        }

    def _said(self, said: Iterable[Said]) -> list[dict[str, Any]]:
        return [
            {
                "日期": one.on.isoformat(),
                "单位": one.by,
                "内容": one.text,
                "附件": [self._file(enclosed) for enclosed in one.files],
            }
            for one in said
        ]

    def _file(self, enclosed: Enclosed) -> str:
        """The path of a file; numbered, since two may have been called the same."""
        path = f"附件/{len(self.files) + 1:02d}-{enclosed.file.file_name}"
        self.files.append((path, enclosed.file))
        return path


def _paper(paper: Any) -> dict[str, Any]:
    delivered = paper.delivered_on
    return {
        "名称": paper.title,
        "文号": paper.number,
        "单位": paper.unit,
        "日期": paper.issued_on.isoformat(),
        "送达": delivered.isoformat() if delivered else "",
        **dict(paper.parts),
    }


def _answers(one: OwnCase) -> dict[str, Any]:
    said = one.asked.answer if one.asked else None
    if said is None:
        return {}
    return {
        "解决了没有": said.solved.plain if said.solved else "",
        "满意（5分最满意）": said.satisfaction or "",
    }


def _request(one: OwnRequest) -> dict[str, Any]:
    request, over = one.request, one.request.decided_at
    return {
        "编号": request.number,
        "请求": request.asked_for.official,
        "提出": request.received_on.isoformat(),
        "内容": one.texts.words,
        "结果": request.outcome.official if over and request.outcome else "等答复",
        "理由": request.ground.plain if over and request.ground else "",
        "删除": one.deletion,
        "答复": one.texts.answer,
        "答复日期": day_of(over).isoformat() if over else "",
    }


def _lines(tree: Any, depth: int = 0) -> Iterator[str]:
    """A tree as indented lines; what is empty is left out."""
    indent = "　" * depth
    if isinstance(tree, dict):
        for name, value in tree.items():
            if isinstance(value, dict | list) and value:
                yield f"{indent}【{name}】"
                yield from _lines(value, depth + 1)
            elif value:
                yield from _lines(f"{name}：{value}", depth)
    elif isinstance(tree, list):
        for one in tree:
            yield from _lines(one, depth)
            if isinstance(one, dict):
                yield ""
    else:
        yield from (f"{indent}{line}" for line in str(tree).splitlines())
