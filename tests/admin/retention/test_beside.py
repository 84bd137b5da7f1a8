"""What was typed beside cases goes so many months after its end: mistakes on the site, and what
became a case with that."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from admin.retention.destroying import destroy
from intake.cases.case import Case
from intake.cases.earlier_answer import EarlierAnswer
from intake.cases.event import Event
from intake.cases.site_mistake import SiteMistake
from intake.mistakes.as_case import register_as_case
from intake.rules.lifecycle import State
from intake.rules.retention import Reason
from intake.vault.compartment import Compartment
from portal.campaign.kinds import Kind
from tests.admin.desk.people import NOISE, Desks
from tests.admin.retention.test_destroying import boxes_of
from tests.admin.retention.test_in_the_files import left_in, on_disk
from tests.admin.retention.years import ENDED, night
from tests.intake.pages.journey import show
from tests.intake.pages.mistakes import point_out

MISTAKES = "/staff/publishing/mistakes"
WORDS, PAGE = "低保那一页的电话打不通，章四九说的", "低保那一页"
# A year after it was answered, as the campaigns say.
GOES, DAY = date(2023, 7, 1), timedelta(days=1)


def pointed_out(desks: Desks) -> tuple[str, str]:
    """Number and code of a mistake."""
    return point_out(desks.deployment.citizen(), words=WORDS, page=PAGE, sure="yes").receipt


def stored(desks: Desks, number: str) -> SiteMistake:
    with desks.deployment.database.reading() as session:
        return session.scalars(select(SiteMistake).where(SiteMistake.number == number)).one()


def sends(desks: Desks, number: str, act: str = "", **typed: str) -> int:
    given = {"version": str(stored(desks, number).version), "outcome": "corrected", **typed}
    data = desks.token("publisher") | given
    return desks.at("publisher").post(f"{MISTAKES}/{number}{act}", data=data).status_code


def has_box(desks: Desks, number: str) -> bool:
    with desks.deployment.database.reading() as session:
        wanted = select(Compartment.id).where(Compartment.label == f"mistake:{number}")
        return session.scalar(wanted) is not None


def names(desks: Desks) -> list[str]:
    """What happened to mistakes, in order."""
    with desks.deployment.database.reading() as session:
        wanted = select(Event.name).where(Event.name.startswith("mistake_")).order_by(Event.seq)
        return list(session.scalars(wanted))


def test_a_mistake_goes_so_many_months_after_its_answer(desks_on_each: Desks) -> None:
    desks = desks_on_each
    with desks.on("2022-06-20"):
        number, code = pointed_out(desks)
        waits, _ = pointed_out(desks)
        assert sends(desks, number, text="现在打得通。") == 303
    with desks.on(ENDED):
        assert sends(desks, number, "/correction", text="换了号码。") == 303
    before = stored(desks, number)
    assert night(desks, GOES - DAY) == 0
    assert has_box(desks, number)
    assert night(desks, GOES) == 1

    gone = stored(desks, number)
    assert (gone.sealed_words, gone.sealed_page, gone.sealed_answer) == (b"", None, None)
    assert (gone.outcome, gone.answered_at, gone.destroyed_on) == (
        before.outcome,
        before.answered_at,
        GOES,
    )
    assert not has_box(desks, number)
    with desks.deployment.database.reading() as session:
        assert session.scalars(select(EarlierAnswer.sealed)).all() == [b""]
    assert names(desks).count("mistake_destroyed") == 1
    # What nobody has answered yet is never destroyed.
    night(desks, date(2030, 1, 1))
    assert stored(desks, waits).sealed_words
    assert has_box(desks, waits)
    assert names(desks).count("mistake_destroyed") == 1
    _is_told_of_on_every_page(desks, number, code)


def _is_told_of_on_every_page(desks: Desks, number: str, code: str) -> None:
    with desks.on("2023-07-02"):
        own = show(desks.deployment.citizen(), code).text
        assert "2023年7月1日已经销毁" in own
        assert "改好了" in own
        assert WORDS not in own
        assert (
            "2023年7月1日，写的、答复的都销毁了"
            in desks.get("publisher", f"{MISTAKES}/{number}").text
        )
        assert number in desks.get("publisher", MISTAKES).text
        assert sends(desks, number, "/correction", text="再改。") == 404


def test_no_byte_of_it_is_left(desks: Desks) -> None:
    with desks.on(ENDED):
        number, _ = pointed_out(desks)
        sends(desks, number, text="现在打得通。")
        sends(desks, number, "/correction", text="换了号码。")
        one = stored(desks, number)
        with desks.deployment.database.reading() as session:
            first = session.scalars(select(EarlierAnswer.sealed)).one()
        sealed = (one.sealed_words, one.sealed_page, one.sealed_answer, first)
        pieces = {blob[-24:] for blob in sealed if blob}
    assert (len(pieces), left_in(on_disk(desks), pieces)) == (4, 4)
    assert night(desks, GOES) == 1
    assert left_in(on_disk(desks), pieces) == 0


def test_what_became_a_case_goes_with_it(desks: Desks) -> None:
    with desks.on(ENDED):
        number, _ = pointed_out(desks)
        other = desks.case(NOISE)
        kept = boxes_of(desks, other)
        desks.at("office")
        with desks.deployment.database.writing() as session:
            by = desks.deployment.staff_id(session, "office")
            mistake = session.scalars(select(SiteMistake)).one()
            made = register_as_case(session, mistake, Kind.CONSULTATION, by=by).number
        desks.change(made, state=State.WITHDRAWN)
        assert has_box(desks, number)
        with desks.deployment.database.writing() as session:
            case = session.scalars(select(Case).where(Case.number == made)).one()
            destroy(session, case, reason=Reason.WITHDRAWN, by=None)
    assert not has_box(desks, number)
    assert stored(desks, number).destroyed_on == date(2022, 7, 1)
    assert boxes_of(desks, other) == kept
