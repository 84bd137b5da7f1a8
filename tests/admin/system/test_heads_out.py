"""A head of the chain that left the machine shows what the database alone can't: that it was put
back, or written anew from the first event."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from admin.system.doctor import findings
from admin.system.heads_out import carry_heads, last_heads
from admin.system.outside_head import in_groups
from intake.cases.daily_head import DailyHead
from intake.cases.event import Event, EventHead, SignedHead, head_part, record
from intake.vault import sealing
from intake.vault.key_files import following, read_key, read_pins
from intake.vault.vault import vault_of
from portal.foundation import clock
from tests.admin.desk.people import Desks
from tests.deployments import Deployment, copy_database
from tests.mail_server import Mood, mail_server


def note(deployment: Deployment, times: int) -> None:
    for _ in range(times):
        with deployment.database.writing() as session:
            record(session, "signed_in", way="code")


def carry(deployment: Deployment, *, after_days: int = 0) -> None:
    with clock.stopped_at(clock.now() + timedelta(days=after_days)):
        carry_heads(deployment.database, settings=deployment.settings)


def said(deployment: Deployment, *more: str) -> tuple[int, str]:
    result = deployment.run("verify-audit", *more)
    return result.exit_code, result.output.strip()


def test_a_head_leaves_once_a_day_and_only_its_owner_reads_the_file(deployment: Deployment) -> None:
    note(deployment, 5)
    carry(deployment)
    note(deployment, 1)
    carry(deployment)
    carry(deployment, after_days=1)
    file = deployment.settings.heads_file
    assert [line.split()[2] for line in file.read_text().splitlines()] == ["6", "7"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert said(deployment) == (0, "ok, 7 events, heads outside: 2")
    lines = file.read_text()
    file.write_text(lines.replace(lines.split()[4], "0" * 128))
    assert said(deployment)[0] == 2
    assert "signature of head 6" in said(deployment)[1]
    file.write_text(lines[:-10])
    assert said(deployment) == (2, "Line 2 of the heads isn't whole.")


def test_an_old_database_put_back_is_found(deployment: Deployment, tmp_path: Path) -> None:
    note(deployment, 3)
    carry(deployment)
    deployment.database.engine.dispose()
    database = deployment.settings.database_dir / "huimin.db"
    copy_database(database, tmp_path / "old.db")
    note(deployment, 4)
    carry(deployment, after_days=1)
    copy_database(tmp_path / "old.db", database)
    code, sentence = said(deployment)
    assert code == 2
    assert sentence.startswith("Event 5 is missing: head 8 left the machine")
    # Without the outside heads nobody would know.
    (tmp_path / "none.txt").write_text("")
    shutil.move(deployment.settings.heads_file, tmp_path / "heads.txt")
    assert said(deployment) == (0, "ok, 4 events, heads outside: 0")
    assert said(deployment, "--heads", str(tmp_path / "none.txt"))[0] == 2
    assert said(deployment, "--heads", str(tmp_path / "heads.txt")) == (2, sentence)


def test_a_chain_written_anew_is_found_and_where(on_each_database: Deployment) -> None:
    note(on_each_database, 3)
    carry(on_each_database)
    note(on_each_database, 3)
    carry(on_each_database, after_days=1)
    with on_each_database.database.writing() as session:
        digest = b"\x00" * 32
        for event in session.scalars(select(Event).order_by(Event.seq)).all():
            event.name = "enrolled" if event.seq == 6 else event.name
            event.digest = digest = event.digest_after(digest)
        session.execute(update(EventHead).values(digest=digest))
        session.execute(delete(SignedHead))
    code, sentence = said(on_each_database)
    assert (code, sentence.startswith("Event 7 isn't the one")) == (2, True)
    assert "between 5 and 7" in sentence
    with on_each_database.database.reading() as session:
        told = [one.english for one in findings(session, on_each_database.settings)]
    assert any("doesn't fit" in one for one in told)


def test_the_printed_digest_is_held_against_the_chain(desks: Desks, tmp_path: Path) -> None:
    assert "还没有链头" in desks.get("auditor", "/staff/chain-heads").text
    carry(desks.deployment)
    with desks.deployment.database.reading() as session:
        [head] = last_heads(session)
    groups = in_groups(head.digest).split()
    for name in ("auditor", "office-head", "admin"):
        page = desks.get(name, "/staff/chain-heads").text
        assert all(group in page for group in groups)
        assert str(head.seq) not in page.split("<main")[1].replace("".join(groups), "").split()
    assert desks.get("mz-officer", "/staff/chain-heads").status_code == 404
    copied = tmp_path / "paper.txt"
    copied.write_text("\n".join(" ".join(groups[at : at + 4]).upper() for at in (0, 4, 8, 12)))
    assert said(desks.deployment, "--heads", str(copied))[0] == 0
    copied.write_text(copied.read_text()[::-1])
    assert "printed digest" in said(desks.deployment, "--heads", str(copied))[1]


def test_doctor_complains_after_two_days_without_a_head(deployment: Deployment) -> None:
    def told(days: int) -> bool:
        with (
            clock.stopped_at(clock.now() + timedelta(days=days)),
            deployment.database.reading() as session,
        ):
            return any("for two days" in x.english for x in findings(session, deployment.settings))

    assert not told(0)
    assert told(3)
    carry(deployment, after_days=3)
    assert not told(5)
    assert told(6)


def test_a_head_is_mailed_once_to_each_and_the_mail_itself_is_proof(
    deployment: Deployment, tmp_path: Path
) -> None:
    note(deployment, 2)
    with mail_server() as outside:
        outside.moods.extend([Mood.REFUSE_FOR_NOW])
        settings = replace(
            deployment.settings,
            smtp_url=outside.url,
            mail_from="notice@example.com",
            heads_mail_to=("jiwei@example.com", "shenji@example.com"),
        )
        for _ in range(3):
            carry_heads(deployment.database, settings=settings)
    assert sorted(outside.recipients) == ["jiwei@example.com", "shenji@example.com"]
    saved = tmp_path / "mail.txt"
    saved.write_text(outside.bodies[0])
    assert said(deployment, "--heads", str(saved)) == (0, "ok, 3 events, heads outside: 1")
    with deployment.database.reading() as session:
        [head] = last_heads(session)
    assert in_groups(head.digest) in saved.read_text()


def test_a_file_that_cant_be_written_stops_no_mail(deployment: Deployment) -> None:
    file = deployment.settings.heads_file
    file.mkdir(parents=True)
    with mail_server() as outside:
        settings = replace(
            deployment.settings,
            smtp_url=outside.url,
            mail_from="notice@example.com",
            heads_mail_to=("jiwei@example.com",),
        )
        with pytest.raises(OSError, match="directory"):
            carry_heads(deployment.database, settings=settings)
        assert outside.recipients == ["jiwei@example.com"]
        file.rmdir()
        carry_heads(deployment.database, settings=settings)
    assert outside.recipients == ["jiwei@example.com"]
    assert len(file.read_text().splitlines()) == 1


def test_heads_outside_stay_good_when_the_key_that_signed_them_is_destroyed(
    deployment: Deployment,
) -> None:
    note(deployment, 3)
    carry(deployment)
    leaked = following(read_key(deployment.settings.master_key_file), "signing")
    assert deployment.run("keys", "rotate", "--signing").exit_code == 0
    with clock.stopped_at(clock.now() + timedelta(days=3)):
        assert "stays" not in deployment.run("keys", "retire").output
    carry(deployment, after_days=1)
    assert said(deployment) == (0, "ok, 6 events, heads outside: 2")
    pins, part = read_pins(deployment.settings), b"unit-key|MZ|"
    signature = sealing.sign(leaked, part)
    with deployment.database.reading() as session:
        # The day's head in the database bears the newest key's signature.
        heads = last_heads(session)
        assert all(is_good(pins.verify, one) for one in heads)
        assert not vault_of(session).is_signed(part, signature)
        end = session.scalars(select(EventHead)).one()
    # Whoever has the retired key can't sign a later head with it.
    late = head_part(end.seq, end.digest)
    line = f"huimin-head 2030-01-01 {end.seq} {end.digest.hex()} {sealing.sign(leaked, late).hex()}"
    file = deployment.settings.heads_file
    file.write_text(f"{file.read_text()}{line}\n")
    assert f"signature of head {end.seq}" in said(deployment)[1]


def is_good(public: bytes, head: DailyHead) -> bool:
    return sealing.is_signed(public, head_part(head.seq, head.digest), head.signature)
