"""The guard of every staff page: who is signed in, may his role open it, is the form his own.

A view without `staff_only` is public.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import abort, after_this_request, g, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.cookie import keep_cookie, settings, token_in_cookie
from admin.accounts.fresh_proof import proved_now
from admin.accounts.grave import is_grave, proof_is_good_for
from admin.accounts.last_seen import LastSeen
from admin.accounts.origin import sent_from_elsewhere
from admin.accounts.sealed_unlock import carry_over, unlocked_pair
from admin.accounts.sessions import find_session
from admin.accounts.staff_session import StaffSession
from intake.vault.sealing import KeyPair
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role, Staff

TOKEN_FIELD = "csrf_token"  # noqa: S105  # The field's name, not its content.
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_View = TypeVar("_View", bound=Callable[..., Any])


class SignInNeeded(Exception):
    """Nobody is signed in, or the sign-in ran out; the sign-in page keeps what was typed."""


class StaleForm(Exception):
    """The form belongs to another sign-in; the page asks to send it once more."""


@dataclass(frozen=True)
class SignedIn:
    """The person behind this request and the session he uses."""

    staff: Staff
    session: StaffSession
    # The sealed class's pair, where this person has unlocked it in this session.
    unlocked: KeyPair | None = None

    @property
    def form_token(self) -> str:
        """The token of this session's forms. The same on every page, so that pages don't differ."""
        key = bytes.fromhex(self.session.form_key)
        return hmac.new(key, b"form", hashlib.sha256).hexdigest()


def staff_only(*roles: Role) -> Callable[[_View], _View]:
    """Let in only people who are signed in and hold one of the roles somewhere; no role: anybody.

    Without a sign-in: to the sign-in page. With another role: 404, since what one may not see
    doesn't exist. Whatever isn't a GET must carry the session's own form token, and what is grave a
    proof of the second factor where the last one is too old.
    """

    def declare(view: _View) -> _View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            _let_in(roles)
            return view(*args, **kwargs)

        guarded.audience = roles  # type: ignore[attr-defined]  # read by the list of audiences
        return guarded  # type: ignore[return-value]  # wraps keeps the signature

    return declare


def signed_in() -> Staff:
    """The person who is signed in.

    Raises:
        SignInNeeded: nobody is.
    """
    return signed_in_here().staff


def signed_in_here() -> SignedIn:
    """The person who is signed in, and the session.

    Raises:
        SignInNeeded: nobody is.
    """
    found = current_sign_in()
    if found is None:
        raise SignInNeeded
    return found


def current_sign_in() -> SignedIn | None:
    """The sign-in of this request, looked up once; None when there is none that is still good."""
    if "signed_in" not in g:
        g.signed_in = _look_up()
    found: SignedIn | None = g.signed_in
    return found


def form_token() -> str:
    """The token that this session's forms carry; empty where nobody is signed in."""
    found = current_sign_in()
    return found.form_token if found else ""


def token_fits(token: str | None) -> bool:
    """Whether a form carries this session's token."""
    expected = form_token()
    sent = (token or "").encode("utf-8", "replace")
    return bool(expected) and hmac.compare_digest(expected.encode(), sent)


def last_seen() -> LastSeen:
    """When sessions were last used."""
    return LastSeen(settings().database_dir)


def _let_in(roles: tuple[Role, ...]) -> None:
    changing = request.method not in _SAFE_METHODS
    if changing and sent_from_elsewhere():
        abort(403)
    staff = signed_in()
    if roles and not any(staff.holds(role) for role in roles):
        abort(404)
    if changing and not token_fits(request.form.get(TOKEN_FIELD)):
        raise StaleForm
    if changing and is_grave(request.endpoint, request.view_args):
        _prove_fresh()


def _prove_fresh() -> None:
    """Go on where the second factor was just proved, here or with this form. Raises NotFresh."""
    here = signed_in_here()
    proved = proved_now(here.staff, here.session, within=proof_is_good_for(request.endpoint))
    if proved is None:
        return
    token, visit = proved
    g.signed_in = SignedIn(staff=here.staff, session=visit, unlocked=here.unlocked)
    if here.unlocked is not None:
        with writing() as session:
            carry_over(session, here.session.token_hash, visit.token_hash, token, here.unlocked)

    @after_this_request
    def hand_out(response: Response) -> Response:
        keep_cookie(response, token)
        return response


def _look_up() -> SignedIn | None:
    token = token_in_cookie()
    if not token:
        return None
    with reading() as session:
        found = find_session(session, token)
        unlocked = _unlocked(session, found, token) if found else None
    if found is None:
        return None
    visit, staff = found
    now, seen = clock.now(), last_seen()
    before = seen.of(visit.token_hash).get(visit.token_hash)
    if not visit.is_good(seen_at=before, now=now):
        return None
    seen.touch(visit.token_hash, before=before, now=now)
    return SignedIn(staff=staff, session=visit, unlocked=unlocked)


def _unlocked(session: Session, found: tuple[StaffSession, Staff], token: str) -> KeyPair | None:
    """Nobody else is asked about: whoever leaves discipline inspection reads nothing any more."""
    visit, staff = found
    if not staff.holds(Role.DISCIPLINE):
        return None
    return unlocked_pair(session, visit.token_hash, staff.id, token)
