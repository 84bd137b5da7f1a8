"""How names are written, so that one is found that nobody here knows. Pure.

It finds too much rather than too little. That it looks at nothing but the text is the point: what
it finds tells nobody whether somebody of that name wrote to us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = r"[\u4e00-\u9fff]"
_SURNAME = (
    "(?:欧阳|上官|司马|司徒|诸葛|夏侯|皇甫|尉迟|公孙|慕容|长孙|令狐|东方|端木|南宫"
    "|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱"
    "覃武戴莫孔汤温康施洪季樊殷翁鲁葛柯聂喻涂甘饶柳詹欧庄柴佘])"
)
# Words that begin like a name.
_NO_NAME = (
    "(?!高龄|高度|高额|高校|高中|方案|方式|方法|方面|方便|金额|金融|江汉|江岸|江夏|武汉|武昌|万元|余额|余款"
    "|余下|钱款|钱物|任务|任何|任职|任免|白天|程序|周[一二三四五六日末边期转]|马上|石桥|林业|康复|温馨|洪水"
    "|田间|田地|黄金|毛病|毛重|段落|史料|季度|汤逊|东方村|叶片|庄稼|安排|许多|许可|管理|周岁|白血病|程度|洪山|黄[陂冈石]|钱[没被已都是给不也还发到])"
)
_TITLE = (
    "(?:同志|先生|女士|师傅|老师|(?:副|代理?)?(?:主任|书记|支书|经理|[局科股处站所会组队镇乡区街行部社院]长)"
    "|经办|专干|干事|会计|出纳|委员|网格员|科员)"
)
_BEFORE = (
    "(?:^|[^\\u4e00-\\u9fff·]|干部|书记|主任|[局科股处站所会组队]长|[委党会科专]员|会计|出纳|姓名|户主|家属"
    "|人员|社区|街道|单位|[由和与及是为叫人知给向替把对让请据问谢找])"
)
# Behind the mark of a document stand the year and its number: 江民政〔2022〕8号, 江民政2022年8号.
_AFTER = (
    "(?=$|(?![〔\\[【]|[（(]?[12][0-9]{3}[）)年-]?第?[0-9]+号)[^\\u4e00-\\u9fff·]|主动|说明|退|上?交|承认|坦白|贪|冒|挪|截|收"
    "|等[0-9一二两三四五六七八九十人]|本人|家属|反映|举报|投诉|来信|来电|提出|要求|名下|[和与及称说领收家的])"
)
_NAMES = tuple(
    re.compile(one)
    for one in (
        # 张某、李某某、王*明
        f"{_SURNAME}[某*×\uff0a○\u3007]{{1,2}}{_HAN}?",
        # 张伟同志、李科长
        f"{_NO_NAME}{_SURNAME}{_HAN}{{1,2}}{_TITLE}",
        f"{_SURNAME.replace('任', '')}{_TITLE}",
        # Between marks, or between words that stand before and after names.
        f"{_BEFORE}(?P<name>{_NO_NAME}{_SURNAME}(?:{_HAN}{{1,2}}|[ \u3000]{_HAN})){_AFTER}",
        # 阿依古丽·买买提
        f"{_HAN}{{2,8}}[·•・]{_HAN}{{2,8}}",
    )
)


def names_in_shape(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that read like somebody's name: (start, end)."""
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            yield match.span("name" if "name" in match.groupdict() else 0)
