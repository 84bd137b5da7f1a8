"""The public process can write reports and can't read the keys, whoever runs it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from admin.system.confinement import allowances
from admin.system.launcher import port_of
from portal.foundation.landlock import NoLandlock, confine
from portal.foundation.settings import Settings
from portal.publicity.fonts import font_folder
from tests.patience import PATIENCE
from tests.services.required import required

CHECKOUT = Path(__file__).resolve().parents[3]


def landlock_is_here() -> bool:
    """Whether this kernel can confine; tried in a child, since it is for good."""
    child = os.fork()
    if child == 0:
        try:
            confine(())
        except NoLandlock:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


@pytest.fixture(autouse=True, scope="module")
def landlock() -> None:
    """Skip here, and fail on a build machine, where the kernel can't confine."""
    required(None if landlock_is_here() else "The confinement can't be tested: no Landlock here.")


class Confined:
    """A deployment's folders, and a Python confined as its public process."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.scratch = folder / "scratch"
        self.settings = Settings.from_environment({"DATA_DIR": str(folder / "data"), **environment})
        for made in (self.scratch, self.settings.database_dir, self.settings.shared_dir):
            made.mkdir(parents=True)
        for key in (self.settings.master_key_file, self.settings.secret_key_file):
            key.parent.mkdir(parents=True, exist_ok=True)
            key.write_bytes(b"k" * 32)

    def says(self, code: str, *arguments: str) -> str:
        """What the code prints, or the last line of its complaint."""
        allowed = tuple(allowances(self.settings, CHECKOUT, self.scratch))
        done = subprocess.run(
            (sys.executable, "-c", code, *arguments),
            cwd=CHECKOUT,
            env={**os.environ, "TMPDIR": str(self.scratch)},
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: confine(allowed),
        )
        return (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()[-1]


_POSTER = """
import sys
from pathlib import Path
from portal.publicity.pdf import sheet_pdf
from portal.publicity.sheet import Sheet
from portal.publicity.sheet_words import Passage, SheetWords, Way
none = Passage("", [])
words = SheetWords(
    ["标题"], "街道", "", [], Way("", "", ""), "", "", [], ["一句"], "", none, none, "", "", ""
)
picture = "<svg xmlns='http://www.w3.org/2000/svg'/>"
print(sheet_pdf(Sheet.COUNTER_CARD, words, picture, Path(sys.argv[1]))[:5])
"""


@pytest.fixture
def public() -> Iterator[Confined]:
    """The public process of a fresh deployment."""
    with tempfile.TemporaryDirectory() as folder:
        yield Confined(Path(folder))


def test_the_master_key_is_closed(public: Confined) -> None:
    assert public.settings.master_key_file.read_bytes()
    assert "PermissionError" in public.says(f"open({str(public.settings.master_key_file)!r})")


def test_the_staff_side_cannot_be_imported(public: Confined) -> None:
    assert "PermissionError" in public.says("import admin")
    assert "PermissionError" in public.says("import admin.system.confinement")


@pytest.mark.skipif(font_folder(Path("/usr/share/fonts")) is None, reason="no Chinese font")
def test_a_poster_is_set_within_the_walls(public: Confined) -> None:
    assert public.says(_POSTER, str(font_folder(public.settings.fonts_dir))) == "b'%PDF-'"


def test_a_link_or_a_child_process_opens_nothing(public: Confined) -> None:
    key = str(public.settings.master_key_file)
    link = str(public.settings.database_dir / "link")
    assert "PermissionError" in public.says(
        f"import os; os.symlink({key!r}, {link!r}); open({link!r})"
    )
    said = public.says(f"import subprocess; print(subprocess.run(['cat', {key!r}]).returncode)")
    assert said == "1"


@pytest.mark.parametrize("closed", ["/etc/shadow", "/root", "/proc/1/environ", "/var/log", "/home"])
def test_other_files_of_the_machine_are_closed(public: Confined, closed: str) -> None:
    act = "os.listdir" if Path(closed).is_dir() else "open"
    assert "PermissionError" in public.says(f"import os; {act}({closed!r})")


def test_code_and_templates_cannot_be_changed(public: Confined) -> None:
    assert "PermissionError" in public.says("open('wsgi.py', 'a')")
    assert "PermissionError" in public.says("open('portal/static/new.css', 'w')")


def test_the_database_can_be_written(public: Confined) -> None:
    code = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("CREATE TABLE report (words TEXT)")
connection.execute("INSERT INTO report VALUES ('written')")
connection.commit()
print(connection.execute("SELECT words FROM report").fetchone()[0])
"""
    assert public.says(code, str(public.settings.database_dir / "huimin.db")) == "written"


def test_what_the_site_needs_works(public: Confined) -> None:
    code = f"""
import os, ssl, socket, tempfile, zoneinfo
import flask, sqlalchemy, nacl.public, psycopg
import portal.foundation.limits
open({str(public.settings.secret_key_file)!r}, "rb").read()
ssl.create_default_context()
zoneinfo.ZoneInfo("Asia/Shanghai")
socket.getaddrinfo("localhost", 80)
tempfile.TemporaryFile().write(b"x")
open(os.devnull, "w").write("x")
os.urandom(8)
print("all of it")
"""
    assert public.says(code) == "all of it"


def test_a_file_is_cleaned_behind_the_walls(public: Confined) -> None:
    code = """
import io, sys
from pathlib import Path
from PIL import Image
from intake.attachments.cleaning import clean
from intake.attachments.file_type import FileType, recognise_whole
file = io.BytesIO()
Image.new("RGB", (9, 9)).save(file, "JPEG")
made = clean(file.getvalue(), FileType.JPEG, lock_folder=Path(sys.argv[1]))
print(recognise_whole(made))
"""
    assert public.says(code, str(public.settings.database_dir)) == "jpeg"


def test_a_database_elsewhere_is_open_too() -> None:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        file = f"{other}/own.db"
        public = Confined(Path(folder), DATABASE_URL=f"sqlite:///{file}")
        code = f"import sqlite3; print(sqlite3.connect({file!r}).execute('VACUUM') is not None)"
        assert public.says(code) == "True"


def test_a_socket_of_the_database_can_be_reached(public: Confined) -> None:
    with tempfile.TemporaryDirectory() as other:
        address = f"{other}/.s.PGSQL.5432"
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(address)
            server.listen()
            code = (
                f"import socket; socket.socket(socket.AF_UNIX).connect({address!r}); print('met')"
            )
            assert public.says(code) == "met"


def test_other_processes_cannot_be_signalled_or_traced(public: Confined) -> None:
    assert "PermissionError" in public.says(f"import os; os.kill({os.getpid()}, 0)")
    attach = "import ctypes; print(ctypes.CDLL(None).ptrace(16, {}, 0, 0))"
    assert public.says(attach.format(os.getpid())) == "-1"


def test_no_core_is_dumped(public: Confined) -> None:
    assert (
        public.says("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))") == "(0, 0)"
    )


def test_the_launcher_s_ports_follow_the_addresses() -> None:
    assert port_of("http://127.0.0.1:8123", 8000) == 8123
    assert port_of("http://localhost", 8000) == 8000
    assert port_of("https://huimin.example.cn:444", 8000) == 8000


def test_a_malformed_request_leaves_no_address_and_no_words_in_the_log(tmp_path: Path) -> None:
    (tmp_path / "tiny_site.py").write_text(
        "def app(environ, start): start('204 No', []); return []"
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ("-b", f"127.0.0.1:{port}", "--pythonpath", str(tmp_path), "tiny_site:app")
    settings = "admin/system/gunicorn_settings.py"
    server = subprocess.Popen(
        (sys.executable, "-m", "gunicorn", "-c", settings, *options),
        cwd=CHECKOUT,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        answer = ask(server, port, "举报民意街道\r\n\r\n".encode())
    finally:
        server.terminate()
    said = server.communicate(timeout=PATIENCE)[1]
    assert b" 400 " in answer
    assert "Invalid request: Invalid HTTP request line" in said
    assert "127.0.77.9" not in said
    assert "xe4" not in said
    assert "举报" not in said


def ask(server: subprocess.Popen[str], port: int, data: bytes) -> bytes:
    """What a server that is just starting answers to a citizen at 127.0.77.9."""
    deadline = monotonic() + PATIENCE
    while server.poll() is None and monotonic() < deadline:
        try:
            with socket.create_connection(
                ("127.0.0.1", port), PATIENCE, source_address=("127.0.77.9", 0)
            ) as client:
                client.sendall(data)
                return client.recv(100)
        except ConnectionRefusedError:
            sleep(0.1)
    raise TimeoutError
