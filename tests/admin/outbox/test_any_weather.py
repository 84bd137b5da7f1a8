"""Whatever the provider does, in whatever order: no message reaches it twice that it took and can
still be asked for, and every message comes to an end."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, repeat

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admin.outbox.provider import OpenText, Outcome, Verdict
from intake.rules.sending import IN_HAND, TextState
from tests.admin.outbox.conftest import MORNING, PostRoom

# Whether the provider takes a message, and whether he gets to say so.
SENDING = st.sampled_from(["taken", "taken in silence", "lost in silence", "later", "never"])
LOOKING_UP = st.sampled_from(["says", "silent", "later"])


@dataclass
class Weather:
    """A provider whose answers are drawn; well-behaved once they are used up."""

    sends: list[str]
    looks: list[str]
    has: list[str] = field(default_factory=list)
    name: str = "weather"

    def __post_init__(self) -> None:
        self._sends = chain(self.sends, repeat("taken"))
        self._looks = chain(self.looks, repeat("says"))

    def send(self, opened: OpenText) -> Outcome:
        """Take a message, or don't."""
        how = next(self._sends)
        if how.startswith("taken"):
            self.has.append(opened.reference)
        return {
            "taken": Outcome(Verdict.TAKEN, f"id {len(self.has)}"),
            "later": Outcome(Verdict.LATER, code="429"),
            "never": Outcome(Verdict.NEVER, code="21211"),
        }.get(how, Outcome(Verdict.UNKNOWN))

    def find(self, opened: OpenText) -> Outcome:
        """Say whether it was taken, or don't."""
        how = next(self._looks)
        if how == "says" and opened.reference in self.has:
            return Outcome(Verdict.TAKEN, f"id {len(self.has)}")
        silence = {"later": Verdict.LATER, "silent": Verdict.UNKNOWN}
        return Outcome(silence.get(how, Verdict.NOT_THERE))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(SENDING, max_size=10), st.lists(LOOKING_UP, max_size=10))
def test_once_or_never_and_always_an_end(
    room: PostRoom, sends: list[str], looks: list[str]
) -> None:
    weather = Weather(sends, looks)
    room.provider, room.now, room.ceiling = weather, MORNING, 1_000_000
    number = room.answered(submission=f"weather {len(room.texts())}")
    for _ in range(40):
        room.send()
        room.later(hours=7)
    (text,) = room.texts(number)
    assert text.state not in IN_HAND
    assert weather.has.count(text.reference) <= 1
    if text.state is TextState.SENT:
        assert weather.has == [text.reference]
    if text.state is TextState.DEAD and text.error_code == "21211":
        assert weather.has == []
