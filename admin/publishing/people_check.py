"""What in a text points to a person: his numbers, or what reads like his name. Pure.

Nobody's name is known here, so it goes by how names are written. It finds too much rather than too
little: whoever writes says it in other words.
"""

from __future__ import annotations

import re

from admin.publishing.leak_check import Inside, Leak, find

# What a sentence may hold of nobody.
PERSONAL = frozenset(Leak) - {Leak.INSIDE_WORDS, Leak.INSIDE_NAME, Leak.UNREADABLE, Leak.FILE}
# A number of a document looks like a telephone or a house, and is neither.
IN_A_NUMBER = frozenset({Leak.CITIZEN_NUMBER, Leak.MOBILE, Leak.CARD, Leak.LONG_NUMBER})

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
    "|田间|田地|黄金|毛病|毛重|段落|史料|季度|汤逊|东方村|叶片|庄稼|安排|许多|许可|管理)"
)
_TITLE = (
    "(?:同志|先生|女士|师傅|老师|(?:副|代理?)?(?:主任|书记|支书|经理|[局科股处站所会组队镇乡区街行部社院]长)"
    "|经办|专干|干事|会计|出纳|委员|网格员|科员)"
)
_BEFORE = (
    "(?:^|[^\\u4e00-\\u9fff·]|干部|书记|主任|[局科股处站所会组队]长|[委党会科专]员|会计|出纳|姓名|户主|家属"
    "|人员|社区|街道|单位|[由和与及是为叫人])"
)
# Behind the mark of a document stand the year and its number: 江民政〔2022〕8号, 江民政2022年8号.
_AFTER = (
    "(?=$|(?![〔\\[【]|[（(]?[12][0-9]{3}[）)年-]?第?[0-9]+号)[^\\u4e00-\\u9fff·]|主动|说明|退|上?交|承认|坦白|贪|冒|挪|截|收"
    "|等[0-9一二两三四五六七八九十人]|本人|家属|[和与及])"
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


class PointsToPerson(Exception):
    """A text points to a person, by a number or by what reads like a name. `field` is the text's
    name, `passages` are the stretches that do."""

    def __init__(self, field: str, passages: list[str]) -> None:
        super().__init__(f"{field}: {len(passages)} passages")
        self.field = field
        self.passages = passages

    @property
    def said(self) -> str:
        """What the writer reads."""
        shown = "”“".join(self.passages)
        return f"像是人名、电话、证件号、卡号或者住址：“{shown}”。请换一种写法，不写到人"


def people_in(text: str, sorts: frozenset[Leak] = PERSONAL) -> list[str]:
    """The stretches of a text that point to a person, each once, in the order of the text."""
    found = [(one.start, one.end) for one in find(text, Inside()) if one.leak in sorts]
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            found.append(match.span("name" if "name" in match.groupdict() else 0))
    return list(dict.fromkeys(text[start:end] for start, end in sorted(found)))


def refuse_people(field: str, text: str, sorts: frozenset[Leak] = PERSONAL) -> None:
    """Refuse a text that points to a person.

    Raises:
        PointsToPerson: it does.
    """
    if passages := people_in(text, sorts):
        raise PointsToPerson(field, passages)
