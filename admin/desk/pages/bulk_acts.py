"""Acts on several cases of a list at once, each of them answered for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.accounts.access import NoSuchCase, find_case
from admin.desk import casework, claiming, reminding
from admin.desk.another_officer import AnsweredBefore
from admin.desk.claiming import SomebodyHasIt, names_of
from admin.desk.hand import Hand, SomebodyWasFaster
from admin.desk.pages.desk import Desk
from intake.cases.case import Case
from intake.rules.lifecycle import MoveNotAllowed


@dataclass(frozen=True)
class BulkAct:
    """One act that needs nothing but a tick, and perhaps a few words for all."""

    name: str
    verb: str
    run: Callable[[Session, Case, Hand, str], None]


@dataclass(frozen=True)
class Answered:
    """What came of each case, in sentences: those that it was done to, and those that refused."""

    done: list[str]
    refused: list[str]


SIGNING = BulkAct(
    "sign-for", "签收", lambda session, case, hand, _words: casework.sign_for(session, case, hand)
)
CLAIMING = BulkAct(
    "claim", "认领", lambda session, case, hand, _words: claiming.claim(session, case, hand)
)
REMINDING = BulkAct(
    "remind",
    "催办",
    lambda session, case, hand, words: reminding.remind(session, case, hand, words=words),
)
BULK_ACTS = {act.name: act for act in (SIGNING, CLAIMING, REMINDING)}


def do_several(
    session: Session, desk: Desk, act: BulkAct, ticked: Iterable[str], words: str = ""
) -> Answered:
    """Do it to cases one by one, and say what came of each; a refusal comes before anything was
    changed, so the others go on."""
    done, refused = [], []
    for box_value in ticked:
        number, _, version = box_value.partition(".")
        seen = int(version) if version.isascii() and version.isdecimal() else 0
        try:
            case = find_case(session, desk.access, number, to_change=True)
            act.run(session, case, Hand(desk.access, desk.book, seen), words)
        except NoSuchCase:
            refused.append(f"没有{act.verb}{number[:20]}：没有找到这件。")
        except SomebodyHasIt as other:
            name = names_of(session, [other.staff_id])[other.staff_id]
            refused.append(f"没有{act.verb}{number}：{name}已经认领。")
        except SomebodyWasFaster:
            refused.append(f"没有{act.verb}{number}：您打开列表以后它有了变化，请再看一看。")
        except AnsweredBefore:
            refused.append(f"没有{act.verb}{number}：它重办，您办过原来的答复，要换人办。")
        except MoveNotAllowed:
            refused.append(f"没有{act.verb}{number}：它现在不用{act.verb}。")
        else:
            done.append(number)
    told = [f"已{act.verb}{len(done)}件：{'、'.join(done)}。"] if done else []
    return Answered(told, refused)
