"""The product's own template of a summary, for every campaign: made by code, as those of formal
documents are."""

from __future__ import annotations

from functools import cache

from admin.documents.shipped import Sheet

# What isn't said in one line is cut where it is said on.
_NUMBERS = """
{{起止}}，共发现问题{{发现问题}}：自查发现{{自查发现}}，抽查发现{{抽查发现}}，审计发现{{审计发现}}，\
核查发现{{核查发现}}，别处发现{{别处发现}}。涉及资金{{涉及金额}}，涉及{{涉及人数}}。
已经整改销号{{已经整改销号}}，正在整改{{正在整改}}，挂账{{挂账}}，查否{{查否}}。\
追回资金{{追回资金}}，补发资金{{补发资金}}。
移送问题{{移送问题}}，处理处分{{处理处分}}。主动说明{{主动说明}}，退赔资金{{退赔资金}}。
收到咨询{{咨询件}}，投诉{{投诉件}}，信访{{信访件}}，信息公开申请{{信息公开申请件}}，\
反映有人违规的来件{{反映有人违规的来件}}。按期答复率{{按期答复率}}。
各单位应报月报{{应报月报}}，报了{{报了月报}}，其中晚报{{晚报月报}}、零报送{{零报送}}。
重点抽查{{抽查单位}}，抽查比例{{抽查比例}}，查出问题{{抽查中查出}}。\
督导{{督导单位}}，查出问题{{督导中查出}}。
以上数字算到{{统计日期}}。
""".strip().splitlines()


@cache
def shipped_summary() -> bytes:
    """The same bytes at every call and in every process."""
    sheet = Sheet()
    sheet.title("{{标题}}")
    sheet.block("{{报送}}：")
    sheet.heading("一、主要做法")
    sheet.text("{{主要做法}}")
    sheet.heading("二、发现问题和整改情况")
    for line in _NUMBERS:
        sheet.text(line)
    for caption, name in (
        ("各单位发现问题和整改情况", "分单位表"),
        ("各单位发现问题的个数", "分单位图"),
        ("各类问题和整改情况", "分类别表"),
        ("各类问题的个数", "分类别图"),
    ):
        sheet.caption(caption)
        sheet.block("{{" + name + "}}")
    sheet.heading("三、建章立制情况")
    sheet.text("出台、修订、废止制度{{建章立制}}。")
    sheet.text("{{制度清单}}")
    sheet.heading("四、典型做法和经验")
    sheet.text("{{典型做法和经验}}")
    sheet.heading("五、存在的困难和问题")
    sheet.text("{{存在的困难和问题}}")
    sheet.heading("六、下一步打算和建议")
    sheet.text("{{下一步打算和建议}}")
    sheet.end("{{单位}}（印章）")
    sheet.end("{{日期}}")
    return sheet.made()
