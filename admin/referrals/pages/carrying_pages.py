"""The package of a referral to a body without an account: the file for one, the passphrase for
another."""

from __future__ import annotations

from flask import Response, render_template

from admin.accounts.guard import staff_only
from admin.desk.pages.forms import ActForm
from admin.files.scanned_files import asked_first
from admin.referrals import carrying
from admin.referrals.pages.blueprint import REFUSALS, Answer, Paper, blueprint, why_refused
from admin.referrals.pages.step_pages import referral_page
from portal.foundation.staff import AT_A_DESK


@blueprint.post("/referrals/<key>/file")
@staff_only(*AT_A_DESK)
def take_file(key: str) -> Answer:
    """Take the locked file; its passphrase is for somebody else."""
    paper, form = Paper.read(key), ActForm()
    if not form.validate():
        return referral_page(paper, why="页面放久了，请再按一次。"), 422
    try:
        package, content = asked_first(lambda: paper.do(carrying.take_file, form.seen))
    except REFUSALS as refusal:
        return referral_page(Paper.read(key), why=why_refused(refusal)), 409
    headers = {"Content-Disposition": f"attachment; filename={package.number}.zip"}
    return Response(content, mimetype="application/zip", headers=headers)


@blueprint.post("/referrals/<key>/passphrase")
@staff_only(*AT_A_DESK)
def read_passphrase(key: str) -> Answer:
    """Show the passphrase, once, to somebody who hasn't the file."""
    paper, form = Paper.read(key), ActForm()
    if not form.validate():
        return referral_page(paper, why="页面放久了，请再按一次。"), 422
    try:
        shown = paper.do(carrying.read_passphrase, form.seen)
    except REFUSALS as refusal:
        return referral_page(Paper.read(key), why=why_refused(refusal)), 409
    return render_template("admin/referrals/passphrase.html", file=paper.file, passphrase=shown)
