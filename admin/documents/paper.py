"""What a template is for: a kind of paper with its variables, and the product's own template of it.
Rooms above bring papers of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from admin.documents.block import Block, sample_block
from admin.documents.document_template import TemplateKind


@dataclass(frozen=True)
class Variable:
    """One variable, as the office's page explains it. A `block` becomes a table and so stands in a
    paragraph of its own."""

    name: str
    meaning: str
    needed: bool
    block: bool = False


@dataclass(frozen=True)
class Paper:
    """One kind of paper. `make` gives the product's own template, the same bytes at every call."""

    kind: TemplateKind
    official: str
    variables: tuple[Variable, ...]
    make: Callable[[], bytes]

    @property
    def slug(self) -> str:
        """Its word in addresses."""
        return self.kind.slug

    @property
    def sample_values(self) -> Mapping[str, str]:
        """Values to try a template with, each of which can be found again."""
        return {one.name: f"〔{one.name}〕" for one in self.variables if not one.block}

    @property
    def sample_blocks(self) -> Mapping[str, Block]:
        """The same of its blocks."""
        return {one.name: sample_block(f"〔{one.name}〕") for one in self.variables if one.block}
