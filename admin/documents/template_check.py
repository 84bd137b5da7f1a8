"""Whether an uploaded template can be used for a kind of paper: every fault at once, each with
the variable it is about, so that one round of corrections is enough."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from docx import Document

from admin.documents.filling import NotPlain, fill, variables_in
from admin.documents.package_check import BadTemplate, W, read_package
from admin.documents.paper import Paper
from admin.documents.putting_in import Misplaced

_FILLED_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_VARIABLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_NAME = re.compile(r"\w+")
_SIGNS = ("{{", "}}", "{%", "%}", "{#", "#}")


def check_template(content: bytes, paper: Paper) -> None:
    """Take an uploaded template apart and try it.

    Raises:
        BadTemplate: it can't be used; says what is wrong.
    """
    parts = read_package(content)
    names: set[str] = set()
    problems: list[str] = []
    for part, root in parts.items():
        if _FILLED_PARTS.fullmatch(part):
            problems += _faults_in(list(_paragraphs(root)), names)
        elif any(sign in "".join(root.itertext()) for sign in ("{{", "{%")):
            problems.append("变量只能写在正文、页眉和页脚里，脚注和文件属性里的请去掉")
    problems += _faults_of(names, paper)
    if problems:
        raise BadTemplate(problems)
    _try(content, paper, names)


def _paragraphs(root: Any) -> Iterator[str]:
    """The text of each paragraph as one; Word cuts a variable into runs as it likes."""
    for paragraph in root.iter(f"{W}p"):
        yield "".join(one.text or "" for one in paragraph.iter(f"{W}t"))


def _faults_in(paragraphs: Iterable[str], names: set[str]) -> Iterator[str]:
    """What is wrong in these paragraphs; the variables that they name are added to `names`."""
    for text in paragraphs:
        for inside in _VARIABLE.findall(text):
            if _NAME.fullmatch(inside.strip()):
                names.add(inside.strip())
            else:
                yield f"“{{{{{inside[:40]}}}}}”不是变量的名字，括号里只能写一个名字，不能写别的"
        rest = _VARIABLE.sub("", text)
        if any(sign in rest for sign in _SIGNS):
            yield f"“{rest.strip()[:40]}”里有循环、条件或者没有成对的括号，模板里只能写变量"


def _faults_of(names: Iterable[str], paper: Paper) -> Iterator[str]:
    known = {one.name: one for one in paper.variables}
    for name in sorted(set(names) - known.keys()):
        near = get_close_matches(name, known, 1, cutoff=0.5)
        hint = f"，是不是“{{{{{near[0]}}}}}”" if near else ""
        yield f"不认识变量“{{{{{name[:40]}}}}}”{hint}；这里能用的变量见下表"
    for one in known.values():
        if one.needed and one.name not in names:
            yield f"缺少变量“{{{{{one.name}}}}}”（{one.meaning}），里面一定要有"


def _try(content: bytes, paper: Paper, names: Iterable[str]) -> None:
    """Fill it once and read it back: what only shows then is found now."""
    values, blocks = paper.sample_values, paper.sample_blocks
    try:
        if not variables_in(content) <= values.keys() | blocks.keys():
            raise NotPlain
        document = Document(io.BytesIO(fill(content, values, blocks)))
    except NotPlain:
        raise BadTemplate(["模板里有变量以外、会运行的东西，只能写变量，请去掉再传"]) from None
    except Misplaced as one:
        raise BadTemplate(
            [f"“{{{{{one.name}}}}}”是一张表，要在正文里单独占一段，段里不写别的"]
        ) from None
    except Exception:  # Whatever stops the filling, the office can do one thing about it.
        raise BadTemplate(["用这个模板填不出来，请用 Word 或者 WPS 另存为 DOCX 再传"]) from None
    roots = [document.element, *_headers_and_footers(document)]
    written = "".join(one.text or "" for root in roots for one in root.iter(f"{W}t"))
    for name in names:
        if f"〔{name}〕" not in written:
            raise BadTemplate([f"变量“{{{{{name}}}}}”填不进去，请把它单独写成一段再传"])


def _headers_and_footers(document: Any) -> Iterator[Any]:
    for part in document.part.package.iter_parts():
        if part.partname.endswith(".xml") and re.search(
            r"/(?:header|footer)\d*\.xml$", part.partname
        ):
            yield part.element
