"""Limits are exact across processes, don't know the client, and fail as each door should."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_limiter.errors import RateLimitExceeded

from portal.foundation import clock
from portal.foundation.client import OwnSalt, SharedSalt, client_key, keyed, sender_key, share_salt
from portal.foundation.limits import DOORS, Limits, limits
from portal.foundation.limits_storage import SqliteStorage, address_of
from portal.foundation.settings import Settings
from tests.services.redis import Redis

NOON = datetime(2022, 6, 1, 4, 0, tzinfo=UTC)


def make_app(folder: Path, **environment: str) -> Flask:
    """A small application with one guarded door."""
    settings = Settings.from_environment({"DATA_DIR": str(folder), **environment})
    app = Flask("door")
    limits.init_app(app, settings)

    @app.route("/", methods=["GET", "POST"])
    @limits.guard("a door", "2 per minute")
    def door() -> str:
        return client_key()

    @app.errorhandler(RateLimitExceeded)
    def refused(refusal: RateLimitExceeded) -> tuple[str, int]:
        return str(refusal.retry_after), 429

    return app


@pytest.fixture(autouse=True)
def salt_of_this_machine() -> Iterator[None]:
    """Whatever a test shares, the next one starts with this machine's own salt."""
    yield
    share_salt(None)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The small application, with its counts in a fresh folder."""
    app = make_app(tmp_path)
    with app.app_context():
        yield app


def spoil(folder: Path) -> None:
    """Make the folder of the counts a file, so that nothing can be counted."""
    (folder / "database").write_text("in the way")


def hit_often(file: str, times: int, done: multiprocessing.Queue[int]) -> None:
    """One process of several that share the counts."""
    storage = SqliteStorage(address_of(Path(file)))
    done.put(sum(storage.acquire_entry("one key", 10, 60) for _ in range(times)))


def test_four_processes_let_exactly_the_limit_through(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    done = context.Queue()
    file = str(tmp_path / "limits.db")
    several = [context.Process(target=hit_often, args=(file, 20, done)) for _ in range(4)]
    for process in several:
        process.start()
    passed = [done.get(timeout=60) for _ in several]
    for process in several:
        process.join()
    assert sum(passed) == 10


def test_a_connection_from_before_a_fork_is_not_used_after_it(tmp_path: Path) -> None:
    storage = SqliteStorage(address_of(tmp_path / "limits.db"))
    assert storage.acquire_entry("key", 2, 60)
    context = multiprocessing.get_context("fork")
    done = context.Queue()
    child = context.Process(target=lambda: done.put(storage.acquire_entry("key", 2, 60)))
    child.start()
    assert done.get(timeout=60) is True
    child.join()
    assert storage.acquire_entry("key", 2, 60) is False


def test_a_refusal_says_when_it_ends_and_ends_then(app: Flask) -> None:
    with clock.stopped_at(NOON):
        assert limits.hit("door", "someone", amount=1, per_seconds=60).allowed
        refused = limits.hit("door", "someone", amount=1, per_seconds=60)
        assert (refused.allowed, refused.retry_after) == (False, 60)
        assert limits.hit("door", "someone else", amount=1, per_seconds=60).allowed
    with clock.stopped_at(NOON + timedelta(seconds=59)):
        assert limits.hit("door", "someone", amount=1, per_seconds=60).retry_after == 1
    with clock.stopped_at(NOON + timedelta(seconds=61)):
        assert limits.hit("door", "someone", amount=1, per_seconds=60).allowed


def test_testing_counts_nothing(app: Flask) -> None:
    for _ in range(3):
        assert limits.test("door", "someone", amount=1, per_seconds=60).allowed
    assert limits.hit("door", "someone", amount=1, per_seconds=60).allowed
    assert not limits.test("door", "someone", amount=1, per_seconds=60).allowed


def test_a_door_of_the_table_has_all_its_windows(app: Flask) -> None:
    per_minute, per_hour = DOORS["query-code"].windows
    tried = 0
    with clock.stopped_at(NOON):
        for minute in range(10):
            with clock.stopped_at(NOON + timedelta(minutes=2 * minute)):
                while limits.hit("query-code", "someone").allowed:
                    tried += 1
                    assert tried % per_minute.amount or tried <= per_hour.amount
    assert tried == per_hour.amount


def test_a_guard_limits_what_is_sent_and_not_what_is_read(app: Flask) -> None:
    client = app.test_client()
    assert [client.post("/").status_code for _ in range(3)] == [200, 200, 429]
    assert 0 < int(client.post("/").text) <= 60
    assert [client.get("/").status_code for _ in range(3)] == [200, 200, 200]
    other = {"REMOTE_ADDR": "127.0.77.2"}
    assert client.post("/", environ_overrides=other).status_code == 200


def test_unguarded_pages_pass_no_hook_of_the_limiter(app: Flask) -> None:
    assert not app.before_request_funcs
    assert not app.after_request_funcs


def test_citizens_pass_and_signing_in_is_closed_when_nothing_can_be_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(tmp_path)
    spoil(tmp_path)
    with app.app_context():
        assert limits.hit("report", "someone").allowed
        assert limits.test("report", "someone").allowed
        closed = limits.hit("sign-in-name", "someone", amount=5, per_seconds=600)
        assert not closed.allowed
        assert closed.retry_after > 0
    assert [app.test_client().post("/").status_code for _ in range(4)] == [200] * 4
    assert len([line for line in caplog.messages if "can't be counted" in line]) == 1


def test_doors_that_fail_closed_are_not_guarded() -> None:
    with pytest.raises(ValueError, match="fails closed"):
        limits.guard("sign-in-name")


def test_a_spoilt_file_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "limits.db"
    storage = SqliteStorage(address_of(file))
    assert storage.acquire_entry("key", 1, 60)
    for left in tmp_path.iterdir():
        left.write_bytes(b"no database at all" * 1000)
    fresh = SqliteStorage(address_of(file))
    assert fresh.acquire_entry("key", 1, 60)
    assert fresh.acquire_entry("key", 1, 60) is False


def test_what_has_expired_is_swept(tmp_path: Path) -> None:
    file = tmp_path / "limits.db"
    storage = SqliteStorage(address_of(file))
    with clock.stopped_at(NOON):
        for number in range(50):
            assert storage.acquire_entry(f"client {number}", 1, 60)
    with clock.stopped_at(NOON + timedelta(minutes=2)):
        assert storage.acquire_entry("client", 1, 60)
    assert sqlite3.connect(file).execute("SELECT count(*) FROM hit").fetchone() == (1,)


def test_a_clock_that_was_set_back_shuts_nobody_out(tmp_path: Path) -> None:
    storage = SqliteStorage(address_of(tmp_path / "limits.db"))
    with clock.stopped_at(NOON + timedelta(days=1)):
        assert storage.acquire_entry("key", 1, 60)
    with clock.stopped_at(NOON):
        assert storage.get_moving_window("key", 1, 60) == (NOON.timestamp(), 0)
        assert storage.acquire_entry("key", 1, 60)
        assert storage.acquire_entry("key", 1, 60) is False
    # Set back a little, it still counts.
    with clock.stopped_at(NOON - timedelta(seconds=30)):
        assert storage.acquire_entry("key", 1, 60) is False


def test_the_plain_counter_keeps_its_first_expiry(tmp_path: Path) -> None:
    storage = SqliteStorage(address_of(tmp_path / "limits.db"))
    with clock.stopped_at(NOON):
        assert storage.incr("key", 60) == 1
    with clock.stopped_at(NOON + timedelta(seconds=30)):
        assert storage.incr("key", 60, 2) == 3
        assert storage.get_expiry("key") == (NOON + timedelta(seconds=60)).timestamp()
        storage.clear("key")
        assert storage.get("key") == 0
        assert storage.check()


def test_no_address_and_no_number_reaches_the_file(app: Flask, tmp_path: Path) -> None:
    app.test_client().post("/", environ_overrides={"REMOTE_ADDR": "127.0.77.31"})
    limits.hit("text-sender", limits.sender_key("+8613800138000"))
    limits.hit("sign-in-name", "wangwei", amount=5, per_seconds=600)
    held = b"".join(file.read_bytes() for file in (tmp_path / "database").iterdir())
    for trace in (b"127.0.77.31", b"7f004d1f", b"13800138000", b"wangwei"):
        assert trace not in held


def test_keys_differ_by_purpose_person_and_day() -> None:
    with clock.stopped_at(datetime(2040, 1, 1, 4, tzinfo=UTC)):
        today = keyed("client", "127.0.77.1")
        assert today == keyed("client", "127.0.77.1")
        assert today != keyed("client", "127.0.77.2")
        assert today != sender_key("127.0.77.1")
    with clock.stopped_at(datetime(2040, 1, 2, 4, tzinfo=UTC)):
        assert today != keyed("client", "127.0.77.1")


def test_the_salt_only_goes_forward() -> None:
    salt = OwnSalt()
    start = clock.today()
    first, later = salt.of(start), salt.of(start + timedelta(days=3))
    assert first != later
    assert salt.of(start) == later


def test_the_addresses_of_one_household_are_one_client(app: Flask) -> None:
    def key(address: str) -> str:
        with app.test_request_context(environ_overrides={"REMOTE_ADDR": address}):
            return client_key()

    assert key("2001:db8:1:2::3") == key("2001:db8:1:2:ffff::9")
    assert key("2001:db8:1:2::3") != key("2001:db8:1:3::3")
    # Tor's service names each circuit by an address of one network.
    assert key("fc00:dead:beef:4dad::5") != key("fc00:dead:beef:4dad::6")
    assert key("::ffff:127.0.77.1") == key("127.0.77.1")


def test_exactly_the_trusted_proxies_are_believed(tmp_path: Path) -> None:
    def key(app: Flask, forwarded: str) -> str:
        return app.test_client().get("/", headers={"X-Forwarded-For": forwarded}).text

    nobody = make_app(tmp_path)
    assert key(nobody, "192.0.2.1") == key(nobody, "192.0.2.2")
    one = make_app(tmp_path, TRUSTED_PROXIES="1")
    assert key(one, "192.0.2.1") != key(one, "192.0.2.2")
    # What the client itself wrote in front of the proxy's word is not believed.
    assert key(one, "192.0.2.7, 192.0.2.1") == key(one, "192.0.2.8, 192.0.2.1")


class SaltServer:
    """Stands in for Redis: two commands and a switch."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.expiry: dict[str, int] = {}
        self.reachable = True

    def set(self, name: str, value: bytes, *, nx: bool, ex: int) -> None:
        """SET NX EX."""
        if not self.reachable:
            raise ConnectionError("unreachable")
        assert nx
        self.held.setdefault(name, value)
        self.expiry[name] = ex

    def get(self, name: str) -> bytes:
        """GET."""
        return self.held[name]


def test_several_machines_share_a_salt_that_expires() -> None:
    server, day = SaltServer(), date(2022, 6, 1)
    assert SharedSalt(server).of(day) == SharedSalt(server).of(day)
    assert list(server.expiry.values()) == [90_000]


def test_a_machine_alone_uses_its_own_salt_until_the_server_is_back() -> None:
    server, day = SaltServer(), date(2022, 6, 1)
    server.reachable = False
    with clock.stopped_at(NOON):
        salt = SharedSalt(server)
        alone = salt.of(day)
        server.reachable = True
        assert salt.of(day) == alone
    with clock.stopped_at(NOON + timedelta(minutes=1)):
        assert salt.of(day) == next(iter(server.held.values()))


def test_a_clock_that_was_set_back_keeps_no_machine_from_the_common_salt() -> None:
    server, day = SaltServer(), date(2022, 6, 1)
    server.reachable = False
    salt = SharedSalt(server)
    with clock.stopped_at(NOON + timedelta(days=1)):
        salt.of(day)
    server.reachable = True
    with clock.stopped_at(NOON):
        assert salt.of(day) == next(iter(server.held.values()))


def test_flask_limiter_says_nothing_about_a_refused_client(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for _ in range(4):
        app.test_client().post("/")
    assert "exceeded" not in caplog.text


def test_limits_are_set_up_by_the_last_application(tmp_path: Path) -> None:
    own = Limits()
    for folder in ("one", "two"):
        settings = Settings.from_environment({"DATA_DIR": str(tmp_path / folder)})
        own.init_app(Flask(folder), settings)
        assert own.hit("door", "someone", amount=1, per_seconds=60).allowed


@pytest.mark.parametrize("scheme", ["redis", "valkey"])
def test_several_machines_count_together_and_agree_on_keys(tmp_path: Path, scheme: str) -> None:
    with Redis() as server:
        url = server.url.replace("redis://", f"{scheme}://")
        machines = []
        for name in ("one", "two"):
            limits_there = Limits()
            settings = Settings.from_environment(
                {"DATA_DIR": str(tmp_path / name), "LIMITS_URL": url}
            )
            limits_there.init_app(Flask(name), settings)
            machines.append((limits_there, keyed("client", "127.0.77.1")))
        assert machines[0][1] == machines[1][1]
        passed = [
            machine.hit("door", key, amount=5, per_seconds=60).allowed
            for _ in range(5)
            for machine, key in machines
        ]
        assert sum(passed) == 5
    # The server is gone now.
    assert machines[0][0].hit("report", "someone").allowed
    assert not machines[0][0].hit("sign-in-name", "someone").allowed
