"""Every paper that the office keeps a template of: those of this room, and those that rooms above
hand in as the application is put together."""

from __future__ import annotations

from flask import Flask, current_app

from admin.documents.paper import Paper
from admin.documents.papers import paper_of
from intake.rules.formal_documents import DocumentKind

_KEY = "papers"


def add_paper(app: Flask, paper: Paper) -> None:
    """Let a room bring a paper of its own."""
    app.extensions.setdefault(_KEY, []).append(paper)


def papers() -> list[Paper]:
    """All of them."""
    more: list[Paper] = current_app.extensions.get(_KEY, [])
    return [*map(paper_of, DocumentKind), *more]
