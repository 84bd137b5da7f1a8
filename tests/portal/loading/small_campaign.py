"""A campaign folder small enough to read at a glance, for tests that spoil one thing in it."""

from __future__ import annotations

from pathlib import Path

CODE = "little-2022"

FILES = {
    "campaign.toml": """\
code = "little-2022"
name = "小区惠民补贴专项治理"
short_name = "小区惠民补贴"
district = "某市小区"
organiser = "小区领导小组办公室"
case_prefix = "XQ"
starts_on = 2022-05-31
ends_on = 2022-11-30
plan_notice = "work-plan"

[bodies]
office = "BGS"
lead = "CZ"
discipline = "JW"
superior = "SJ"
arbiter = "QZF"
alarm_roles = ["discipline", "auditor"]

[lines]
hotline = "027-0000-0100"
hotline_hours = "工作日"
text_number = "106900000100"
text_hint = "想到什么写什么。"
emergency = "110 / 120"
sample = true

[scope]
fund_years = [2020, 2021]
earlier = "重大事项可以追溯至以前年度"

[[calendar]]
key = "monthly_return"
title = "月报"
who = "各单位"
task = "monthly_return"
ends_on = 2022-11-20
repeats = "monthly"
day = 20
clause = "五(二)1"
rolls = false

[[doors]]
name = "市长热线"
telephone = "12345"
matter = "别的事，打这个电话。"

[routing]
certain = 0.6

elsewhere = ["西区"]

[[routing.ages]]
need = "困难家庭"
from = 60
to = 99

[routing.hints]
MZ01 = ["困难户"]
""",
    "units.csv": """\
code,name,short_name,kind,parent,desk,remit,aliases,telephone,hours,address,sample
BGS,领导小组办公室,办公室,office,CZ,yes,收件分件,办公室|监督科,027-0000-0100,,,yes
CZ,区财政局,财政局,lead,QZF,yes,,,,,,no
QZF,区人民政府,区政府,government,,no,,,,,,no
MZ,区民政局,民政局,department,QZF,yes,,,,,,no
RS,区人力资源局,人力资源局,department,QZF,yes,,,,,,no
ST01,东街街道办事处,东街,street,QZF,yes,,,,,,no
CM01,一号社区居委会,一号社区,community,ST01,no,,,,,,no
JW,区纪委监委,纪委,discipline,SJ,yes,,,,,,no
SJ,上级纪检监察机关,上级纪委,superior,,no,,,,,,no
""",
    "places.csv": """\
code,name,kind,parent,unit,aliases
420001001001,一号社区,community,420001001,CM01,一号
420001001,东街街道,street,,ST01,东街
""",
    "problem_types.csv": """\
code,group,group_name,plan_text,plain_text,accuses,keywords
1.2,1,钱和政策,资金发放不及时,钱没发,no,没发|冇发
3.4,3,有人违规,私自保管一卡通,把我的卡扣着,yes,扣卡
""",
    "policies.csv": """\
code,name,unit,eligibility,standard,payment,legal_basis,aliases,needs,discreet,in_scope,\
source_status,checked_on,sample
MZ01,低保金,MZ,收入低,当年标准,每月打卡,,低保|低饱,困难家庭,no,yes,verified,2025-04-19,no
RS01,创业补贴,RS,第一次创业,当年标准,一次打卡,,,没工作,no,yes,memory,,yes
""",
    "responsibilities.csv": """\
policy,problem,place,kind,actor,unit,basis,valid_from,valid_to
MZ01,,,,,MZ,四(二),2022-05-31,
RS01,,,,,RS,四(二),2022-05-31,
,3.4,,tip_off,bank,BGS,四(四),2022-05-31,2022-12-31
""",
    "clocks.csv": """\
kind,clock,starts,limit,unit,source_kind,source,note
all,sign_for,assigned,1,wd,promise,本平台承诺,
petition,close,accepted,60,d,law,《信访工作条例》第三十四条,
""",
    "notices/work-plan.md": """\
+++
title = "实施方案"
kind = "plan"
published_on = 2022-05-31
source = "某文2022年1号"
summary = "补贴再查一遍。"
+++

# 总则

第一条。
""",
}


def write(parent: Path) -> Path:
    """Write the folder below `parent` and return it."""
    folder = parent / CODE
    (folder / "notices").mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def spoil(folder: Path, file: str, before: str, after: str) -> None:
    """Put `after` in the place of the one `before` that stands in a file."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, (file, before)
    path.write_text(text.replace(before, after), encoding="utf-8")
