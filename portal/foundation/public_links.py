"""Addresses of the public site."""

from __future__ import annotations

from urllib.parse import urlencode, urljoin


class PublicLinks:
    """Where citizens read, report and follow what they reported."""

    _public: str
    _public_url: str

    def in_full(self, address: str) -> str:
        """An address of this site with the site's own name before it."""
        return urljoin(self._public_url, address)

    def home(self) -> str:
        """The first page."""
        return f"{self._public}/"

    def page(self, path: str) -> str:
        """The page under a path of the public site."""
        return self._public + path

    def report(
        self,
        kind: str | None = None,
        policy: str | None = None,
        place: str | None = None,
        about: str | None = None,
    ) -> str:
        """The form of a kind, or the page that offers the five; with a policy or a place filled
        in. A form begins with what the report is about: the number of a result or a list."""
        path = f"{self._public}/report" + (f"/{kind}" if kind else "")
        chosen = {"policy": policy, "place": place, "about": about}
        query = urlencode({name: code for name, code in chosen.items() if code})
        return path + (f"?{query}" if query else "")

    def mistakes(self, page: str = "") -> str:
        """The form for a mistake on the site; with the path of a page filled in."""
        return f"{self._public}/mistakes" + (f"?{urlencode({'page': page})}" if page else "")

    def personal_information(self) -> str:
        """What becomes of personal information, and what may be asked about it."""
        return f"{self._public}/personal-information"

    def ask_for_rights(self) -> str:
        """The form for whoever asks about his own information without a query code."""
        return f"{self.personal_information()}/request"

    def progress(self) -> str:
        """The page that asks for the query code."""
        return f"{self._public}/progress"

    def progress_in_full(self) -> str:
        """The same as it is printed and texted: with the site's own name."""
        return f"{self._public_url}/progress"

    def add_words(self) -> str:
        """Where a reporter's further words are posted."""
        return f"{self._public}/progress/words"

    def own_file(self) -> str:
        """Where a reporter asks for a file of his own case."""
        return f"{self._public}/progress/file"

    def own_content(self) -> str:
        """Where a reporter asks for everything that he may read of his case, in one file."""
        return f"{self._public}/progress/content"

    def own_rights(self, act: str = "") -> str:
        """Where a reporter asks for the form for a request about his own information, or posts
        it."""
        return f"{self._public}/progress/rights" + (f"/{act}" if act else "")

    def leave_mail(self) -> str:
        """Where a reporter's mail address is posted."""
        return f"{self._public}/progress/mail"

    def stop_mail(self) -> str:
        """Where he has the mails stopped."""
        return f"{self._public}/progress/mail/stop"

    def questionnaire(self, step: str = "") -> str:
        """The page that asks for the code of a slip, or where its answers are posted."""
        return f"{self._public}/questionnaire" + (f"/{step}" if step else "")

    def questionnaire_in_full(self) -> str:
        """The same as it is printed on a slip: with the site's own name."""
        return f"{self._public_url}/questionnaire"

    def change_code(self) -> str:
        """Where a wish for another query code is posted."""
        return f"{self._public}/progress/code"

    def withdraw(self) -> str:
        """Where a withdrawal is posted."""
        return f"{self._public}/progress/withdraw"

    def object_to_answer(self) -> str:
        """Where an objection is posted."""
        return f"{self._public}/progress/object"

    def answer_questions(self) -> str:
        """Where a reporter answers how his case was handled."""
        return f"{self._public}/progress/answers"

    def policies(self, typed: str = "", need: str = "") -> str:
        """The policy list; what of it fits some words, or is for people in some need."""
        asked = {"q": typed, "need": need}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{self._public}/policies" + (f"?{query}" if query else "")

    def policy(self, code: str, *, year: int | None = None, version: int | None = None) -> str:
        """One policy; as it was in a year, or where the page tells of one of its versions."""
        path = f"{self._public}/policies/{code}" + (f"?{urlencode({'year': year})}" if year else "")
        return path + (f"#version-{version}" if version else "")

    def responsibilities(self, policy: str = "", problem: str = "") -> str:
        """Who is in charge; of a policy, or where the page tells of a problem."""
        path = f"{self._public}/responsibilities"
        query = f"?{urlencode({'policy': policy})}" if policy else ""
        return path + query + (f"#problem-{problem}" if problem else "")

    def responsibility_table(self) -> str:
        """Who is in charge, every policy by every problem in one table."""
        return f"{self.responsibilities()}/table"

    def hotlines(self, at: str = "") -> str:
        """Every unit's telephone, or where the page tells of one."""
        return f"{self._public}/hotlines" + (f"#{at}" if at else "")

    def results(self) -> str:
        """The published rectification results."""
        return f"{self._public}/results"

    def result(self, number: str) -> str:
        """One published result."""
        return f"{self._public}/results/{number}"

    def result_release(self, number: str, revision: int) -> str:
        """One release of a result, from 1, as it stood then."""
        return f"{self.result(number)}/releases/{revision}"

    def notices(self, kind: str | None = None, after: str = "") -> str:
        """The notices, or those of a kind, or those that come behind one in the list."""
        asked = {"kind": kind, "after": after}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{self._public}/notices" + (f"?{query}" if query else "")

    def distributions(self, policy: str = "") -> str:
        """The lists of who received what; of one policy."""
        asked = f"?{urlencode({'policy': policy})}" if policy else ""
        return f"{self._public}/distributions{asked}"

    def distribution(self, number: str, page: int = 1) -> str:
        """One list of who received what, or a further page of it."""
        asked = f"?{urlencode({'page': page})}" if page > 1 else ""
        return f"{self._public}/distributions/{number}{asked}"

    def figures(self, month: str = "") -> str:
        """The published figures; of a month such as 2022-06, or of the newest."""
        return f"{self._public}/figures" + (f"?{urlencode({'month': month})}" if month else "")

    def public_draws(self, number: str = "", file: str = "") -> str:
        """The draws of spot checks, or one by its number, or a file of it."""
        path = f"{self._public}/spot-checks" + (f"/{number}" if number else "")
        return path + (f"/{file}" if file else "")

    def notice(self, slug: str) -> str:
        """One notice."""
        return f"{self._public}/notices/{slug}"

    def notice_file(self, slug: str, name: str) -> str:
        """A file that goes with a notice."""
        return f"{self.notice(slug)}/files/{name}"

    def search(self) -> str:
        """Search over what is published."""
        return f"{self._public}/search"

    def help(self) -> str:
        """How to use the line."""
        return f"{self._public}/help"

    def safety(self) -> str:
        """What protects a reporter, and what can't."""
        return f"{self._public}/safety"

    def feed(self) -> str:
        """What is new, as an Atom feed."""
        return f"{self._public}/feed.xml"

    def open_data(self) -> str:
        """What may be taken away as data."""
        return f"{self._public}/data"

    def data_file(self, table: str, kind: str) -> str:
        """A table as a file: json, csv or xlsx."""
        return f"{self._public}/data/{table}.{kind}"

    def publicity(self, place: str | None = None) -> str:
        """What is printed, read out and handed round; for one street."""
        return f"{self._public}/publicity" + (f"/places/{place}" if place else "")

    def sheet(self, sheet: str, place: str | None = None) -> str:
        """A sheet to be printed, of one street or of the district."""
        return f"{self._public}/publicity/{sheet}" + (f"/{place}" if place else "")

    def sheet_pdf(self, sheet: str, place: str | None = None) -> str:
        """The same as a PDF."""
        return f"{self.sheet(sheet, place)}.pdf"

    def spoken_text(self, text: str, place: str | None = None) -> str:
        """A text that is read out or sent round, as a file."""
        return f"{self._public}/publicity/texts/{text}" + (f"/{place}" if place else "") + ".txt"

    def accessibility(self) -> str:
        """The accessibility statement."""
        return f"{self._public}/accessibility"
