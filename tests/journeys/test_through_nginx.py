"""Citizens come through the nginx that we ship: what isn't well-formed never reaches the product,
who is slow holds up nobody, and where anybody came from is written down nowhere."""

from __future__ import annotations

import re
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from ipaddress import IPv4Address
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from portal.campaign.book import book
from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS, Deployment
from tests.journeys.front import WAYS, Front, traces
from tests.journeys.test_no_file_lies_open import writable
from tests.patience import PATIENCE
from tests.running import Running, hidden_fields
from tests.services.nginx import PUBLIC_NAME, STAFF_NAME, Nginx
from tests.services.ports import free_port
from tests.services.required import nginx_lacks, required
from tests.templates import Templates
from tests.watching_folders import WatchedFolders

HOST = f"Host: {PUBLIC_NAME}\r\n"
WORDS = "我妈的高龄津贴三个月没发了"
ADDRESSES = ["127.0.77.21", "127.0.77.38", "127.0.77.155"]
HELD_UP = 40
# Of the public site: two processes with four each.
THREADS = 8
MOST_BODY = 70 * 1024 * 1024
# What hides a second request in a first one, or is none at all.
MALFORMED = {
    "length and chunks": f"POST / HTTP/1.1\r\n{HOST}Content-Length: 4\r\n"
    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /policies HTTP/1.1\r\n",
    "two lengths": f"POST / HTTP/1.1\r\n{HOST}Content-Length: 0\r\nContent-Length: 44\r\n\r\n"
    f"GET /policies HTTP/1.1\r\n{HOST}\r\n",
    "a strange length": f"POST / HTTP/1.1\r\n{HOST}Content-Length: +4\r\n\r\nabcd",
    "strange chunks": f"POST / HTTP/1.1\r\n{HOST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "no host": "GET / HTTP/1.1\r\n\r\n",
    "two hosts": f"GET / HTTP/1.1\r\n{HOST}Host: elsewhere.example\r\n\r\n",
    "a zero in a header": f"GET / HTTP/1.1\r\n{HOST}X-Name: a\0b\r\n\r\n",
    "no request": "这不是请求\r\n\r\n",
    "a long address": f"GET /{'a' * 9_000} HTTP/1.1\r\n{HOST}\r\n",
    "100 kB of headers": f"GET / HTTP/1.1\r\n{HOST}{'X-Much: ' + 'a' * 4_000}\r\n" * 25 + "\r\n",
    "TRACE": f"TRACE / HTTP/1.1\r\n{HOST}\r\n",
    "DELETE": f"DELETE /policies HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n",
    "OPTIONS": f"OPTIONS * HTTP/1.1\r\n{HOST}\r\n",
}


@pytest.fixture(scope="module")
def deployment(
    templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    """A deployment of these tests alone."""
    required(nginx_lacks())
    folder = tmp_path_factory.mktemp("front") / "data"
    with templates.copy(CAMPAIGNS / "jianghan-2022", "sqlite", folder, **TWILIO) as made:
        yield made


@pytest.fixture(scope="module")
def front(deployment: Deployment) -> Iterator[Front]:
    """It runs behind the shipped nginx, whose files lie in memory as the guide says."""
    memory = "/dev/shm" if Path("/dev/shm").exists() else None  # noqa: S108  # A private folder.
    with TemporaryDirectory(prefix="huimin-front-", dir=memory) as name, ExitStack() as stack:
        folder = Path(name)
        (folder / "tmp").mkdir()
        port = free_port()
        running = Running(
            deployment,
            public_port=port,
            more={
                "TRUSTED_PROXIES": "1",
                "PUBLIC_URL": f"https://localhost:{port}",
                "TMPDIR": str(folder / "tmp"),
            },
        )
        stack.enter_context(running)
        nginx = Nginx(folder / "nginx", running.public_port, running.staff_port)
        stack.enter_context(nginx)
        assert deployment.run("error-pages", str(nginx.pages)).output == "ok, 3 pages\n"
        yield Front(nginx, running)


def answers_in(said: bytes) -> list[int]:
    """The status of each answer in what a connection said."""
    return [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3})", said)]


def test_who_comes_by_tls_is_served(front: Front) -> None:
    with front.citizen(ADDRESSES[0]) as citizen:
        home = citizen.client.get("/")
        number, code = citizen.send({**citizen.form("complaint"), "words": WORDS}, "complaint")

        assert number in citizen.progress(code)
    assert home.status_code == 200
    assert home.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert home.headers["Server"] == "nginx"


def test_without_tls_readers_are_led_on_and_what_is_sent_is_refused(front: Front) -> None:
    address, named = f"http://127.0.0.1:{front.nginx.plain_port}", {"Host": PUBLIC_NAME}
    led_on = httpx.get(f"{address}/policies?q=1", headers=named)
    assert (led_on.status_code, led_on.headers["Location"]) == (
        301,
        f"https://{PUBLIC_NAME}/policies?q=1",
    )
    for path in ("/sms/twilio", "/sms/gateway", "/report/complaint", "/progress"):
        assert httpx.post(address + path, headers=named, data={"words": WORDS}).status_code == 405
    with pytest.raises(httpx.TransportError):
        httpx.get(address, headers={"Host": STAFF_NAME})


STRONG = re.compile(r"ECDHE-\w+-(AES\d+-GCM-SHA\d+|CHACHA20-POLY1305)")
OLD = ("-cipher", "ALL:COMPLEMENTOFALL:@SECLEVEL=0")


@contextmanager
def an_old_server(nginx: Nginx) -> Iterator[int]:
    """Somebody who still speaks what we refuse, so that a refusal isn't only the client's."""
    port, beside = free_port(), nginx.folder / "tls" / "hotline"
    with subprocess.Popen(
        [
            *("openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-www", *OLD),
            *("-cert", beside.with_suffix(".pem"), "-key", beside.with_suffix(".key")),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            yield port
        finally:
            server.kill()


def test_old_versions_and_weak_suites_are_refused(front: Front) -> None:
    takes = front.nginx.shakes_hands
    known = subprocess.run(
        ["openssl", "ciphers", "-s", "-tls1_2", OLD[1]], capture_output=True, text=True, check=True
    )
    suites = known.stdout.strip().split(":")
    weak = ":".join(one for one in suites if not STRONG.fullmatch(one))
    with an_old_server(front.nginx) as old:
        deadline = time.monotonic() + PATIENCE
        while not takes("-tls1_2", port=old) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert takes("-tls1_1", *OLD, port=old)
        assert takes("-tls1_2", "-cipher", f"{weak}:@SECLEVEL=0", port=old)
    assert [takes(version, *OLD) for version in ("-tls1", "-tls1_1")] == [False, False]
    assert takes("-tls1_3")
    assert not takes("-tls1_2", "-cipher", f"{weak}:@SECLEVEL=0")
    # The test's certificate has an elliptic key; the suites for RSA are the same three.
    ours = [one for one in suites if STRONG.fullmatch(one) and "ECDSA" in one]
    assert [takes("-tls1_2", "-cipher", one) for one in ours] == [True] * 3


@pytest.mark.parametrize("request_", MALFORMED.values(), ids=list(MALFORMED))
def test_what_is_malformed_is_answered_once(front: Front, request_: str) -> None:
    (status,) = answers_in(front.says(ADDRESSES[1], request_.encode()))

    assert status in {400, 405, 414, 501}


def test_who_asks_for_another_name_is_told_nothing(front: Front) -> None:
    said = front.says(ADDRESSES[1], b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n")

    assert said == b""


def test_the_staff_site_is_open_to_its_own_network_alone(front: Front) -> None:
    statuses = {}
    for address in (ADDRESSES[0], "127.0.0.1"):
        with front.citizen(address, asks=STAFF_NAME) as somebody:
            statuses[address] = somebody.client.get("/staff/sign-in").status_code

    assert statuses == {ADDRESSES[0]: 403, "127.0.0.1": 200}


def test_who_began_tls_for_one_site_doesnt_get_the_other(front: Front) -> None:
    """Somebody whom the district's gateway lets through to the public site, and who then asks for
    the staff's."""
    asked = f"GET /staff/sign-in HTTP/1.1\r\nHost: {STAFF_NAME}\r\nConnection: close\r\n\r\n"
    assert answers_in(front.says("127.0.0.1", asked.encode())) == [421]


def test_who_comes_by_tor_is_served_and_counted_by_his_circuit(front: Front) -> None:
    with socket.create_connection(("127.0.0.1", front.nginx.onion_port), timeout=PATIENCE) as line:
        line.sendall(
            b"PROXY TCP6 fc00:dead:beef:4dad::5 ::1 1 80\r\n"
            b"GET /policies HTTP/1.1\r\nHost: aaaa.onion\r\nConnection: close\r\n\r\n"
        )
        said = b"".join(iter(lambda: line.recv(65_536), b""))

    assert answers_in(said) == [200]


def test_a_body_may_be_so_long_and_no_longer(front: Front) -> None:
    head = f"POST /report/complaint HTTP/1.1\r\n{HOST}Content-Type: text/plain\r\n"
    longer = f"{head}Content-Length: {MOST_BODY + 1}\r\n\r\n"
    said = front.says(ADDRESSES[1], longer.encode())
    assert answers_in(said) == [413]
    assert "内容太大了，没收下" in said.decode()
    piece = b"100000\r\n" + b"a" * 1024 * 1024 + b"\r\n"
    endless = f"{head}Transfer-Encoding: chunked\r\n\r\n"
    assert answers_in(front.says(ADDRESSES[1], endless.encode(), *[piece] * 80)) in ([413], [])

    # The longest that is let through waits for its last byte.
    longest = f"{head}Content-Length: {MOST_BODY}\r\nExpect: 100-continue\r\n\r\n"
    with front.line(ADDRESSES[1]) as line:
        line.sendall(longest.encode())
        assert answers_in(line.recv(1_000)) == [100]


def test_one_address_leaves_room_and_a_village_sends_its_photographs(front: Front) -> None:
    """Of ten who send something from one address three may send much."""

    def begins(stack: ExitStack, address: str, sends: str) -> int:
        line = stack.enter_context(front.line(address))
        head = f"POST /report/complaint HTTP/1.1\r\n{HOST}{sends}\r\nExpect: 100-continue\r\n\r\n"
        line.sendall(head.encode())
        return answers_in(line.recv(1_000))[0]

    much, photograph = f"Content-Length: {MOST_BODY}", "Content-Length: 9999999"
    village, elsewhere = "127.0.77.70", "127.0.77.71"
    with ExitStack() as stack:
        assert [begins(stack, village, much) for _ in range(4)] == [100, 100, 100, 429]
        assert begins(stack, village, "Transfer-Encoding: chunked") == 429
        assert [begins(stack, village, photograph) for _ in range(8)] == [100] * 7 + [429]
        assert begins(stack, elsewhere, much) == 100


def test_all_who_send_much_leave_room_for_photographs(front: Front) -> None:
    with ExitStack() as stack:
        for sender in range(21):
            line = stack.enter_context(front.line(f"127.0.78.{sender // 3}"))
            head = f"POST /report/complaint HTTP/1.1\r\n{HOST}Content-Length: {MOST_BODY}\r\n"
            line.sendall(f"{head}Expect: 100-continue\r\n\r\n".encode())
            assert answers_in(line.recv(1_000)) == ([100] if sender < 20 else [429])
        with front.citizen(ADDRESSES[2]) as citizen:
            files = [("files", ("录音.mp3", b"\xff\xfb\x90\x64" + bytes(900_000)))]
            fields = {**citizen.form("complaint"), "words": WORDS}
            sent = citizen.client.post("/report/complaint", data=fields, files=files)
            assert sent.status_code in {200, 422}


@contextmanager
def slow_ones(front: Front) -> Iterator[Callable[[], int]]:
    """Forty who are in the middle of saying what they want: half in the head, half in the body.
    Called, each who is in the body says one more letter; how many could. Where the machine is busy
    some were too slow for nginx itself."""
    head = f"POST /report/complaint HTTP/1.1\r\n{HOST}Content-Length: 1000\r\n".encode()
    with ExitStack() as stack:
        lines = [
            stack.enter_context(front.line(f"127.0.77.{number}"))
            for number in range(1, 1 + HELD_UP)
        ]
        for number, line in enumerate(lines):
            line.sendall(head if number % 2 else head + b"\r\nwords=")

        def say_more() -> int:
            held = 0
            for line in lines[::2]:
                with suppress(OSError):
                    line.sendall(b"a")
                    held += 1
            return held

        yield say_more


def test_who_is_slow_holds_up_nobody(front: Front) -> None:
    """Twenty would hold all threads of the product for ten seconds if each had one."""
    with slow_ones(front) as say_more, front.citizen(ADDRESSES[0]) as citizen:
        assert say_more() > THREADS
        citizen.client.get("/")
        for _ in range(5):
            say_more()
            began = time.monotonic()
            assert citizen.client.get("/report/complaint").status_code == 200
            assert time.monotonic() - began < 8


def test_nobody_names_himself_or_uses_up_the_limit_of_others(front: Front) -> None:
    def looks(address: str, claimed: str) -> int:
        with front.citizen(address) as citizen:
            found = citizen.client.post(
                "/distributions",
                data={**hidden_fields(citizen.client.get("/distributions").text), "name": "王小明"},
                headers={"X-Forwarded-For": claimed, "Forwarded": f"for={claimed}"},
            )
        return found.status_code

    assert [looks("127.0.77.60", f"203.0.113.{n}") for n in range(31)] == [200] * 30 + [429]
    assert looks("127.0.77.61", "127.0.77.60") == 200


@contextmanager
def a_table_is_gone(deployment: Deployment, table: str) -> Iterator[None]:
    """What the product has to read isn't there."""
    file = deployment.settings.database_dir / "huimin.db"
    for old, new in ((table, f"{table}_gone"), (f"{table}_gone", table)):
        with closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA legacy_alter_table = ON")
            database.execute(f'ALTER TABLE "{old}" RENAME TO "{new}"')
            database.commit()
        if old == table:
            yield


def test_an_address_is_seen_however_it_is_written_down() -> None:
    for way, written in WAYS.items():
        content = b"".join(b"a\0" + written(IPv4Address(one)) for one in ADDRESSES)
        assert f"{way}: {ADDRESSES}" in traces(content, ADDRESSES)


def test_where_anybody_came_from_is_written_down_nowhere(
    front: Front, deployment: Deployment
) -> None:
    with deployment.database.reading() as session:
        hotline = book(session).campaign.hotline
    folders = [deployment.settings.data_dir, *writable(deployment, front.running)]
    with WatchedFolders({*folders, front.nginx.folder, front.nginx.folder.parent / "tmp"}) as seen:
        for address in ADDRESSES:
            with front.citizen(address) as citizen:
                photo = ("files", ("照片.jpg", b"\xff\xd8" + b"a" * 300_000))
                sent = citizen.client.post(
                    "/report/complaint",
                    data={**citizen.form("complaint"), "words": WORDS},
                    files=[photo],
                )
                assert sent.status_code in {200, 422}
                looked = [
                    citizen.client.post("/distributions", data={"name": "王小明"}).status_code
                    for _ in range(31)
                ]
                assert looked[-1] == 429
                with a_table_is_gone(deployment, "spot_check_record"):
                    assert citizen.client.get("/spot-checks").status_code >= 500
            for request in MALFORMED.values():
                front.says(address, request.encode())
        # The last test of this file: nothing stands behind nginx any more.
        front.running.kill()
        for address in ADDRESSES:
            with front.citizen(address) as citizen:
                away = citizen.client.get("/policies")
                assert away.status_code in {502, 504}
                assert hotline in away.text
        # Where the product never wrote its pages an error is one all the same.
        for page in front.nginx.pages.iterdir():
            page.unlink()
        with front.citizen(ADDRESSES[0]) as citizen:
            bare = citizen.client.get("/policies")
            assert bare.status_code in {502, 504}
            assert "这一步没有办成" in bare.text
            assert bare.headers["Cache-Control"] == "no-store"
        written = seen.contents() | {"the log": front.running.log.encode()}

    assert b"OperationalError" in written["the log"]
    assert {name: found for name in written if (found := traces(written[name], ADDRESSES))} == {}
