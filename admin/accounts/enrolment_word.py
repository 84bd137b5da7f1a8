"""The word of a one-time link that two people agreed on: one of them has the link, the other the
word, so that neither can become the person it is for."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from admin.accounts.credential import Credential
from intake.vault.query_codes import read_code, write_code
from intake.vault.vault import vault_of

_PURPOSE = "enrolment-word"
_BYTES = 5


def make_word(session: Session, credential: Credential) -> str:
    """A fresh word of forty bits for this person's next link; links that were made before die."""
    word = write_code(secrets.token_bytes(_BYTES))
    credential.close_enrolment()
    credential.enrolment_word = vault_of(session).stamp(_PURPOSE, str(credential.staff_id), word)
    return word


def word_fits(session: Session, credential: Credential, typed: str) -> bool:
    """Whether somebody typed the word. Spaces, hyphens, case and full width are forgiven."""
    stamps = vault_of(session).stamps(_PURPOSE, str(credential.staff_id), read_code(typed))
    return credential.enrolment_word is not None and credential.enrolment_word in stamps


def in_threes(word: str) -> str:
    """The word as it is shown."""
    return " ".join(word[i : i + 3] for i in range(0, len(word), 3))
