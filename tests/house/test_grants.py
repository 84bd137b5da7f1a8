"""The rights that `deploy/postgresql/roles.sql` gives the two sites on PostgreSQL: enough for all
that citizens and staff do, and none on what isn't theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, ExceptionContext, create_engine, event, make_url, select, text
from sqlalchemy.exc import ProgrammingError

from intake.cases.case import Case
from intake.outbox.notices import Occasion
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import queue_notice
from intake.rules.sending import TextState
from intake.vault.query_codes import code_digest, read_code
from portal.foundation.erasing import erase_deleted
from tests.admin.desk.people import Desks
from tests.admin.desk.reporter import adds
from tests.admin.duplicates.pairs import FIRST, NEIGHBOUR, merges
from tests.admin.follow_up.visits import answers, closed, objects
from tests.admin.recorded_intake.clerk import changed, record
from tests.conftest import MAIL, TWILIO
from tests.deployments import CAMPAIGNS, Deployment
from tests.fakes import Twilio
from tests.intake.pages.files import photo, saved, send_files, typed
from tests.intake.pages.journey import form_page, report, show
from tests.intake.pages.mistakes import ACCUSES, point_out
from tests.intake.pages.rights import ask_on_own_page, ask_without_code, own_content
from tests.intake.pages.slips import send_answers, show_slip, slip_of
from tests.running import ROOT
from tests.templates import Templates
from tests.text_inbox import TextInbox
from wsgi import create_app

_ROLES = ROOT / "deploy" / "postgresql" / "roles.sql"


@dataclass
class TwoRoles(Deployment):
    """A deployment whose two sites have the database each by a role of the script we ship."""

    @cached_property
    def public(self) -> Flask:
        """The public site alone, with no more rights than it is given."""
        settings = replace(self.settings, parts=frozenset({"public"}), database_url=self.as_public)
        return create_app(settings)

    @cached_property
    def staff(self) -> Flask:
        """The staff site alone, which makes no tables."""
        settings = replace(self.settings, parts=frozenset({"staff"}), database_url=self.as_staff)
        return create_app(settings)

    @property
    def as_public(self) -> str:
        """The database's address for the public process."""
        return self._as("huimin_public")

    @property
    def as_staff(self) -> str:
        """The database's address for the staff site and the worker."""
        return self._as("huimin_staff")

    def _as(self, role: str) -> str:
        url = make_url(self.settings.database_url).set(username=role)
        return url.render_as_string(hide_password=False)


@pytest.fixture
def granted(two_roles: TwoRoles) -> Iterator[TwoRoles]:
    """The same, which says at the end what was refused to either site."""
    refused: list[str] = []

    def note(failure: ExceptionContext) -> None:
        refused.append(str(failure.original_exception))

    engines = [app.extensions["database"].engine for app in (two_roles.public, two_roles.staff)]
    for engine in engines:
        event.listen(engine, "handle_error", note)
    yield two_roles
    for engine in engines:
        event.remove(engine, "handle_error", note)
    assert refused == []


@pytest.fixture(scope="module")
def two_roles(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoRoles]:
    """A deployment on PostgreSQL in which the script's rights were given."""
    folder = tmp_path_factory.mktemp("grants") / "data"
    campaign = CAMPAIGNS / "jianghan-2022"
    with (
        templates.copy(campaign, "postgresql", folder, **TWILIO, **MAIL) as made,
        _given(made.database.engine),
    ):
        found = TwoRoles(made.settings)
        yield found
        for app in (found.public, found.staff):
            app.extensions["database"].engine.dispose()
        found.close()


@contextmanager
def _given(engine: Engine) -> Iterator[None]:
    """Give the rights by the script, twice as after an upgrade; the roles go with the test."""
    with engine.begin() as connection:
        for _ in range(2):
            driver = connection.connection.driver_connection
            assert driver
            driver.execute(_ROLES.read_text())
    yield
    with engine.begin() as connection:
        for role in ("huimin_public", "huimin_staff", "huimin_owner"):
            connection.execute(text(f"DROP OWNED BY {role}"))
            connection.execute(text(f"DROP ROLE {role}"))


def test_what_the_worker_does_not_own_is_not_said_to_be_wiped(granted: TwoRoles) -> None:
    worker = granted.staff.extensions["database"].engine
    assert not erase_deleted(worker, "distribution", "distribution_row")
    assert erase_deleted(granted.database.engine, "distribution", "distribution_row")


def test_a_citizen_can_do_all_that_he_does(granted: TwoRoles) -> None:
    client = granted.citizen()
    for path in (
        "/",
        "/policies",
        "/responsibilities",
        "/results",
        "/figures",
        "/notices",
        "/hotlines",
    ):
        assert client.get(path).status_code == 200, path
    assert client.get("/distributions").status_code == 200
    assert client.get("/distributions/F000000").status_code == 404
    assert client.post("/distributions", data={"name": "王小明"}).status_code == 200
    form = typed(form_page(client), words="我妈的高龄津贴三个月没发了")
    _, code = send_files(client, "/report/complaint", form, ("存折.jpg", photo())).receipt
    page = show(client, code)
    assert len(saved(client, code)) == 1
    more = typed(page, query_code=code, words="还有一句")
    assert send_files(client, "/progress/words", more, ("又一张.jpg", photo())).status == 200
    withdrawn = typed(show(client, code), query_code=code, confirmed="yes")
    assert "撤回了" in send_files(client, "/progress/withdraw", withdrawn).text


def test_who_points_out_a_mistake_reads_how_it_was_answered(granted: TwoRoles) -> None:
    client = granted.citizen()
    number, code = point_out(client, words=ACCUSES, sure="yes").receipt

    assert number in show(client, code).text


def test_who_asks_about_his_own_information_reads_what_became_of_it(granted: TwoRoles) -> None:
    client = granted.citizen()
    number, code = ask_without_code(client, words=ACCUSES).receipt
    _, own = report(client).receipt
    asked = ask_on_own_page(client, own, words=ACCUSES)

    assert number in show(client, code).text
    assert "个人信息请求收到了" in asked.text
    assert own_content(client, own)[0]["个人信息请求"][0]["内容"] == ACCUSES


def test_who_has_a_slip_answers_and_nobody_here_reads_it(granted: TwoRoles) -> None:
    client = granted.citizen()
    page = show_slip(client, slip_of(granted))

    assert send_answers(client, page, complained="no", q0="1").status == 200


def test_who_was_answered_says_how_it_was_and_objects(granted: TwoRoles) -> None:
    desks = Desks(granted)
    _, code = closed(desks)

    assert "记下了" in answers(desks, code, solved="no").text
    assert "您不同意的理由收到了" in objects(desks, code, "还是没有到账").text


def test_who_was_merged_adds_words_and_is_heard_by_himself(granted: TwoRoles) -> None:
    desks = Desks(granted)
    lead, other = desks.register(FIRST), desks.register(NEIGHBOUR)
    assert merges(desks, lead.case.number, other.case.number).status_code == 303

    assert "补充的话收到了" in adds(desks, other.query_code, "我家的不一样").html
    assert desks.stored(other.case.number).state.is_open


def test_who_was_written_down_changes_his_code(granted: TwoRoles) -> None:
    _, code = record(Desks(granted)).receipt

    assert show(granted.citizen(), changed(granted.citizen(), code)).status == 200


def test_a_text_is_taken_and_answered(granted: TwoRoles) -> None:
    line, client = Twilio(granted.settings), granted.citizen()

    assert all(line.text(client, words) for words in ("我妈的高龄津贴没发", "帮助", "退订", "恢复"))
    picture = TextInbox(granted.settings.twilio_account_sid).text("有照片", pictures=[b"a picture"])
    assert "收不了" not in "".join(line.text(client, "有照片", **picture))


def test_who_left_his_number_is_texted_and_the_provider_reports(two_roles: TwoRoles) -> None:
    contact = {"identity": "phone", "contact_phone": "13907123456"}
    number, _ = report(two_roles.citizen(), "complaint", **contact).receipt
    with two_roles.database.writing() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        queue_notice(session, case, Occasion.REPLIED)
        session.flush()
        text_id, reference = session.execute(
            select(OutboundText.id, OutboundText.reference).where(OutboundText.case_id == case.id)
        ).one()

    line, path = Twilio(two_roles.settings), f"/sms/twilio/status?text={reference}"
    form = line.form("") | {"MessageStatus": "delivered"}
    answer = two_roles.citizen().post(path, data=form, headers=line.headers(form, path=path))
    assert answer.status_code == 204
    with two_roles.database.reading() as session:
        assert session.get_one(OutboundText, text_id).state is TextState.DELIVERED


def test_who_leaves_a_mail_address_changes_it_and_stops(granted: TwoRoles) -> None:
    client = granted.citizen()
    _, code = report(client, "complaint").receipt
    for address in ("wang@example.com", "wang@example.com", "lin@example.com"):
        left = typed(show(client, code), mail=address)
        assert "已留邮箱" in send_files(client, "/progress/mail", left).text
    stopped = typed(show(client, code))
    assert "邮箱删掉了" in send_files(client, "/progress/mail/stop", stopped).text


@pytest.mark.parametrize(
    "forbidden",
    [
        "SELECT * FROM staff_credential",
        "SELECT * FROM staff_mail",
        "INSERT INTO staff_session DEFAULT VALUES",
        "UPDATE result SET problem_code = ''",
        "UPDATE month_figures SET kept = NULL",
        "SELECT * FROM figures_draft",
        "SELECT * FROM problem",
        "SELECT * FROM distribution_draft",
        "UPDATE distribution SET shown_until = '2099-01-01'",
        "INSERT INTO distribution_row DEFAULT VALUES",
        "DELETE FROM event",
        "UPDATE message SET sealed = ''",
        "UPDATE site_mistake SET sealed_words = ''",
        "SELECT * FROM mistake_bar",
        "UPDATE rights_request SET sealed_words = ''",
        "SELECT * FROM rights_bar",
        "SELECT * FROM assessment_answer",
        "SELECT * FROM assessment_row",
        "UPDATE assessment SET state = 'closed'",
        "SELECT * FROM earlier_answer",
        "UPDATE unit_key SET public_key = ''",
        "SELECT private_under_master FROM unit_key",
        "UPDATE \"case\" SET kind = 'complaint'",
        "UPDATE \"case\" SET identity = 'none'",
        'UPDATE "case" SET withheld = false',
        "UPDATE compartment_key SET holder = 'MZ'",
        "UPDATE assignment SET unit_code = 'MZ'",
        "UPDATE receipt SET case_id = 1",
        "CREATE TEMPORARY TABLE one (id integer)",
        "SELECT lo_from_bytea(0, '')",
    ],
)
def test_what_is_not_his_is_closed_to_him(two_roles: TwoRoles, forbidden: str) -> None:
    engine = create_engine(two_roles.as_public)
    with engine.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text(forbidden))
    engine.dispose()


def test_of_a_box_he_makes_only_those_of_what_citizens_send(two_roles: TwoRoles) -> None:
    """And of those that are there he changes the reporter's key alone."""
    report(two_roles.citizen(), "complaint")
    engine = create_engine(two_roles.as_public)
    add = "INSERT INTO compartment (label, name, public_key) VALUES (:label, :name, '')"
    with engine.connect() as connection:
        for label, name in (
            ("case:JH0", "extract"),
            ("problem:1", "notes"),
            ("mistake:1", "notes"),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"):
                connection.execute(text(add), {"label": label, "name": name})
            connection.rollback()
        connection.execute(text(add), {"label": "case:JH0", "name": "original"})
        changed = connection.execute(
            text("UPDATE compartment_key SET wrap = '' RETURNING holder")
        ).scalars()
        assert set(changed) == {"reporter"}
        connection.rollback()
    engine.dispose()


@pytest.mark.parametrize("holder", ["AA", "MZ", "reporter"])
def test_to_a_box_that_is_there_he_adds_no_key(two_roles: TwoRoles, holder: str) -> None:
    """One of his own making would open to nothing, or to a pair of his."""
    report(two_roles.citizen(), "complaint")
    engine = create_engine(two_roles.as_public)
    add = text(
        "INSERT INTO compartment_key (compartment_id, holder, wrap)"
        " SELECT max(id), :holder, '' FROM compartment"
    )
    with engine.connect() as connection:
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.execute(add, {"holder": holder})
        connection.rollback()
        made = "INSERT INTO compartment (label, name, public_key) VALUES ('case:JH0', 'notes', '')"
        connection.execute(text(made))
        assert connection.execute(add, {"holder": holder}).rowcount == 1
        connection.rollback()
    engine.dispose()


def test_of_reporters_keys_he_changes_those_alone_whose_code_a_clerk_saw(
    two_roles: TwoRoles,
) -> None:
    _, own = report(two_roles.citizen(), "complaint").receipt
    _, seen = record(Desks(two_roles)).receipt
    engine = create_engine(two_roles.as_public)
    change = text("UPDATE receipt SET public_key = '' WHERE code_digest = :digest")
    with engine.connect() as connection:
        with pytest.raises(ProgrammingError, match="stays as it is"):
            connection.execute(change, {"digest": code_digest(read_code(own))})
        connection.rollback()
        changed = connection.execute(change, {"digest": code_digest(read_code(seen))})
        assert changed.rowcount == 1
        connection.rollback()
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text("UPDATE receipt SET first_digest = code_digest"))
    engine.dispose()


def test_who_accuses_the_office_later_seals_his_case(granted: TwoRoles) -> None:
    client = granted.citizen()
    number, code = report(client, "complaint").receipt
    more = typed(show(client, code), query_code=code, words=ACCUSES)

    assert send_files(client, "/progress/words", more).status == 200
    assert Desks(granted).stored(number).sealed
    assert ACCUSES in show(client, code).text


@pytest.mark.parametrize(
    "forbidden",
    [
        "CREATE TABLE one (id integer)",
        "DROP TABLE policy",
        "DELETE FROM event",
        "UPDATE event SET seq = 0",
        "UPDATE alembic_version SET version_num = ''",
    ],
)
def test_the_staff_site_changes_no_table_and_nothing_that_happened(
    two_roles: TwoRoles, forbidden: str
) -> None:
    engine = create_engine(two_roles.as_staff)
    with engine.connect() as connection, pytest.raises(ProgrammingError, match=r"denied|must be"):
        connection.execute(text(forbidden))
    engine.dispose()


def test_the_staff_site_takes_a_backup(two_roles: TwoRoles, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    answer = two_roles.staff.test_cli_runner().invoke(args=["backup", str(file)])

    assert file.exists(), answer.output
