"""The provider's bad days: he refuses, is late, takes a text and says nothing, and reports on what
he took late, twice and out of order."""

from __future__ import annotations

import threading
import time
from random import Random

import httpx

from tests.fakes import Twilio
from tests.soak.world import World
from tests.text_provider import Mood, Refusal

_MOODS: tuple[Mood | Refusal, ...] = (
    Mood.TAKE,
    Mood.DROP_AFTER_TAKING,
    Mood.DROP_UNTAKEN,
    Mood.LATE,
    Mood.BABBLE,
    Refusal(429, "20429"),
    Refusal(503, "20503"),
)
_WEIGHTS = (60, 8, 6, 10, 4, 6, 6)
_STATUSES = ("queued", "sent", "delivered")


def misbehave(world: World, which: int, many: int) -> None:
    """Draw how the provider treats the next texts, and questions about them."""
    chance = world.plan.chance("moods", which)
    world.provider.moods.extend(chance.choices(_MOODS, _WEIGHTS, k=many))
    world.provider.look_up_moods.extend(chance.choices(_MOODS, _WEIGHTS, k=many))


def behave(world: World) -> None:
    """From now on the provider is well again."""
    world.provider.moods.clear()
    world.provider.look_up_moods.clear()


def report_during(world: World, which: int) -> threading.Thread:
    """Let the provider report as long as the round lasts."""
    thread = threading.Thread(target=_report, args=(world, which))
    thread.start()
    return thread


def _report(world: World, which: int) -> None:
    chance = world.plan.chance("reports", which)
    with httpx.Client(timeout=15) as client:
        while world.busy.is_set():
            taken = list(world.provider.taken)
            if taken:
                _report_one(world, client, chance, chance.choice(taken))
            time.sleep(0.05)


def _report_one(world: World, client: httpx.Client, chance: Random, one: dict[str, str]) -> None:
    twilio, address = Twilio(world.settings), one["status_callback"]
    form = {
        "AccountSid": world.settings.twilio_account_sid,
        "MessageSid": one["sid"],
        "SmsSid": one["sid"],
        "MessageStatus": chance.choice(_STATUSES),
    }
    path = address.removeprefix(world.settings.public_url)
    headers = twilio.headers(form, path=path)
    for _ in range(chance.choice((1, 1, 2))):
        try:
            answer = client.post(address, data=form, headers=headers)
        except httpx.HTTPError:
            return
        if answer.status_code not in {204, 503}:
            world.count(f"reports answered {answer.status_code}")
