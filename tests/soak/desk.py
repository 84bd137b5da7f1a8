"""Officers who sign for cases and ask their reporters something, so that notices go out."""

from __future__ import annotations

import threading
import time

from sqlalchemy.exc import SQLAlchemyError

from admin.desk import asking
from admin.desk.hand import SomebodyWasFaster
from intake.rules.lifecycle import MoveNotAllowed, State
from tests.admin.house import House
from tests.soak.submission import Door
from tests.soak.world import World

_QUESTION = "您说的是哪一个月？"
_PAUSE_SECONDS = 0.25


def work_during(world: World, house: House, asked: set[str]) -> threading.Thread:
    """Let an officer ask the reporters of cases that came by the form, each once, as long as the
    round lasts."""
    thread = threading.Thread(target=_work, args=(world, house, asked))
    thread.start()
    return thread


def _work(world: World, house: House, asked: set[str]) -> None:
    while world.busy.is_set():
        for one in list(world.submissions):
            told = one.told
            if one.door is Door.FORM and told and told.number not in asked:
                asked.add(told.number)
                with world.at_desk:
                    _ask(world, house, told.number)
                break
        time.sleep(_PAUSE_SECONDS)


def _ask(world: World, house: House, number: str) -> None:
    try:
        house.handle(number, to=State.ACCEPTED)
        house.act(number, lambda s, case, hand: asking.ask_reporter(s, case, hand, _QUESTION))
        world.count("questions asked")
    except (SQLAlchemyError, OSError, MoveNotAllowed, SomebodyWasFaster) as error:
        world.count(f"desk: {type(error).__name__}")
