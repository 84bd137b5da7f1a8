"""One entry: what was issued, which problems it answers, which policies it leaves behind."""

from __future__ import annotations

from flask import abort, render_template, request

from admin.accounts.guard import signed_in, staff_only
from admin.accounts.staff_names import names_of
from admin.issued_rules.pages.blueprint import blueprint, rule_reader
from admin.issued_rules.policy_gap import still_unchanged
from admin.issued_rules.rule_list import line_of, policies_of_versions, versions_of
from admin.issued_rules.rule_reasons import WITHDRAWN, of_version, reasons_of
from admin.publishing.desk import PUBLISHING_ROLES
from portal.foundation.database import reading
from portal.foundation.staff import AT_A_DESK
from portal.published.notice import Notice

_DONE = {
    "entered": "已记下，各单位都看得到。",
    "corrected": "已更正，原来写的本单位和办公室还看得到。",
    "answers": "已存下。",
    "withdrawn": "已撤回，不再计数。",
}


@blueprint.get("/issued-rules/<int:rule_id>")
@staff_only(*AT_A_DESK)
def rule(rule_id: int) -> str:
    """What it says; and to those who write it, what it said before and why."""
    done = _DONE.get(request.args.get("done", ""))
    with reading() as session:
        me = rule_reader(session)
        line = line_of(session, me, rule_id) or abort(404)
        writes = me.writes_of(line.rule.unit_code)
        versions = versions_of(session, line.rule) if writes else []
        reasons = reasons_of(session, line.rule, versions, me.opens_as) if writes else {}
        writers = [line.rule.withdrawn_by, *(one.written_by for one in versions)]
        names = names_of(session, writers)
        changed = policies_of_versions(session, line.rule)
        notice = session.get(Notice, line.now.notice_slug) if line.now.notice_slug else None
    return render_template(
        "admin/issued_rules/rule.html",
        book=me.book,
        line=line,
        writes=writes,
        versions=versions,
        reasons=reasons,
        of_version=of_version,
        why_withdrawn=reasons.get(WITHDRAWN, ""),
        names=names,
        changed=changed,
        notice=notice,
        unchanged=still_unchanged(me.book, line.policies, line.now.issued_on),
        drafts_policies=me.office in signed_in().units_as(*PUBLISHING_ROLES),
        flash_messages=[done] if done else [],
    )
