"""What reads like a person, and what doesn't."""

from __future__ import annotations

import pytest

from admin.publishing.people_check import IN_A_NUMBER, people_in

PEOPLE = {
    "张伟主动说明情况": "张伟",
    "街道干部李娜退赔3000元": "李娜",
    "王某退了": "王某",
    "李某某已退": "李某某",
    "王*明": "王*明",
    "张科长交来": "张科长",
    "任志强同志": "任志强同志",
    "经办人张三、李四": "张三",
    "阿依古丽·买买提": "阿依古丽·买买提",
    "欧阳锋退还": "欧阳锋",
    "由陈小明交到区财政局": "陈小明",
    "社区书记周国庆承认": "周国庆",
    "收款人：刘德华": "刘德华",
    "王 伟退赔": "王 伟",
    "张伟2022年6月退赔": "张伟",
    "电话13907123456": "13907123456",
    "身份证420103199003071239": "420103199003071239",
    "座机027-85551234": "027-85551234",
    "卡号6222020200112233446": "6222020200112233446",
    "住在3栋2单元": "3栋",
}
NOBODY = (
    "2名社区干部主动说明，退到区财政局专户。",
    "余款分两次退清，第二次在7月15日前。",
    "万松街道、前进街道各1人",
    "单位自查后主动退回",
    "周一到周五受理，和财政局核对过",
    "区民政局局长办公会通过",
    "武汉金融街管理委员会惠民补贴代发银行管理规定",
    "江汉区高龄津贴发放管理办法（试行）",
    "蔡甸区残疾人联合会财务管理制度",
    "修订第三条：换卡以后五个工作日内更新账号",
    "江政规〔2022〕12号",
)


@pytest.mark.parametrize(("text", "passage"), PEOPLE.items())
def test_who_is_told_is_found(text: str, passage: str) -> None:
    assert any(passage in one for one in people_in(text))


@pytest.mark.parametrize("text", NOBODY)
def test_what_tells_of_nobody_passes(text: str) -> None:
    assert people_in(text) == []


def test_the_number_of_a_document_is_no_telephone() -> None:
    for number in (
        "江纪函〔2022〕15号",
        "江民政2022年8号",
        "武民政(2022)8号",
        "回执2022-0015号",
        "20220015",
    ):
        assert people_in(number, IN_A_NUMBER) == []
    assert people_in("420103199003071239", IN_A_NUMBER) == ["420103199003071239"]
