"""Rules of our own that no tool knows: who reads cases asks who may see them, the log holds no
words, and markup is made in few places. What is an exception stands here with its reason."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tests import proofs
from tests.house.test_code import CODE, ROOT, name_of, tree_of

TREES = {name_of(file): tree_of(file) for file in CODE}
# Where a person looks at cases. A citizen's pages find his own by its code, in `intake.progress`.
STAFFED = ("admin/", "intake/pages/")
_CASES = "intake.cases.case"
# What makes a statement or reads rows, if a case is among its arguments.
_READS = {
    "select", "get", "get_one", "exists", "count", "min", "max", "distinct", "join", "outerjoin",
    "select_from", "scalar", "scalars", "execute", "query", "aliased", "update", "delete",
}  # fmt: skip
# The one function that says which cases exist for a person, with its siblings; and, by module, what
# is put together of them. Each of these modules asks it or its siblings itself.
_ACCESS = "admin.accounts.access"
_SIGHT = {
    _ACCESS: {
        "asked_of", "find_case", "handed_over_by", "leaves_class", "may_see", "not_barred",
        "recorded_by", "sealed_for", "visible",
    },
    "admin.follow_up.not_handled": {"may_visit"},
    "admin.referrals.sight": {"decided_by", "find_referral", "seen"},
    "admin.supervision.sight": {"decided_by"},
}  # fmt: skip
# Who reads cases and asks none of them, with why nobody reads one by it that he mayn't.
_UNSCOPED: Mapping[str, str] = MappingProxyType(
    {
        "admin/accounts/access.py": "It is the one that says who sees what.",
        "admin/accounts/request_access.py": "It only asks what a request's case bars or seals.",
        "admin/backup/restoring.py": "A command tells the machine's operator how many there are.",
        "admin/demonstration/half_year/handling.py": "Sample people handle sample cases.",
        "admin/demonstration/half_year/special_supervision.py": "Sample people supervise them.",
        "admin/demonstration/sample_results.py": "Sample results are made of sample cases.",
        "admin/desk/own_note.py": "By it go the notes about cases that were sealed since.",
        "admin/desk/splitting.py": "The caller says which of a case's kin its reader sees.",
        "admin/desk/verification_reminding.py": "The worker reminds of the questions of all.",
        "admin/duplicates/representatives.py": "It counts visitors of two cases that were found.",
        "admin/figures/counting.py": "The worker makes milestones of all events, and shows none.",
        "admin/figures/reading.py": "Every count lies within a `Scope`, as its caller gives it.",
        "admin/figures/weeks.py": "Every count lies within the `Scope` of the person's own access.",
        "admin/follow_up/answers_count.py": "Its one caller gives the condition of its `Scope`.",
        "admin/hand_over/hearing.py": "Carriers read no case, and hear of none that accuses them.",
        "admin/hand_over/packing.py": "Carriers get locked files of what `waiting_cases` gives.",
        "admin/inbox/fetching.py": "The worker fetches the pictures of every text.",
        "admin/inbox/telling.py": "The worker tells a sender of the case that his own text became.",
        "admin/keys/bearers.py": "What a former key sealed is sealed anew, and nobody reads it.",
        "admin/keys/marked.py": "Whatever a former key marked is marked anew, and nobody reads it.",
        "admin/orders/entering.py": "Who enters an order twice hears only that it is there.",
        "admin/outbox/opening.py": "The worker opens a message for the one whom it is meant for.",
        "admin/outbox/sending.py": "The worker forgets an address that its owner stopped.",
        "admin/public_figures/month_count.py": "The public's figures leave out whom cases accuse.",
        "admin/publishing/inside.py": "Drafts are compared with it; a release is told to each.",
        "admin/retention/destroy_beside.py": "The worker asks which requests have lost their case.",
        "admin/retention/destroy_due.py": "The worker asks whether anything was destroyed.",
        "admin/retention/destroy_message.py": "It destroys what is due, and gives back no word.",
        "admin/retention/kinship.py": "It gives what came with a case that the caller has found.",
        "admin/retention/listing.py": "The worker lists what is due; its readers are scoped.",
        "admin/retention/standing.py": "It says what holds cases that the caller has found.",
        "admin/rights/correcting.py": "Words go into the case of a request that he may decide on.",
        "admin/rights/deleting.py": "It says what holds the case of a request that he may see.",
        "admin/rights/handing_on.py": "The worker asks whom a request's case bars.",
        "admin/rights/pages/one_request.py": "Whom the case bars doesn't see its request either.",
        "admin/sealed_class/founding.py": "It marks and seals what the class gets, and shows none.",
        "admin/staffing/handing_back.py": "What a leaver had in hand is let go; its list asks.",
        "admin/summaries/fact_reading.py": "Its lists leave out who counts, and what is sealed.",
        "admin/supervision/looking.py": "The worker suggests supervision, which a list shows.",
        "admin/system/event_list.py": "`sees_event` leaves out what is sealed or accuses him.",
        "admin/system/event_sight.py": "It says which events exist, as access does of cases.",
        "admin/system/moving_keys.py": "The worker hands keys on to whoever handles a case.",
        "admin/system/old_rows.py": "The worker deletes the texts of what was destroyed.",
        "admin/system/queue_ages.py": "The machine's operator hears for how long the eldest waits.",
        "admin/system/readings.py": "`sees_event` leaves out what is sealed or accuses him.",
        "admin/system/watching.py": "The worker watches the dates of all cases.",
    }
)
_LEVELS = {
    "debug", "info", "warning", "warn", "error", "critical", "fatal", "exception", "log",
}  # fmt: skip
# What each file says in the log besides words of its own: numbers, ids, and names that it gives.
_LOGGED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "admin/accounts/throttle.py": frozenset({"known or 'unknown'", "way"}),
        "admin/inbox/reconciling.py": frozenset({"taken"}),
        "admin/inbox/taking_in.py": frozenset({"file.stem[:8]"}),
        "admin/outbox/nobody.py": frozenset({"len(opened.body)"}),
        "admin/system/moving_keys.py": frozenset({"MovedAside(case.id)"}),
        # What gunicorn says itself, of a request only what is wrong with it.
        "admin/system/gunicorn_settings.py": frozenset({"msg", "*args", "**kwargs"}),
        # Why a text was refused is said by us.
        "intake/sms/refused.py": frozenset({"why"}),
        "portal/foundation/logs.py": frozenset(
            {"error_id", "what", "exc_info=(type(error), error, error.__traceback__)"}
        ),
    }
)
# Who has to do with markup, and why nothing that somebody typed is any in it.
_MARKUP: Mapping[str, str] = MappingProxyType(
    {
        "admin/accounts/pages/enrolment.py": "A picture for a telephone, drawn here.",
        "admin/assessments/pages/slips.py": "A picture of an address of ours, drawn here.",
        "intake/asking/choices.py": "Options whose texts were escaped one by one.",
        "intake/asking/fields.py": "A field around them, whose attributes were escaped.",
        "intake/pages/blank_form.py": "It only escapes.",
        "intake/pages/own_steps.py": "A link whose parts `format` escapes.",
        "portal/foundation/text.py": "What was cleaned before it was stored.",
        "portal/pages/publicity.py": "A picture of an address of ours, drawn here.",
    }
)


def _imported(tree: ast.AST, module: str) -> dict[str, str]:
    """What a file imports of a module: of each name there, the original one."""
    return {
        one.asname or one.name: one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == module
        for one in node.names
    }


def _name_called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _mentions(node: ast.AST, names: set[str]) -> bool:
    return any(isinstance(one, ast.Name) and one.id in names for one in ast.walk(node))


def reads_cases(tree: ast.AST) -> bool:
    """Whether a file makes a statement about cases."""
    case = {name for name, known in _imported(tree, _CASES).items() if known == "Case"}
    return any(
        _mentions(argument, case)
        for call in _calls(tree)
        if _name_called(call) in _READS
        for argument in (*call.args, *(one.value for one in call.keywords))
    )


def asks_who_sees(tree: ast.AST) -> bool:
    """Whether a file asks which cases exist for a person; to import the question isn't enough."""
    asked = {
        name
        for module, known in _SIGHT.items()
        for name, original in _imported(tree, module).items()
        if original in known
    }
    return _mentions(tree, asked)


def unscoped(trees: Mapping[str, ast.AST]) -> set[str]:
    """The files in which a person could read any case."""
    return {
        name
        for name, tree in trees.items()
        if name.startswith(STAFFED) and reads_cases(tree) and not asks_who_sees(tree)
    }


def logged(tree: ast.AST) -> set[str]:
    """What a file gives to the log besides constants and the exceptions that it has caught."""
    return {
        f"{one.arg}={ast.unparse(one.value)}" if one.arg else f"**{ast.unparse(one.value)}"
        for call in _calls(tree)
        if _is_logging(call)
        for one in call.keywords
        if not isinstance(one.value, ast.Constant)
    } | {
        ast.unparse(argument)
        for call in _calls(tree)
        if _is_logging(call)
        for at, argument in enumerate(call.args)
        if not isinstance(argument, ast.Constant)
        if not (_name_called(call) == "log_error" and at == 0 and isinstance(argument, ast.Name))
    }


def _is_logging(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id="log_error") | ast.Attribute(attr="log_error"):
            return True
        case ast.Attribute(attr=level, value=logger) if level in _LEVELS:
            named = ast.unparse(logger).split("(")[0].split(".")
            return named[-1].lstrip("_") in {"log", "logger", "logging", "getLogger", "super"}
    return False


def makes_markup(tree: ast.AST) -> bool:
    """Whether a file has to do with markup that templates don't escape, or makes some itself."""
    return bool(_imported(tree, "markupsafe")) or any(
        (isinstance(node, ast.Import) and any(one.name == "markupsafe" for one in node.names))
        or (isinstance(node, ast.Name | ast.alias) and _word(node) == "Markup")
        or (isinstance(node, ast.FunctionDef) and node.name == "__html__")
        for node in ast.walk(tree)
    )


def _word(node: ast.Name | ast.alias) -> str:
    return node.id if isinstance(node, ast.Name) else node.name


def test_who_reads_cases_asks_who_may_see_them() -> None:
    """Ask `admin.accounts.access`; or say above why nobody reads a case by it that he mayn't."""
    found = unscoped(TREES)
    assert found - _UNSCOPED.keys() == set()
    assert _UNSCOPED.keys() - found == set(), "these need no reason any more"


def test_what_is_put_together_of_the_one_function_asks_it() -> None:
    for module in _SIGHT.keys() - {_ACCESS}:
        tree = TREES[f"{module.replace('.', '/')}.py"]
        assert set(_imported(tree, _ACCESS).values()) & _SIGHT[_ACCESS], module


def test_the_log_holds_no_words() -> None:
    """A sentence of the log is a constant; what is put into it, somebody has looked at."""
    found = {name: logged(tree) for name, tree in TREES.items()}
    assert {name: given for name, given in found.items() if given} == dict(_LOGGED)


def test_markup_is_made_in_few_places() -> None:
    assert {name for name, tree in TREES.items() if makes_markup(tree)} == _MARKUP.keys()


def test_every_reason_is_a_sentence() -> None:
    reasons = (*_UNSCOPED.values(), *_MARKUP.values())
    assert [one for one in reasons if not re.fullmatch(r"[A-Z`].{10,}\.", one)] == []


_READING = """
from admin.accounts.access import {asked}
from intake.cases.case import Case as Known
{how}
"""


@pytest.mark.parametrize(
    "how",
    [
        "session.scalars(select(Known))",
        "session.get_one(Known, case_id)",
        "select(func.count()).select_from(Known)",
        "select(Bar.id).join(Known, Known.id == Bar.case_id)",
        "session.scalar(select(func.max(Known.number)))",
    ],
)
def test_who_asks_nobody_is_noticed(how: str) -> None:
    def found(asked: str, then: str, name: str = "admin/new/list.py") -> bool:
        return bool(unscoped({name: ast.parse(_READING.format(asked=asked, how=then))}))

    assert found("Access", how)
    assert found("visible", how), "to import it isn't enough"
    assert not found("visible", f"{how}\nvisible(access)")
    assert not found("visible as seen", f"{how}\nseen(access)")
    assert not found("Access", how, "intake/progress.py")
    assert not found("Access", "select(Bar.id)")


@pytest.mark.parametrize(
    ("call", "given"),
    [
        ("_log.warning(f'{words} came')", "f'{words} came'"),
        ("_log.info('it came: %s', case.words)", "case.words"),
        ("logging.getLogger('huimin').error(words)", "words"),
        ("current_app.logger.info('it came', extra=words)", "extra=words"),
        ("log_error(ValueError(words))", "ValueError(words)"),
        ("logs.log_error(error, words)", "words"),
    ],
)
def test_words_in_the_log_are_noticed(call: str, given: str) -> None:
    assert logged(ast.parse(call)) == {given}


def test_what_says_nothing_may_be_logged() -> None:
    said = "_log.error('it fell')\nlog_error(error, 'it fell')\nmath.log(words)\nlog.note(words)"
    assert logged(ast.parse(said)) == set()


@pytest.mark.parametrize(
    "made",
    [
        "from markupsafe import Markup as Written",
        "import markupsafe",
        "from flask import Markup",
        "class Shown:\n    def __html__(self): ...",
    ],
)
def test_markup_elsewhere_is_noticed(made: str) -> None:
    assert makes_markup(ast.parse(made))
    assert not makes_markup(ast.parse("from portal.foundation.text import as_stored"))


_A_RUN = """
import pytest

@pytest.mark.xdist_group("one")
@pytest.mark.parametrize("at", [1, 2])
def test_a_proof(at): {then}

def test_another(): pytest.skip("It proves nothing anyway.")
"""
_WATCHED = """
from tests.proofs import SkippedProofs

def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SkippedProofs({"tests/test_it.py::test_a_proof"}))
"""


@pytest.mark.parametrize("workers", ["-n0", "-n1"])
@pytest.mark.parametrize(("then", "status"), [("at == 1 or pytest.skip('')", 1), ("pass", 0)])
def test_a_proof_that_was_skipped_fails_the_run(
    tmp_path: Path, then: str, status: int, workers: str
) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_it.py").write_text(_A_RUN.format(then=then))
    (tmp_path / "conftest.py").write_text(_WATCHED)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", workers, "--dist", "loadgroup"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == status, run.stdout + run.stderr
    assert ("test_a_proof: a proof that was skipped" in run.stdout) is bool(status)


def test_what_is_named_as_a_proof_has_to_be_run() -> None:
    assert "tests/house/test_code.py::test_templates_escape_everything" in proofs.to_be_run()
    assert proofs.named() - proofs.to_be_run() in (frozenset(), proofs.CUT_POWER)
    assert proofs.named() >= proofs.CUT_POWER, "these need no exception any more"
