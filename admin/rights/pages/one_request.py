"""The page of one request, as every act on it shows it again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from sqlalchemy.orm import Session

from admin.accounts.staff_names import names_of
from admin.rights.deleting import deletion_of
from admin.rights.giving_back import may_give_back
from admin.rights.opening_contact import has_contact
from admin.rights.pages.blueprint import keeper, the_request
from admin.rights.pages.forms import ContactForm, DecisionForm, ProofForm
from admin.rights.request_list import due_of, read_texts
from intake.cases.case import Case
from intake.cases.rights_request import RightsRequest
from portal.foundation.database import reading

_DONE = {
    "proved": "核实的办法记下了。",
    "decided": "答复了。",
    "proposed": "不同意的答复写好了，要请另一位同事看过才算数。",
    "sent_back": "退回了，要重新答复。",
    "recorded": "记下了。",
}


@dataclass(frozen=True)
class Typed:
    """The forms of the page as they were typed; those that weren't stand there blank."""

    deciding: DecisionForm | None = None
    proving: ProofForm | None = None
    reaching: ContactForm | None = None


def request_page(
    number: str, typed: Typed | None = None, *, why: str = "", contact: str = ""
) -> str:
    """The page; `why` says what wasn't done, `contact` is what was opened for this answer."""
    typed = typed or Typed()
    done = request.args.get("done", "")
    with reading() as session:
        me, known = keeper(session)
        found = the_request(session, me, number)
        deciding = typed.deciding or DecisionForm(formdata=None)
        proving = typed.proving or ProofForm(formdata=None)
        deciding.offer(found)
        deciding.version.data = proving.version.data = str(found.version)
        return render_template(
            "admin/rights/one_request.html",
            me=me,
            found=found,
            texts=read_texts(session, found),
            due=due_of(found, known),
            case=_case(session, found),
            names=names_of(session, _people(found)),
            deciding=deciding,
            proving=proving,
            reaching=typed.reaching or ContactForm(formdata=None),
            has_contact=has_contact(found),
            contact=contact,
            deletion=deletion_of(session, found, known),
            may_give_back=may_give_back(found, me),
            why=why,
            flash_messages=[_DONE[done]] if done in _DONE else [],
        )


def _case(session: Session, found: RightsRequest) -> str:
    """The number of the case that it is about: whom that bars doesn't see the request either."""
    return session.get_one(Case, found.case_id).number if found.case_id else ""


def _people(found: RightsRequest) -> set[int]:
    some = (found.recorded_by, found.proved_by, found.proposed_by, found.decided_by)
    return {one for one in some if one}
