"""Addresses of the staff site."""

from __future__ import annotations

from urllib.parse import urlencode


class StaffLinks:
    """Where staff work."""

    _staff: str

    def staff(self) -> str:
        """The staff site."""
        return f"{self._staff}/staff/"

    def sign_in(self) -> str:
        """Where staff sign in."""
        return f"{self._staff}/staff/sign-in"

    def sign_out(self) -> str:
        """Where signing out is posted."""
        return f"{self._staff}/staff/sign-out"

    def account(self) -> str:
        """One's own account."""
        return f"{self._staff}/staff/account"

    def own_mail(self, step: str = "") -> str:
        """Where one's own mail address is posted, or a step with it."""
        return f"{self.account()}/mail" + (f"/{step}" if step else "")

    def cases(self) -> str:
        """The queue."""
        return f"{self._staff}/staff/cases"

    def sealed_class(self, step: str = "") -> str:
        """The page of the sealed class (密件), or a step there."""
        return f"{self._staff}/staff/sealed" + (f"/{step}" if step else "")

    def search_cases(self) -> str:
        """Search over the words of cases."""
        return f"{self._staff}/staff/cases/search"

    def saved_filters(self) -> str:
        """Where a list of the queue is saved."""
        return f"{self._staff}/staff/cases/filters"

    def case(self, number: str) -> str:
        """One case on the staff site."""
        return f"{self._staff}/staff/cases/{number}"

    def move(self, number: str, move: str) -> str:
        """Where a move of a case is posted."""
        return f"{self._staff}/staff/cases/{number}/{move}"

    def publicity_entries(self) -> str:
        """The record of publicity."""
        return f"{self._staff}/staff/publishing/publicity"

    def publicity_entry(self, entry_id: int, step: str = "") -> str:
        """One entry of it, or a step with it."""
        return f"{self.publicity_entries()}/{entry_id}" + (f"/{step}" if step else "")

    def recorded(self) -> str:
        """What a person wrote down for others."""
        return f"{self._staff}/staff/recorded"

    def record(self, channel: str) -> str:
        """The form for what comes by telephone, at a visit or by letter."""
        return f"{self._staff}/staff/recorded/new?{urlencode({'channel': channel})}"

    def recorded_entry(self, number: str) -> str:
        """One of one's own entries."""
        return f"{self._staff}/staff/recorded/{number}"

    def documents(self, number: str) -> str:
        """The formal documents of a case."""
        return f"{self.case(number)}/documents"

    def document(self, number: str, key: str, act: str = "") -> str:
        """One formal document of a case, or the page of an act on it."""
        return f"{self.documents(number)}/{key}" + (f"/{act}" if act else "")

    def new_document(self, number: str, kind: str) -> str:
        """Where a formal document of a kind is begun."""
        return f"{self.documents(number)}/new/{kind}"

    def approval_sheet(self, number: str) -> str:
        """The sheet of a case for its leaders' signatures."""
        return f"{self.case(number)}/approval-sheet"

    def follow_ups(self) -> str:
        """The reporters who are to be visited."""
        return f"{self._staff}/staff/follow-ups"

    def follow_up(self, number: str, act: str = "") -> str:
        """What was asked and answered after a case was closed, or the page of an act on it."""
        return f"{self.case(number)}/follow-up" + (f"/{act}" if act else "")

    def duplicates(self, number: str, other: str = "", act: str = "") -> str:
        """What a case may belong together with; one other case beside it; what ties the two."""
        return "/".join([f"{self.case(number)}/duplicates", *filter(None, (other, act))])

    def document_templates(self) -> str:
        """The office's templates of formal documents."""
        return f"{self._staff}/staff/documents/templates"

    def supervisions(self) -> str:
        """The supervised cases."""
        return f"{self._staff}/staff/supervision"

    def suggested_supervision(self) -> str:
        """The cases for which supervision is suggested."""
        return f"{self.supervisions()}?{urlencode({'tab': 'suggested'})}"

    def supervision(self, number: str, step: str = "") -> str:
        """The supervision of a case, or the page of one of its steps."""
        return f"{self.case(number)}/supervision" + (f"/{step}" if step else "")

    def orders(self) -> str:
        """What other bodies sent, and whether they have their answer."""
        return f"{self._staff}/staff/orders"

    def new_order(self, source: str) -> str:
        """The form for an order of a sender."""
        return f"{self.orders()}/new?{urlencode({'source': source})}"

    def order_sheets(self, key: str = "", step: str = "") -> str:
        """Where spreadsheets of orders are uploaded, or one of them and a step of it."""
        return "/".join(part for part in (f"{self.orders()}/sheets", key, step) if part)

    def clues(self, number: str = "") -> str:
        """What became of the clues of one's own audit body, or of one of them."""
        return f"{self.orders()}/clues" + (f"/{number}" if number else "")

    def order(self, number: str, act: str = "") -> str:
        """The order that a case came as, or the page of an act on it."""
        return f"{self.case(number)}/order" + (f"/{act}" if act else "")

    def case_referrals(self, number: str) -> str:
        """What of a case was referred."""
        return f"{self.case(number)}/referrals"

    def referrals(self) -> str:
        """The list of referrals."""
        return f"{self._staff}/staff/referrals"

    def referral(self, key: str, step: str = "") -> str:
        """One referral, or the page of a step with it."""
        return f"{self.referrals()}/{key}" + (f"/{step}" if step else "")

    def filing(self) -> str:
        """What is to be filed, and what is."""
        return f"{self._staff}/staff/filing"

    def filing_of(self, number: str, step: str = "") -> str:
        """The filing of one case, or a step of it."""
        return f"{self.filing()}/{number}" + (f"/{step}" if step else "")

    def retention(self, number: str = "", step: str = "") -> str:
        """What will be destroyed; when one case is, or a step of that."""
        return "/".join([f"{self._staff}/staff/retention", *filter(None, (number, step))])

    def closing(self, step: str = "") -> str:
        """What is still open at the campaign's end, or a page of that."""
        return f"{self._staff}/staff/closing" + (f"/{step}" if step else "")

    def verifications(self, key: str = "") -> str:
        """What one's units were asked to check; or one of the questions."""
        return f"{self._staff}/staff/verifications" + (f"/{key}" if key else "")

    def reply_templates(self, key: str = "", act: str = "") -> str:
        """The office's templates of replies; or one of them, or where an act on it is posted."""
        return "/".join([f"{self._staff}/staff/reply-templates", *filter(None, (key, act))])

    def draft_with_template(self, number: str) -> str:
        """Where a reply is drafted with a template."""
        return f"{self.case(number)}/reply-templates"

    def office(self) -> str:
        """The office's page."""
        return f"{self._staff}/staff/office"

    def staff_figures(self) -> str:
        """The figures of units and kinds."""
        return f"{self._staff}/staff/figures"

    def calendar(self) -> str:
        """The calendar of working days, in the office's hands."""
        return f"{self._staff}/staff/office/calendar"

    def alarms(self) -> str:
        """The alarm without content, for the roles that the campaign names."""
        return f"{self._staff}/staff/alarms"

    def publishing(self) -> str:
        """The publishing desk."""
        return f"{self._staff}/staff/publishing"

    def draft(self, draft_id: int) -> str:
        """One draft on the publishing desk."""
        return f"{self._staff}/staff/publishing/{draft_id}"

    def withdraw_result(self, number: str) -> str:
        """Where a result is taken down."""
        return f"{self.publishing()}/results/{number}/withdraw"

    def public_notices(self, step: str = "") -> str:
        """The desk's notices, or a page below them."""
        return f"{self.publishing()}/notices" + (f"/{step}" if step else "")

    def notice_draft(self, draft_id: int, step: str = "") -> str:
        """One draft of a notice, or the page of a step with it."""
        return self.public_notices(f"drafts/{draft_id}") + (f"/{step}" if step else "")

    def appearances(self, step: str = "") -> str:
        """Where else what is published stands, or a step with it."""
        return f"{self.publishing()}/appearances" + (f"/{step}" if step else "")

    def export_of_published(self) -> str:
        """Everything that is published, in one file for the government's own portal."""
        return f"{self.publishing()}/export.zip"

    def pointed_out(self, number: str = "", act: str = "") -> str:
        """The mistakes on the site that were pointed out; or one of them, or the page of an act on
        it."""
        return "/".join([f"{self.publishing()}/mistakes", *filter(None, (number, act))])

    def list_drafts(self) -> str:
        """The desk for lists of who received what."""
        return f"{self.publishing()}/distributions"

    def new_list(self, policy: str = "") -> str:
        """Where a list of a policy is drafted, or the policy is chosen."""
        asked = f"?{urlencode({'policy': policy})}" if policy else ""
        return f"{self.list_drafts()}/new{asked}"

    def list_draft(self, number: str, step: str = "") -> str:
        """One draft of a list, or a step with it."""
        return f"{self.list_drafts()}/{number}" + (f"/{step}" if step else "")

    def policy_desk(self, code: str = "", act: str = "") -> str:
        """The policy list in the office's hands; or one policy of it, and an act on it."""
        return "/".join([f"{self.publishing()}/policies", *filter(None, (code, act))])

    def policy_draft(self, key: str, act: str = "") -> str:
        """A draft of changes to it, or where an act on the draft is posted."""
        return "/".join([f"{self.policy_desk()}/drafts", *filter(None, (key, act))])

    def public_figures(self, draft_id: int = 0) -> str:
        """The months' figures on the publishing desk, or one draft of them."""
        return f"{self._staff}/staff/publishing/figures" + (f"/{draft_id}" if draft_id else "")

    def withdraw_figures(self, month: str) -> str:
        """Where a month's figures are taken off the public site."""
        return f"{self._staff}/staff/publishing/figures/{month}/withdraw"

    def in_charge(self) -> str:
        """Where the office says who is in charge."""
        return f"{self._staff}/staff/responsibilities"

    def responsibility(self, row_id: int) -> str:
        """One row of it."""
        return f"{self._staff}/staff/responsibilities/{row_id}"

    def events(self) -> str:
        """The auditor's list of events."""
        return f"{self._staff}/staff/events"

    def readings(self) -> str:
        """Who read how many cases."""
        return f"{self._staff}/staff/readings"

    def chain_heads(self) -> str:
        """Today's head of the chain of events, to be printed."""
        return f"{self._staff}/staff/chain-heads"

    def system(self, page: str = "") -> str:
        """The system page, or one below it."""
        return f"{self._staff}/staff/system" + (f"/{page}" if page else "")

    def people(self, step: str = "") -> str:
        """Who works here, or a page below that."""
        return f"{self._staff}/staff/people" + (f"/{step}" if step else "")

    def person(self, staff_id: int, step: str = "") -> str:
        """One of them, or where something is done to his account."""
        return self.people(str(staff_id)) + (f"/{step}" if step else "")

    def staff_change(self, key: str, step: str = "") -> str:
        """A change that takes two people, or a step of it."""
        return self.people(f"changes/{key}") + (f"/{step}" if step else "")

    def leavers(self, leaver_id: int = 0, unit: str = "") -> str:
        """The people who left one's units, or what one of them had in hand for a unit."""
        return f"{self._staff}/staff/leavers" + (f"/{leaver_id}/{unit}" if unit else "")
