"""A campaign that exists nowhere, made from nothing but data: the software must know none by
name."""

from __future__ import annotations

from pathlib import Path

CODE = "yundu-2031"

FILES = {
    "campaign.toml": """\
code = "yundu-2031"
name = "云渡县惠农补贴公开监督行动"
short_name = "云渡惠农补贴"
district = "云渡县"
organiser = "云渡县惠农补贴监督行动秘书处"
case_prefix = "YD"
starts_on = 2021-03-01
ends_on = 2031-12-31
plan_notice = "action-plan"

[bodies]
office = "XZ"
lead = "NY"
discipline = "JJ"
superior = "SJJ"
arbiter = "XF"
alarm_roles = ["discipline", "auditor"]

[lines]
hotline = "0888-0000-0800"
hotline_hours = "每天8:30–17:30"
text_number = "106900000800"
text_hint = "哪个乡镇、哪样补贴、出了什么事，写来就行。"
emergency = "110 / 120"
sample = true

[scope]
fund_years = [2029, 2030, 2031]
earlier = "数额大的可以往前查"

[[calendar]]
key = "quarter_report"
title = "各单位报送进度"
who = "各单位"
starts_on = 2021-04-01
ends_on = 2031-12-10
repeats = "monthly"
day = 5
clause = "第七条"
rolls = true

[[doors]]
name = "县长热线"
telephone = "12345"
matter = "和补贴没有关系的事，打这个电话。"

[routing]
certain = 0.7

elsewhere = ["邻水县"]

[routing.hints]
G1 = ["栽的树"]
""",
    "units.csv": """\
code,name,short_name,kind,parent,desk,remit,aliases,telephone,hours,address,sample
XF,云渡县人民政府,县政府,government,,no,全县各单位的上一级。,,,,,no
NY,云渡县农业农村局,农业农村局,lead,XF,yes,牵头这次行动。,县农业农村局|农业局,0888-0000-0801,每天8:30–17:30,,yes
XZ,监督行动秘书处,秘书处,office,NY,yes,收件、分件、督办、管台账。,县监督行动秘书处,0888-0000-0800,每天8:30–17:30,,yes
LY,云渡县林业局,林业局,department,XF,yes,管退耕还林和公益林的补贴。,县林业局,0888-0000-0802,每天8:30–17:30,,yes
SL,云渡县水利和湖泊局,水利局,department,XF,yes,管库区移民的补贴。,县水利局,0888-0000-0803,每天8:30–17:30,,yes
JJ,云渡县纪委监委,纪委监委,discipline,SJJ,yes,查办违纪和职务违法犯罪。,县纪委,0888-0000-0804,每天8:30–17:30,,yes
SJJ,云渡上一级纪检监察机关,上级纪委,superior,,no,反映到县纪委监委头上的事，由它办。,,,,,no
SH,云渡县审计局,审计局,audit,XF,yes,审计补贴资金。,县审计局,0888-0000-0805,每天8:30–17:30,,yes
TA,白鹭镇人民政府,白鹭镇,street,XF,yes,在镇里收申请、上门核实。,白鹭镇政府,0888-0000-0811,每天8:30–17:30,,yes
TB,青石乡人民政府,青石乡,street,XF,yes,在乡里收申请、上门核实。,青石乡政府,0888-0000-0812,每天8:30–17:30,,yes
TA1,白鹭镇柳湾村村民委员会,柳湾村,community,TA,no,帮村民递申请。,柳湾村委会,,,,no
TB1,青石乡石桥村村民委员会,石桥村,community,TB,no,帮村民递申请。,石桥村委会,,,,no
""",
    "places.csv": """\
code,name,kind,parent,unit,aliases
990101,白鹭镇,street,,TA,
990102,青石乡,street,,TB,
990101001,柳湾村,community,990101,TA1,
990102001,石桥村,community,990102,TB1,
""",
    "problem_types.csv": """\
code,group,group_name,plan_text,plain_text,accuses,keywords
1.1,1,补贴的钱,补贴资金拨付迟缓、数额不足的,钱没发、发晚了、发少了,no,没有到账|少发
1.2,1,补贴的钱,补贴对象名单未按规定张榜的,名单没有贴出来,no,没张榜
2.1,2,银行和卡,代发机构违规收取费用的,银行收了不该收的钱,no,手续费
3.1,3,有人违规,截留、冒领补贴资金的,有人扣了钱，或者冒名领钱,yes,截留|冒领
""",
    "policies.csv": """\
code,name,unit,eligibility,standard,payment,legal_basis,aliases,needs,discreet,in_scope,\
source_status,checked_on,sample
G1,退耕还林补助,LY,退了耕、种了树、验收合格的农户。,以县林业局公布的当年标准为准。,每年打到一卡通,《退耕还林条例》,退耕补助,困难家庭,no,yes,memory,,yes
G2,公益林管护补偿,LY,有公益林的农户。,以县林业局公布的当年标准为准。,每年打到一卡通,《森林法》,护林补偿,困难家庭,no,yes,memory,,yes
Y1,库区移民后期扶持金,SL,登记在册的库区移民。,以县水利局公布的当年标准为准。,每季打到一卡通,,移民扶持金,困难家庭,no,yes,memory,,yes
""",
    "responsibilities.csv": """\
policy,problem,place,kind,actor,unit,basis,valid_from,valid_to
G1,,,,,LY,《行动方案》第四条,2021-03-01,
G2,,,,,LY,《行动方案》第四条,2021-03-01,
Y1,,,,,SL,《行动方案》第四条,2021-03-01,
,2.1,,,bank,XZ,《行动方案》第五条,2021-03-01,
""",
    "clocks.csv": """\
kind,clock,starts,limit,unit,source_kind,source,note
all,sign_for,assigned,3,wd,promise,本平台承诺,
all,return,assigned,4,wd,promise,本平台承诺,
consultation,reply,registered,4,wd,promise,本平台承诺,
complaint,reply,registered,11,wd,promise,本平台承诺,
petition,notice_of_acceptance,registered,15,d,law,《信访工作条例》第二十三条,
petition,close,accepted,60,d,law,《信访工作条例》第三十四条,
disclosure_request,reply,received,20,wd,law,《政府信息公开条例》第三十三条,
tip_off,office_look,registered,3,wd,promise,本平台承诺,
tip_off,conclude,registered,25,wd,promise,本平台承诺,
""",
    "notices/action-plan.md": """\
+++
title = "云渡县惠农补贴公开监督行动方案"
kind = "plan"
published_on = 2021-03-01
source = "云惠2021年第3号"
summary = "把惠农补贴再查一遍，查到哪里公布到哪里。"
+++

# 一、查什么

第一条　查补贴有没有按时足额发到本人卡上。

# 二、谁来查

第四条　谁主管，谁负责。
""",
}


def write(parent: Path) -> Path:
    """Write the campaign's folder below `parent` and return it."""
    folder = parent / CODE
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
