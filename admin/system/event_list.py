"""Events as an auditor may read them: of everything but the cases, and the mistakes on the site,
that accuse him or his units."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from admin.desk.event_words import title_of
from admin.system.event_filter import EventFilter
from admin.system.event_sight import sees_event
from intake.cases.case import Case
from intake.cases.event import Event
from portal.campaign.book import Book
from portal.foundation import formats
from portal.foundation.staff import Staff

Row = tuple[str, str, str, str]
_A_PAGE = 50
_BESIDE_CASES = {
    "problem_opened": "列入台账",
    "problem_joined": "台账：并入来件",
    "duty_done": "方案日程：记完成",
    "duty_undone": "方案日程：取消完成",
    "letter_drafted": "提醒、约谈：拟稿",
    "letter_changed": "提醒、约谈：改稿",
    "letter_sent": "提醒、约谈：签发",
    "letter_dropped": "提醒、约谈：不发了",
    "letter_answered": "提醒、约谈：单位回复",
    "letter_closed": "提醒、约谈：了结",
    "assessment_opened": "成效评估：开始一次",
    "assessment_list_reported": "成效评估：报名单行数",
    "assessment_drawn": "成效评估：抽户",
    "assessment_rows_given": "成效评估：分给访的人",
    "assessment_rows_taken": "成效评估：拿回没访的",
    "assessment_slips_printed": "成效评估：印问卷条",
    "assessment_entered": "成效评估：记一户",
    "assessment_answered": "成效评估：收到一张问卷条的回答",
    "assessment_closed": "成效评估：结束",
    "assessment_dropped": "成效评估：不做了",
    "assessment_remarks_destroyed": "成效评估：访问时记的话到期销毁",
    "summary_part_written": "总结：单位写自己的一份",
    "summary_part_corrected": "总结：单位更正自己的一份",
    "summary_part_handed_in": "总结：单位报来自己的一份",
    "summary_part_accepted": "总结：接收单位的一份",
    "summary_part_sent_back": "总结：退回单位的一份",
    "summary_part_reminded": "总结：催报",
    "summary_written": "总结：办公室写稿",
    "summary_frozen": "总结：定稿",
    "summary_answered": "总结：说明查到的地方",
    "summary_sent_back": "总结：退回重写",
    "summary_approved": "总结：审签",
    "report_sent": "报送上级：记发出",
    "report_heard": "报送上级：记回音",
    "round_planned": "督导：定下一次",
    "round_visited": "督导：去过一家单位",
    "round_found": "督导：查出问题，列入台账",
    "round_order_given": "督导：交代要办的事",
    "round_order_reported": "督导：单位报办理情况",
    "round_order_done": "督导：算办完",
    "round_order_sent_back": "督导：退回再办",
    "round_closed": "督导：结束",
    "own_check_entered": "台账：记自查发现的问题",
    "problem_entered": "台账：记入一个问题",
    "problem_carried_over": "台账：挂账",
    "problem_resumed": "台账：挂账的接着整改",
    "problem_unfounded": "台账：查否",
    "problem_reopened": "台账：重新打开",
    "problem_changed": "台账：改数",
    "problem_referred": "台账：记移送",
    "team_finding_entered": "台账：记重点抽查发现的问题",
    "spot_check_opened": "重点抽查：开始",
    "spot_check_reason_added": "重点抽查：加一条依据",
    "spot_check_reason_taken_back": "重点抽查：收回一条依据",
    "spot_check_dropped": "重点抽查：不抽了",
    "spot_check_frozen": "重点抽查：冻结名册，公布承诺",
    "spot_check_drawn": "重点抽查：公开种子，抽",
    "spot_check_giving_up_proposed": "重点抽查：提出作废",
    "spot_check_given_up": "重点抽查：作废，公布原因",
    "spot_check_kept": "重点抽查：不作废了",
    "spot_check_team_made": "重点抽查：分检查组",
    "spot_check_unit_taken": "重点抽查：从检查组拿回单位",
    "spot_check_visited": "重点抽查：记入户",
    "spot_check_concluded": "重点抽查：一个单位查完",
    "measure_recorded": "台账：写明措施",
    "measure_done": "台账：措施完成",
    "rectified": "台账：报告整改完成",
    "rectification_sent_back": "台账：退回整改",
    "struck_off": "台账：销号",
    "monthly_return_filled_in": "月报：填报",
    "monthly_return_corrected": "月报：更正",
    "monthly_return_signed": "月报：负责人签报",
    "monthly_return_accepted": "月报：接收",
    "monthly_return_sent_back": "月报：退回",
    "annex_template_changed": "附件：改模板",
    "text_compared": "发布：一段文字和内部材料比对",
    "result_drafted": "整改结果：拟稿",
    "result_answered": "整改结果：说明查到的地方",
    "result_sent_back": "整改结果：退回修改",
    "result_released": "整改结果：发布",
    "result_withdrawn": "整改结果：撤下",
    "notice_drafted": "通知：拟稿",
    "notice_answered": "通知：说明查到的地方",
    "notice_sent_back": "通知：退回修改",
    "notice_dropped": "通知：不用了",
    "notice_signed": "典型案例：第一人签发",
    "notice_scheduled": "通知：签发，到时公布",
    "notice_released": "通知：公布",
    "notice_withdrawn": "通知：撤下",
    "appearance_recorded": "登在别处：记下",
    "appearance_removed": "登在别处：删去",
    "appearance_ended": "登在别处：记下撤没撤",
    "distribution_drafted": "公示名单：拟稿",
    "distribution_answered": "公示名单：说明查到的地方",
    "distribution_sent_back": "公示名单：退回修改",
    "distribution_dropped": "公示名单：不公布了",
    "distribution_released": "公示名单：发布",
    "distribution_withdrawn": "公示名单：提前撤下",
    "distribution_taken_down": "公示名单：到期撤下",
    "mistake_reported": "网站找错：收到",
    "mistake_barred": "网站找错：有单位或人员要回避",
    "mistake_unbarred": "网站找错：没有说谁不对，交给办公室",
    "mistake_handed_on": "网站找错：转给没有回避的单位",
    "mistake_reminded": "网站找错：提醒快到期",
    "mistake_overdue": "网站找错：超过期限",
    "mistake_answered": "网站找错：答复",
    "mistake_answer_corrected": "网站找错：更正答复",
    "mistake_registered": "网站找错：登记成件",
    "mistake_read": "网站找错：看内容",
    "mistake_destroyed": "网站找错：到期销毁",
    "rights_asked": "个人信息请求：收到",
    "rights_barred": "个人信息请求：有单位或人员要回避",
    "rights_unbarred": "个人信息请求：没有说谁不对，交给办公室",
    "rights_handed_on": "个人信息请求：转给没有回避的单位",
    "rights_contact_opened": "个人信息请求：打开联系方式",
    "rights_destroyed": "个人信息请求：到期销毁",
    "rights_read": "个人信息请求：看内容",
    "rights_proved": "个人信息请求：核实了是谁",
    "rights_proposed": "个人信息请求：拟不同意，等第二人",
    "rights_sent_back": "个人信息请求：第二人退回",
    "rights_decided": "个人信息请求：答复",
    "rights_corrected": "个人信息请求：更正、补充写进件里",
    "rights_reminded": "个人信息请求：提醒快到期",
    "rights_overdue": "个人信息请求：超过期限",
    "rights_registered": "个人信息请求：转到件里办",
    "declaration_entered": "主动说明和退赔：记一笔",
    "declaration_corrected": "主动说明和退赔：更正",
    "declaration_withdrawn": "主动说明和退赔：撤回",
    "rule_entered": "建章立制：记一条",
    "rule_corrected": "建章立制：更正",
    "rule_withdrawn": "建章立制：撤回",
    "rule_answers_problem": "建章立制：写明回应一个问题",
    "rule_answer_taken_back": "建章立制：不再写回应一个问题",
    "publicity_entered": "宣传记录：记一条",
    "publicity_corrected": "宣传记录：更正",
    "publicity_withdrawn": "宣传记录：撤回",
    "figures_prepared": "数字公开：数一个月",
    "figures_sent_back": "数字公开：退回",
    "figures_released": "数字公开：发布",
    "figures_withdrawn": "数字公开：撤下",
    "responsibility_added": "谁主管：加一行",
    "responsibility_ended": "谁主管：停一行",
    "closing_prepared": "报请结束专项治理",
    "closing_taken_back": "撤回报请结束专项治理",
    "campaign_closed": "结束专项治理",
    "campaign_reopened": "重新打开专项治理",
    "staff_added": "给工作人员加岗位",
    "link_made": "发开户链接",
    "staff_change_proposed": "人员变动：提出",
    "staff_change_agreed": "人员变动：同意",
    "staff_change_refused": "人员变动：没有同意",
    "staff_change_taken_back": "人员变动：撤回",
    "post_taken": "收回工作人员的岗位",
    "sign_ins_ended": "让工作人员在各处退出登录",
    "everybody_signed_out": "让所有人退出登录",
    "staff_left": "工作人员离岗",
    "leaver_looked_through": "离岗人员手里的事看过了",
    "command_posts_seen": "看过命令行给的岗位",
    "enrolled": "设好密码和验证器",
    "signed_in": "登录",
    "proved_again": "办要紧的事以前再确认是本人",
    "words_read": "看件的内容",
    "order_answers_exported": "来单：导出单子和答复",
    "password_changed": "改密码",
    "passkey_added": "加通行密钥",
    "passkey_removed": "去掉通行密钥",
    "recovery_pinned": "换备用钥匙",
    "key_rotated": "换密钥",
    "key_retired": "销毁旧密钥",
    "keys_recovered": "用备用钥匙恢复",
    "recovery_drilled": "试过备用钥匙",
    "sealed_class_founded": "密件：设好",
    "sealed_class_taken_up": "密件：恢复以后接着用",
    "sealed_class_drilled": "密件：试过备用钥匙",
    "sealed_reader_invited": "密件：请一位同事做阅读人",
    "sealed_reader_added": "密件：做了阅读人",
    "sealed_reader_removed": "密件：去掉阅读人",
    "sealed_passphrase_changed": "密件：改口令",
    "sealed_class_unlocked": "密件：打开",
    "sealed_case_handed_above": "密件：移交上级",
    "sealed_class_not_opened": "密件：口令、邀请码或者备用钥匙不对",
    "campaign_loaded": "装入专项治理的数据",
    "calendar_loaded": "装入放假安排",
    "backup_taken": "备份",
    "restored": "从备份恢复",
}


@dataclass(frozen=True)
class EventPage:
    """One page of events, and whether there are older ones."""

    rows: list[Row]
    has_older: bool


HEAD = ("日期", "做了什么", "编号", "谁")
MOST_IN_FILE = 20_000


class TooMany(Exception):
    """More events than a file of them may hold."""


def page_of_events(
    session: Session, staff: Staff, book: Book, asked: EventFilter, *, page: int = 1
) -> EventPage:
    """A page of up to fifty events, the newest first; pages are counted, since a place in the chain
    would tell of a gap."""
    wanted = _wanted(staff, asked).offset((page - 1) * _A_PAGE).limit(_A_PAGE + 1)
    rows = _rows(session, wanted, book)
    return EventPage(rows[:_A_PAGE], has_older=len(rows) > _A_PAGE)


def all_events(session: Session, staff: Staff, book: Book, asked: EventFilter) -> list[Row]:
    """Every event that is asked for, as the list shows it.

    Raises:
        TooMany: see `MOST_IN_FILE`.
    """
    rows = _rows(session, _wanted(staff, asked).limit(MOST_IN_FILE + 1), book)
    if len(rows) > MOST_IN_FILE:
        raise TooMany
    return rows


def _wanted(staff: Staff, asked: EventFilter) -> Select[Event, str, str]:
    return (
        select(Event, Case.number, Staff.display_name)
        .join(Case, Case.id == Event.case_id, isouter=True)
        .join(Staff, Staff.id == Event.staff_id, isouter=True)
        .where(sees_event(staff), *asked.conditions())
        .order_by(Event.seq.desc())
    )


def _rows(session: Session, wanted: Select[Event, str, str], book: Book) -> list[Row]:
    return [
        (
            formats.moment_day(event.happened_at),
            title_of(event.name, event.facts, book) or _BESIDE_CASES.get(event.name, event.name),
            number or "",
            name or "",
        )
        for event, number, name in session.execute(wanted)
    ]
