"""Every way in which a campaign folder can be wrong, refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.loading.bad_campaign import BadCampaign
from portal.loading.campaign_files import read_campaign
from tests.portal.loading.small_campaign import spoil, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path)


def refusal(folder: Path) -> str:
    with pytest.raises(BadCampaign) as caught:
        read_campaign(folder)
    return str(caught.value)


SPOT_CHECK = """[spot_check]
kinds = ["street"]
months = [8]
source = "方案"
weights = { nil = 4, coverage = 3, weak = 3, few = 2, others = 1 }"""
WRONG_TABLES = [
    # Columns.
    ("units.csv", "telephone,hours", "hours", "1: the column “telephone” is missing"),
    ("clocks.csv", ",note\n", ",note,more\n", "1: the column “more” is unknown"),
    ("clocks.csv", ",note\n", ",note,note\n", "1: the column “note” stands there twice"),
    ("places.csv", "东街街道,street,,ST01,东街", "东街街道,street", "3: 3 cells; the header has 6"),
    # Cells.
    ("units.csv", "MZ,区民政局", "MZ,", "5: name: must not be empty"),
    ("units.csv", "民政局,department,QZF,yes", "民政局,bureau,QZF,yes", "5: kind: “bureau”"),
    ("units.csv", "民政局,department,QZF,yes", "民政局,department,QZF,ja", "5: desk: “ja” must"),
    ("units.csv", "MZ,区民政局", "民政,区民政局", "5: code: “民政” is no code"),
    ("units.csv", "收件分件", "收" * 401, "2: remit: 401 characters; 400 are the most"),
    ("policies.csv", "2025-04-19", "2025-02-30", "2: checked_on: “2025-02-30” is not a"),
    ("policies.csv", "2025-04-19", "20250419", "2: checked_on: “20250419” is not a date"),
    ("policies.csv", "verified", "sure", "2: source_status: “sure” is not one of"),
    ("clocks.csv", "assigned,1,wd", "assigned,one,wd", "2: limit: “one” is not a whole"),
    ("clocks.csv", "assigned,1,wd", "assigned,0,wd", "2: limit: “0” is not a whole"),
    ("clocks.csv", "all,sign_for", "all,wave", "2: clock: “wave” is not one of"),
    ("clocks.csv", "all,sign_for", "any,sign_for", "2: kind: “any” is not one of"),
    ("clocks.csv", "1,wd,promise", "1,h,promise", "2: unit: “h” is not one of: d, wd"),
    ("clocks.csv", "sign_for,assigned", "sign_for,born", "2: starts: “born” is not one"),
    # What must be unique.
    ("units.csv", "RS,区人力资源局", "MZ,区人力资源局", "6: code “MZ” already stands on line 5"),
    ("units.csv", "RS,区人力资源局", "RS,区民政局", "6: name “区民政局” already stands on"),
    ("policies.csv", "创业补贴", "低保金", "3: name “低保金” already stands on line 2"),
    ("clocks.csv", "petition,close,accepted,60,d,law", "all,sign_for,assigned,2,d,promise",
     "3: kind + clock + starts + source_kind + route “sign_for + assigned + promise” already"),
    # What must be there.
    ("units.csv", "department,QZF,yes,,,,,,no\nRS", "department,XX,yes,,,,,,no\nRS",
     "5: parent: “XX” is not in units.csv"),
    ("places.csv", "420001001,CM01", "420001001,CM99", "2: unit: “CM99” is not in units.csv"),
    ("policies.csv", "低保金,MZ", "低保金,XX", "2: unit: “XX” is not in units.csv"),
    ("responsibilities.csv", "MZ01,,,,,MZ", "MZ09,,,,,MZ", "2: policy: “MZ09”"),
    ("responsibilities.csv", ",3.4,", ",3.9,", "4: problem: “3.9” is not in"),
    ("responsibilities.csv", "MZ01,,,,", "MZ01,,42,,", "2: place: “42” is not"),
    ("responsibilities.csv", "tip_off,bank", "gossip,bank", "4: kind: “gossip”"),
    ("responsibilities.csv", "tip_off,bank", "tip_off,shop", "4: actor: “shop”"),
    # What must fit together.
    ("units.csv", "区政府,government,", "区政府,government,BGS", "4: parent: “QZF” stands above"),
    ("places.csv", "community,420001001", "community,", "2: parent: a community needs the"),
    ("places.csv", "street,,", "street,420001001001,", "3: parent: a street has no place"),
    ("units.csv", "027-0000-0100", "13800000000", "2: telephone: “13800000000” is somebody"),
    ("units.csv", "027-0000-0100", "+86 138-0000-0000", "2: telephone: “+86 138-0000-0000”"),
    ("responsibilities.csv", "2022-12-31", "2022-05-30", "4: valid_to lies before"),
    ("responsibilities.csv", "RS01,,,,,RS", "MZ01,,,,,RS",
     "3: the same cell is held from line 2 at that time"),
]  # fmt: skip

RETURNS = """[returns]
day = 20
rolls = false
source = "五(二)1"
first_on = 2022-06-20
last_on = 2022-11-20
remind_from = 15
to_departments = ["street"]
to_office = ["department"]
not_in_streets = ["MZ01"]
[returns.too_few]
expected = 5
peers = 4
chance = 0.01"""

SUMMARIES = """[summaries]
kinds = ["department"]
source = "五(三)"
[[summaries.each]]
duty = "none"
name = "年度工作总结"
first_on = 2022-05-31
last_on = 2022-06-30
remind_on = 2022-06-20
units_by = 2022-06-30
receivers = ["区领导小组"]"""

RETENTION = """[retention]
withdrawn_days = 30
notice_days = 30
backup_days = 90
source = "本平台承诺"
periods = [
    { kind = "consultation", words = 24, contact = 12, source = "承诺" },
    { kind = "complaint", words = 36, contact = 24, source = "承诺" },
    { kind = "petition", words = 60, contact = 36, source = "承诺" },
    { kind = "disclosure_request", words = 60, contact = 36, source = "承诺" },
    { kind = "tip_off", words = 60, contact = 24, source = "承诺" },
    { kind = "tip_off", outcome = "declined", words = 23, contact = 12, source = "承诺" },
]
beside = [
    { what = "mistake", months = 12, source = "承诺" },
    { what = "rights_request", months = 25, source = "承诺" },
    { what = "assessment", months = 12, source = "承诺" },
]"""

WRONG_MANIFESTS = [
    (
        "[scope]",
        '[declarations]\nuntil = 2022-12-01\nsource = "方案"\n\n[scope]',
        "campaign.toml: declarations.until must lie inside the campaign",
    ),
    ("[scope]", "[declarations]\nuntil = 2022-11-20\n\n[scope]", "declarations.source is missing"),
    ('case_prefix = "XQ"', 'case_prefix = "xq"', "case_prefix “xq” must be two capital letters"),
    ('district = "某市小区"\n', "", "campaign.toml: district is missing"),
    ('district = "某市小区"', "district = 1", "district must be words in quotation marks"),
    ('district = "某市小区"', 'district = "小区', "campaign.toml:4: not readable as TOML"),
    ('district = "某市小区"', 'district = "区"\nmayor = "王"', "campaign.toml: mayor is unknown"),
    ("小区惠民补贴", "小区惠民补贴专项治理回头看", "short_name has 13 characters; 10 are the most"),
    ("ends_on = 2022-11-30", "ends_on = 2022-01-01", "campaign: ends_on lies before starts_on"),
    ("ends_on = 2022-11-30", 'ends_on = "soon"', "ends_on must be a date like 2022-05-31"),
    ('code = "little-2022"', 'code = "big-2022"', "code is “big-2022”, but the folder is"),
    ('office = "BGS"', 'office = "XX"', "campaign.toml: bodies.office: unknown unit “XX”"),
    ('office = "BGS"', 'office = "QZF"', "bodies.office: the office needs a desk"),
    ('arbiter = "QZF"', "", "campaign.toml: bodies.arbiter is missing"),
    ('"auditor"]', '"boss"]', "bodies.alarm_roles: “boss” is no role"),
    (', "auditor"]', "]", "bodies.alarm_roles must name two roles at least"),
    ('"027-0000-0100"', '"138 0000 0000"', "lines.hotline: “138 0000 0000” is somebody's own"),
    ("[2020, 2021]", '[2020, "x"]', "every part of scope.fund_years must be a whole number"),
    ("day = 20\n", "", "calendar[1]: repeats and day go together"),
    ('repeats = "monthly"', 'repeats = "weekly"', "calendar[1].repeats: only “monthly” is known"),
    ("day = 20\n", "day = 31\n", "calendar[1].day must lie between 1 and 28"),
    ("[lines]", '[documents]\nnumber = "{year}{serial}号"\n[lines]', "documents.number must hold"),
    ("[lines]", f"{SPOT_CHECK}\nratio = '3/0'\n[lines]", "spot_check.ratio must be"),
    ("[lines]", f"{SPOT_CHECK}\nratio = '4/3'\n[lines]", "spot_check.ratio must be"),
    ("[lines]", f"{SPOT_CHECK}\nshare = 0.3\n[lines]", "spot_check.share is unknown"),
    ("[lines]", SPOT_CHECK.replace("street", "x") + "\n[lines]", "spot_check.kinds must"),
    ("[lines]", SPOT_CHECK.replace("8", "13") + "\n[lines]", "spot_check.months must"),
    ("[lines]", SPOT_CHECK.replace("nil = 4", "nil = 0") + "\n[lines]", "nil must be 1 or more"),
    ("[lines]", "[supervision]\n[supervision.days]\npress = 3\n[lines]", "supervision.source is"),
    (
        "[lines]",
        '[supervision]\nsource = "本平台承诺"\n[supervision.days]\npress = 0\n[lines]',
        "supervision.days.press must be 1 or more",
    ),
    (
        "[lines]",
        '[supervision]\nsource = "本平台承诺"\n[supervision.suggest]\npress = 3\n[lines]',
        "supervision.suggest.press is unknown",
    ),
    (
        "[lines]",
        '[documents]\nnumber = "{unit}{kind}{year}{serial}{"\n[lines]',
        "documents.number has a brace without its partner",
    ),
    *(
        ("[lines]", f"{RETURNS.replace(right, wrong)}\n[lines]", why)
        for right, wrong, why in (
            (
                "remind_from = 15",
                "remind_from = 21",
                "returns: 1, remind_from, day and 28 must not",
            ),
            ("remind_from = 15", "remind_from = 0", "returns: 1, remind_from, day and 28 must not"),
            ("2022-11-20", "2022-05-20", "returns: last_on lies before first_on"),
            ('["street"]', '["suburb"]', "returns.to_departments: “suburb” is no kind of unit"),
            ("MZ01", "MZ99", "returns.not_in_streets: unknown policy “MZ99”"),
            ("peers = 4", "peers = 0", "returns.too_few: expected and peers must be 1 at least"),
            ("chance = 0.01", "chance = 2", "returns.too_few.chance must lie between 0 and 1"),
        )
    ),
    *(
        ("[lines]", f"{SUMMARIES.replace(right, wrong)}\n[lines]", why)
        for right, wrong, why in (
            ('["department"]', '["suburb"]', "summaries.kinds must name kinds of units"),
            ("2022-05-31", "2022-07-31", "summaries.each[1]: last_on lies before first_on"),
            ("2022-06-20", "2022-07-20", "summaries.each[1]: units_by lies before remind_on"),
            ('["区领导小组"]', "[]", "summaries.each[1].receivers must name one body at least"),
            ("none", "other", "summaries.each: “other” must be a duty of the calendar"),
        )
    ),
    *(
        ("[lines]", f"{RETENTION.replace(right, wrong)}\n[lines]", why)
        for right, wrong, why in (
            ("withdrawn_days = 30", "withdrawn_days = 0", "retention.withdrawn_days must lie"),
            ("backup_days = 90\n", "", "retention.backup_days is missing"),
            ('source = "本平台承诺"\n', "", "retention.source is missing"),
            ('"petition"', '"rumour"', "retention.periods[3]: “rumour” is no kind of case"),
            ('"petition"', '"complaint"', "retention.periods holds a row twice"),
            ('"petition"', '"complaint"', "lacks a row of “petition” without an outcome"),
            ('"declined"', '"lost"', "retention.periods[6].outcome must be one of closed"),
            ("words = 23", "words = 11", "retention.periods[6]: 6, contact, words and 360 must"),
            ("words = 24, contact = 12", "words = 24, contact = 5", "periods[1]: 6, contact, wor"),
            ("words = 23", "days = 23", "retention.periods[6].days is unknown"),
            ("months = 25", "months = 5", "retention.beside[2].months must lie between 6 and"),
            ("months = 25", "days = 25", "retention.beside[2].months is missing"),
            ('"rights_request"', '"mistake"', "retention.beside needs one row of “mistake”"),
            ('"rights_request"', '"mistake"', "retention.beside needs one row of “rights_request”"),
            ('"assessment"', '"rumour"', "retention.beside[3].what must be one of mistake, rights"),
        )
    ),
    ("[lines]", '[site]\nicp = "05000000"\n[lines]', "site.icp “05000000” doesn't look like “鄂"),
    ("[lines]", '[site]\nnumber = "1"\n[lines]', "campaign.toml: site.number is unknown"),
    ("certain = 0.6", "certain = 6", "routing.certain must lie between 0 and 1"),
    ('["西区"]', '[""]', "routing.elsewhere holds an empty word"),
    ("[routing.hints]\nMZ01", "[routing.hints]\nMZ99", "routing.hints: unknown policy “MZ99”"),
    ("from = 60\nto = 99\n", "", "routing.ages[1] needs from or to"),
    ("from = 60", "from = 100", "routing.ages[1]: to must not lie before from"),
    ("from = 60", "from = -1", "routing.ages[1]: to must not lie before from, nor either below 0"),
    ("to = 99", 'to = "很老"', "routing.ages[1].to must be a whole number"),
    ("to = 99", "until = 99", "routing.ages[1].until is unknown"),
    ('need = "困难家庭"', 'need = "老人"', "routing.ages: no policy has the need “老人”"),
    ('"12345"', '"15900000000"', "doors: 市长热线: “15900000000” is somebody's own mobile number"),
    (
        'plan_notice = "work-plan"',
        'plan_notice = "plan"',
        "plan_notice: there is no notices/plan.md",
    ),
]

WRONG_NOTICES = [
    ("+++\ntitle", "title", "notices/work-plan.md:1: must begin with a head"),
    ('kind = "plan"', 'kind = "rumour"', "notices/work-plan.md:1: kind: “rumour” is not one of"),
    ('kind = "plan"', 'kind = "guide"', "is not of the kind “plan”"),
    ('title = "实施方案"\n', "", "notices/work-plan.md:1: title is missing"),
    ('source = "', "source = ", "notices/work-plan.md:5: not readable as TOML"),
    ("# 总则\n\n第一条。\n", "", "notices/work-plan.md:8: no text below the head"),
    ("第一条。", "一" * 50_001, "notices/work-plan.md:8: too long"),
]


def test_the_small_campaign_itself_is_sound(folder: Path) -> None:
    assert read_campaign(folder).tables["units.csv"][0].line == 2


@pytest.mark.parametrize(("file", "before", "after", "what"), WRONG_TABLES)
def test_a_wrong_table_is_refused(
    folder: Path, file: str, before: str, after: str, what: str
) -> None:
    spoil(folder, file, before, after)
    assert f"{file}:{what}" in refusal(folder)


@pytest.mark.parametrize(("before", "after", "what"), WRONG_MANIFESTS)
def test_a_wrong_manifest_is_refused(folder: Path, before: str, after: str, what: str) -> None:
    path = folder / "campaign.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(
        text.replace(before, after, 1 if "小区" not in before else -1), encoding="utf-8"
    )
    assert what in refusal(folder)


@pytest.mark.parametrize(("before", "after", "what"), WRONG_NOTICES)
def test_a_wrong_notice_is_refused(folder: Path, before: str, after: str, what: str) -> None:
    spoil(folder, "notices/work-plan.md", before, after)
    assert what in refusal(folder)


def test_every_problem_is_named_at_once(folder: Path) -> None:
    spoil(folder, "units.csv", "民政局,department,QZF,yes", "民政局,bureau,XX,ja")
    spoil(folder, "campaign.toml", 'case_prefix = "XQ"', 'case_prefix = "X"')
    assert [line.split(" ")[0] for line in refusal(folder).splitlines()] == [
        "campaign.toml:",
        "units.csv:5:",
        "units.csv:5:",
        "units.csv:5:",
    ]


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    text = (folder / "policies.csv").read_text(encoding="utf-8")
    (folder / "policies.csv").write_bytes(text.encode("gb18030"))
    assert "policies.csv:2: not UTF-8; save the file as UTF-8" in refusal(folder)


def test_missing_files_are_named(folder: Path) -> None:
    (folder / "places.csv").unlink()
    (folder / "campaign.toml").unlink()
    assert refusal(folder).count("can't be read") == 2
    assert "there is no such folder" in refusal(folder / "nowhere")


def test_an_open_quotation_mark_is_named_with_its_line(folder: Path) -> None:
    spoil(folder, "places.csv", "东街街道,", '"东街街道,')
    assert "places.csv:3: not readable as CSV" in refusal(folder)
