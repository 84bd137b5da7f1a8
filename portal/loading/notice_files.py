"""Reading notices/<slug>.md: a head in TOML between two lines of +++, then the text in Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from portal.foundation.refusal import Problem, Refusal
from portal.foundation.text import TextTooLong, published_html
from portal.foundation.text_files import read_utf8
from portal.loading.bad_campaign import Row
from portal.loading.tables import longest
from portal.loading.toml_sections import Section, parse_toml
from portal.published.notice import Notice, NoticeKind

_FENCE = "+++"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_notices(folder: Path, problems: list[Problem]) -> tuple[Row, ...]:
    """Every notice of a campaign folder by name, with what is wrong added to `problems`."""
    read = [_read_notice(path, problems) for path in sorted((folder / "notices").glob("*.md"))]
    return tuple(row for row in read if row is not None)


def _read_notice(path: Path, problems: list[Problem]) -> Row | None:
    file = f"notices/{path.name}"
    if not _SLUG.fullmatch(path.stem) or len(path.stem) > (longest(Notice, "slug") or 0):
        problems.append(Problem(file, None, "the name must be small letters, digits, hyphens"))
    try:
        lines = read_utf8(path).split("\n")
    except Refusal as refusal:
        problems += [Problem(file, one.line, one.what) for one in refusal.problems]
        return None
    if lines[0].strip() != _FENCE or _FENCE not in (line.strip() for line in lines[1:]):
        problems.append(Problem(file, 1, "must begin with a head between two lines of +++"))
        return None
    ends = next(n for n, line in enumerate(lines) if n and line.strip() == _FENCE)
    head = parse_toml("\n".join(lines[1:ends]), file, problems, first_line=2)
    if head is None:
        return None
    section = Section(file, "", head, problems, line=1)
    values = _head(section)
    values["slug"] = path.stem
    values["body_markdown"] = "\n".join(lines[ends + 1 :]).strip() + "\n"
    values["body_html"] = _rendered(section, ends + 2, str(values["body_markdown"]))
    return Row(file, 1, values)


def _head(section: Section) -> dict[str, object]:
    kind = section.text("kind")
    if kind is not None and kind not in {known.value for known in NoticeKind}:
        section.wrong(f"kind: “{kind}” is not one of: {', '.join(NoticeKind)}")
        kind = None
    summary = section.text("summary")
    values: dict[str, object] = {
        "title": section.text("title", longest(Notice, "title")),
        "kind": NoticeKind(kind) if kind else None,
        "published_on": section.day("published_on"),
        "source": section.text("source", longest(Notice, "source")),
        "summary": summary.strip() if summary else None,
    }
    section.close()
    return values


def _rendered(section: Section, line: int, markdown: str) -> str | None:
    if not markdown.strip():
        section.problems.append(Problem(section.file, line, "no text below the head"))
        return None
    try:
        return published_html(markdown)
    except TextTooLong as error:
        section.problems.append(Problem(section.file, line, f"too long: {error}"))
        return None
