"""The papers of this room: one for each kind of formal document."""

from __future__ import annotations

from functools import partial

from admin.documents.document_template import TemplateKind
from admin.documents.paper import Paper
from admin.documents.shipped import shipped
from admin.documents.variables import variables_of
from intake.rules.formal_documents import DocumentKind


def paper_of(kind: DocumentKind) -> Paper:
    """The paper of a kind of formal document."""
    variables = tuple(variables_of(kind))
    return Paper(TemplateKind(kind.value), kind.official, variables, partial(shipped, kind))
