"""What whoever asked for a deletion about his case reads once that is granted: what goes, when."""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.rights_request import RightsRequest
from intake.rules.retention import What
from portal.foundation import formats

_WHAT = {
    What.WORDS: "您写的内容、附件、我们的答复和您的联系方式",
    What.CONTACT: "您的姓名和联系方式",
}
# One sentence for all, whatever holds the case: what else is done about it isn't told here.
_LATER = (
    "同意删掉{what}。先把该办的手续办完：办结、归档，还有移送、督办、整改的，等它了结。"
    "都办完了就删，不用您再提。要是您后来又撤回，就按撤回的天数销毁。"
)
_GONE = "{what}，{day}已经销毁。"


def told_of_deletion(session: Session, request: RightsRequest) -> str:
    """The sentence about a granted deletion; empty where nothing of a case goes by it."""
    if request.deletes is None or request.decided_at is None or request.case_id is None:
        return ""
    case, what = session.get_one(Case, request.case_id), _WHAT[request.deletes]
    by_words = request.deletes is What.WORDS
    gone = case.destroyed_on if by_words else case.contact_destroyed_on
    if gone is None:
        return _LATER.format(what=what)
    return _GONE.format(what=what, day=formats.day_with_year(gone))
