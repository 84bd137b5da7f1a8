"""The system administrator's page: what the deployment lacks, and how its jobs go."""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from admin.accounts.day_counts import day_counts
from admin.accounts.guard import staff_only
from admin.outbox.choosing import sends_mails, sends_texts
from admin.system.doctor import findings
from admin.system.pages.blueprint import blueprint
from admin.system.refusals_seen import sums
from admin.system.worker_job import WorkerJob
from portal.foundation.database import reading
from portal.foundation.day_counts import Refused
from portal.foundation.formats import moment
from portal.foundation.settings import Settings
from portal.foundation.staff import Role


@blueprint.get("/system")
@staff_only(Role.SYSTEM_ADMIN)
def system() -> ResponseReturnValue:
    """Findings and jobs. A system administrator sees no case, not even how many there are."""
    with reading() as session:
        return render_template(
            "admin/system/system.html",
            findings=[one.official for one in findings(session, _settings())],
            jobs=[_job(one) for one in session.scalars(select(WorkerJob))],
            refused=[(_REFUSED[what], *times) for what, times in sums(day_counts()).items()],
            sends=sends_texts(_settings()),
            sends_mails=sends_mails(_settings()),
        )


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


_REFUSED = {
    Refused.SIGN_IN: "登录：登录名、密码或者验证码不对",
    Refused.PAGE: "工作人员打开没有的或者不给他看的页面",
    Refused.QUERY_CODE: "查进度：查询码不对",
    Refused.TEXT: "短信：不是运营商送来的",
}
_JOBS = {
    "hand_keys_on": "回避以后把钥匙转交",
    "seal_to_class": "密件换到密件的钥匙下",
    "hand_on_mistakes": "网站找错：都要回避的，转给能看的",
    "remind_of_mistakes": "网站找错：提醒快到期的、记超期",
    "hand_on_requests": "个人信息请求：都要回避的，转给能看的",
    "remind_of_requests": "个人信息请求：提醒快到期的、记超期",
    "take_in_texts": "登记系统忙的时候收下的短信",
    "fetch_pictures": "取短信里的图片",
    "reconcile_texts": "向运营商核对，补登没有送到的短信",
    "send_texts": "发短信通知",
    "mail_staff": "有新的待办，发邮件告诉工作人员",
    "send_mails": "发邮件通知",
    "put_out_notices": "公布到了时候的通知",
    "let_policies_hold": "到了日子的政策换上新规定",
    "note_stopped_policies": "停止的补贴登在别处的，记下要撤",
    "watch_dates": "看期限，提醒、记超期",
    "watch_verifications": "提醒请人核查的",
    "look_for_causes": "找该督办的",
    "remind_of_progress": "提醒催问移送进展",
    "remind_of_summaries": "催报总结材料",
    "recount": "放假安排变了，重新算期限",
    "orders": "登记确认过的来单表格",
    "count_milestones": "数统计要用的",
    "take_down_lists": "撤下公示满了的名单",
    "sweep_files": "清掉没有交上来的文件",
    "keep_retention": "夜里销毁到了保存期限的、同意删除的",
    "keep_remarks": "夜里销毁到期的成效评估访问说明",
    "sweep_left_files": "清掉销毁以后没有主的文件",
    "sweep_rows": "清掉过了期的登录、链接、发过的短信记录",
    "sign_head": "给留痕盖章",
    "carry_heads": "把今日链头送到机器外面",
    "watch_readings": "看谁打开的件多得不寻常",
}


def _job(one: WorkerJob) -> tuple[str, str, str, str]:
    """A line of the worker's table; of an error its type and when it was."""
    error = f"{one.last_error}，{moment(one.failed_at)}" if one.failed_at else "没有"
    return _JOBS.get(one.name, one.name), moment(one.last_run_at), moment(one.next_run_at), error
