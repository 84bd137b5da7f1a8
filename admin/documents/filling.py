"""Filling a template. It comes from people, so it may name variables and nothing else: what isn't
`{{名字}}` is refused before anything is run, and what runs, runs in a sandbox that knows no filter,
no test and no global name."""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType

from docx.opc.constants import RELATIONSHIP_TYPE
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from admin.documents.block import Block
from admin.documents.putting_in import mark, put_in
from admin.documents.shipped import tidied

# What XML has no place for; `\a` is how a template's filler is told of a new paragraph.
# The last two mark the places of blocks.
_NOT_PRINTABLE = dict.fromkeys(
    (*(code for code in range(32) if code not in {9, 10}), 0xFFFE, 0xE000, 0xE001)
)
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData)
_HEADER = RELATIONSHIP_TYPE.HEADER
_FOOTER = RELATIONSHIP_TYPE.FOOTER


class NotPlain(ValueError):
    """The template holds something else than plain variables."""


def variables_in(content: bytes) -> frozenset[str]:
    """The variables that a template names, in its text, its headers and its footers.

    Raises:
        NotPlain: it holds a loop, a call, an attribute, a filter or anything else that runs.
    """
    template = DocxTemplate(io.BytesIO(content))
    template.init_docx()
    sources = [template.get_xml()]
    for place in (_HEADER, _FOOTER):
        for _, part in template.get_headers_footers(place):
            sources.append(template.get_part_xml(part))
    return frozenset().union(*(_names(template.patch_xml(source)) for source in sources))


def fill(
    content: bytes, values: Mapping[str, str], blocks: Mapping[str, Block] = MappingProxyType({})
) -> bytes:
    """The document that a template becomes with these values, and these blocks in the place of
    their paragraphs; in memory, without an author.

    Raises:
        NotPlain: see `variables_in`.
        UndefinedError: it names a variable that has no value.
        Misplaced: a block stands in no paragraph of its own.
    """
    variables_in(content)
    template = DocxTemplate(io.BytesIO(content))
    template.init_docx()
    # A template's own properties are neither shown to anybody nor ever run.
    properties = template.docx.core_properties
    for name in ("author", "comments", "identifier", "keywords", "last_modified_by", "subject"):
        setattr(properties, name, "")
    properties.language, properties.category = "zh-CN", ""
    properties.title = ""
    marks = {name: mark(name) for name in blocks}
    said = {name: _printable(one) for name, one in values.items()}
    template.render({**said, **marks}, _sandbox(), True)
    put_in(template.docx, blocks)
    filled = io.BytesIO()
    template.save(filled)
    return tidied(filled.getvalue())


def _printable(text: str) -> str:
    """A text as the filler takes it: each line is a paragraph of its own."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_NOT_PRINTABLE)
    kept = [line.strip() for line in lines.split("\n")]
    return "\a".join(line for line in kept if line)


def _names(source: str) -> frozenset[str]:
    try:
        tree = _sandbox().parse(source)
    except TemplateError:
        raise NotPlain from None
    found: set[str] = set()
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Name) and node.ctx == "load":
            found.add(node.name)
        elif not isinstance(node, _PLAIN):
            raise NotPlain
    return frozenset(found)


def _sandbox() -> ImmutableSandboxedEnvironment:
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    for known in (sandbox.globals, sandbox.filters, sandbox.tests):
        known.clear()
    return sandbox
