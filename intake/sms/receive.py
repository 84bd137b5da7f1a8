"""Receive a text message: register what it says, or do what it asks, and answer; once for each
provider's id."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from intake import progress
from intake.cases.case import Case
from intake.cases.inbound_text import TEXT_ID, TEXT_SENDER, InboundText
from intake.cases.receipt import Receipt
from intake.mistakes.own_mistake import is_of_mistake
from intake.outbox.addressing import forget_number, know_number_again
from intake.outbox.opt_outs import mark_anew, opt_in, opt_out
from intake.progress import CaseIsOver, Found, UnknownCode
from intake.register import has_phone_mark, register
from intake.rights.own_request import is_of_request
from intake.sms import rating, receipt_answer
from intake.sms.answers import SILENCE, Answer, in_fours
from intake.sms.flood import Hears, hears
from intake.sms.grammar import Help, OptIn, OptOut, Query, Rating, Supplement, Words
from intake.sms.matter import ONLY_PICTURES, Inbound, as_read_before, asked, draft_of
from intake.sms.pictures_left import say_pictures_left
from intake.sms.reading_first import ReadText
from intake.sms.state_answer import answer_for, line_values
from intake.text_pictures import await_pictures
from intake.typed_text import telephone
from intake.vault.vault import vault_of
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.limits import limits

_WRONG_CODE = "query-code"
# Put together once: every text asks it.
_ID_OF_MARKS = select(InboundText.id).where(
    InboundText.message_mark.in_(bindparam("marks", expanding=True))
)


def receive(
    session: Session, inbound: Inbound, read: ReadText | None = None, *, late: bool = False
) -> Answer:
    """Take a text in and say what to answer. The same provider's id is one message for ever: it is
    acted on once, and answered alike whenever it comes again. `read` is what `read_first` made of
    it before this turn at writing. `late`: nobody waits for the answer any more. Whoever doesn't
    hear at once what became of his words doesn't lose them to a wrong code: they become a case of
    their own.

    A sender over his limit is registered and obeyed all the same, and hears of one in several; one
    that is a name hears nothing.

    Raises:
        IntegrityError: the same message is being taken in beside this one, or a case number was
            drawn twice; try again.
    """
    marks = vault_of(session).marks(TEXT_ID, inbound.provider_id)
    before = session.connection().execute(_ID_OF_MARKS, {"marks": marks}).first()
    if before is not None:
        again = _again(session, inbound, session.get_one(InboundText, before.id))
        return say_pictures_left(inbound, again)
    mark_anew(session, inbound.sender)
    text = as_inbound_text(session, inbound)
    heard = _heard(inbound, late=late)
    answer = _act(session, inbound, text, read)
    if late or heard is Hears.NOT_NOW:
        # He hears nothing now by which he could send it again.
        answer = _keep_anyway(session, inbound, text, answer)
    if heard is Hears.NOT_NOW:
        answer = SILENCE
    elif heard is Hears.SOME:
        answer = receipt_answer.for_several(session, answer)
    answer = say_pictures_left(inbound, answer)
    text.answer = answer.label
    session.add(text)
    # Whoever did the same beside this one is known now; what was done here is undone then.
    session.flush()
    return answer


def _heard(inbound: Inbound, *, late: bool) -> Hears:
    """Whether a sender hears of this text; what waited was counted when it came."""
    if inbound.is_unanswered or not inbound.can_be_answered:
        return Hears.NOT_NOW
    return Hears.EACH if late else hears(inbound.sender)


def as_inbound_text(session: Session, inbound: Inbound) -> InboundText:
    """What is kept of a message, so that it is known when it comes again; not stored yet."""
    return InboundText(
        message_mark=vault_of(session).mark(TEXT_ID, inbound.provider_id),
        sender_mark=vault_of(session).mark(TEXT_SENDER, inbound.sender),
        answer="",
        received_at=clock.now(),
    )


def _act(session: Session, inbound: Inbound, text: InboundText, read: ReadText | None) -> Answer:
    match asked(inbound):
        case Words(words):
            to_register = read or ReadText(draft_of(inbound, words, book(session)))
            return _register(session, inbound, text, to_register)
        case Query(code):
            return _with_case(session, inbound, code, lambda found: answer_for(session, found))
        case Supplement(code, words):
            return _add_words(session, inbound, code, words)
        case Rating() as rated:
            return _rate(session, inbound, rated)
        case OptOut():
            return _opt_out(session, inbound, text)
        case OptIn():
            return _opt_in(session, inbound)
        case Help():
            return _help(session, inbound)


def _register(session: Session, inbound: Inbound, text: InboundText, read: ReadText) -> Answer:
    campaign_book = book(session)
    registered = register(session, read.draft, read.prepared)
    case = registered.case
    names = receipt_answer.names(
        session,
        case,
        vault_of(session).marks(TEXT_SENDER, inbound.sender),
        registered.answer,
        no_pictures=inbound.loses_pictures,
        as_complaint=bool(registered.notice),
    )
    text.case_id = case.id
    await_pictures(session, case, inbound.pictures)
    shown = receipt_answer.values(case.number, case.unit_code, registered.answer, campaign_book)
    return Answer(names, {**shown, "code": in_fours(registered.query_code)})


def _add_words(session: Session, inbound: Inbound, code: str, words: str) -> Answer:
    if not words and inbound.pictures:
        words = ONLY_PICTURES
    if not words:
        return Answer(("no_words",))

    def add(found: Found) -> Answer:
        if found.one_time and not _is_his_telephone(session, found, inbound):
            return Answer(("change_code", "words_lost"), line_values(session))
        number = {"number": found.called("").number}
        try:
            progress.add_words(session, found, words, inbound.provider_id)
        except CaseIsOver:
            return Answer(("case_over",), number)
        await_pictures(session, found.called(""), inbound.pictures)
        return Answer(("added",), number)

    return _with_case(session, inbound, code, add, to_change=True, lost=("words_lost",))


def _keep_anyway(session: Session, inbound: Inbound, text: InboundText, answer: Answer) -> Answer:
    """Register words that found no case to be added to, without the code before them."""
    words = _words_with_a_code(inbound)
    if not words or answer.names[:1] in {("added",), ("rated",)}:
        return answer
    draft = draft_of(inbound, words, book(session))
    return _register(session, inbound, text, ReadText(draft))


def _words_with_a_code(inbound: Inbound) -> str:
    """What a text adds to a case, or says of how it was handled."""
    match asked(inbound):
        case Supplement(_, words):
            return words or (ONLY_PICTURES if inbound.pictures else "")
        case Rating(words=words):
            return words
        case _:
            return ""


def _rate(session: Session, inbound: Inbound, rated: Rating) -> Answer:
    def rate(found: Found) -> Answer:
        if found.one_time and not _is_his_telephone(session, found, inbound):
            return Answer(("change_code", "not_rated"), line_values(session))
        return rating.rate(session, found, rated, inbound.provider_id)

    return _with_case(session, inbound, rated.code, rate, to_change=True)


def _is_his_telephone(session: Session, found: Found, inbound: Inbound) -> bool:
    """Whether a text comes from the telephone that the reporter left when his case was written
    down: who has no web adds his words from there, with the code that a member of staff saw."""
    receipt = session.get_one(Receipt, found.case.id)
    return has_phone_mark(session, receipt.phone_mark, telephone(inbound.sender) or "")


def _with_case(
    session: Session,
    inbound: Inbound,
    code: str,
    act: Callable[[Found], Answer],
    *,
    to_change: bool = False,
    lost: tuple[str, ...] = (),
) -> Answer:
    """Act on the case of a code. Nothing ties the sender to it: whoever reported by web stays as
    unknown as he was. Only wrong codes are counted, and they all look alike. `lost` says that what
    was sent with one wasn't taken."""
    sender = limits.sender_key(inbound.sender)
    if not limits.test(_WRONG_CODE, sender).allowed:
        return Answer(("too_many_tries", *lost), line_values(session))
    try:
        found = progress.look_up(session, code, to_change=to_change, one_time=True)
    except UnknownCode:
        if is_of_mistake(session, code):
            return Answer(("of_mistake", *lost), line_values(session))
        if is_of_request(session, code):
            return Answer(("of_request", *lost), line_values(session))
        limits.hit(_WRONG_CODE, sender)
        return Answer(("unknown_code", *lost), line_values(session))
    return act(found)


def _opt_out(session: Session, inbound: Inbound, text: InboundText) -> Answer:
    forget_number(session, inbound.sender)
    opt_out(session, inbound.sender, at=text.received_at)
    return Answer(("opted_out",))


def _opt_in(session: Session, inbound: Inbound) -> Answer:
    opt_in(session, inbound.sender)
    know_number_again(session, inbound.sender)
    return Answer(("opted_in",))


def _help(session: Session, inbound: Inbound) -> Answer:
    first = "no_pictures" if inbound.loses_pictures else "help"
    return Answer((first, "help_commands"), line_values(session))


def _again(session: Session, inbound: Inbound, text: InboundText) -> Answer:
    """The answer that the message got before. Asked for a state, it is the present one."""
    names = tuple(text.answer.split())
    if not names:
        return SILENCE
    if text.case_id is not None:
        return _receipt_again(session, inbound, session.get_one(Case, text.case_id), names)
    values = line_values(session)
    command = asked(inbound)
    if isinstance(command, Query | Supplement) and names[0] in {"state", "added", "case_over"}:
        try:
            found = progress.look_up(session, command.code, one_time=True)
        except UnknownCode:
            return SILENCE
        if names[0] == "state":
            return answer_for(session, found)
        values["number"] = found.case.number
    if isinstance(command, Rating) and names[0] in rating.LABELS:
        try:
            found = progress.look_up(session, command.code, one_time=True)
        except UnknownCode:
            return SILENCE
        return rating.rated_again(session, found, command, names)
    return Answer(names, values)


def _receipt_again(
    session: Session, inbound: Inbound, case: Case, names: tuple[str, ...]
) -> Answer:
    """The receipt once more, its code derived anew. Other words under a known id open nothing."""
    command = asked(inbound)
    if not isinstance(command, Words):
        return SILENCE
    wanted = receipt_answer.digest_of_code(session, case)
    for draft in as_read_before(draft_of(inbound, command.text, book(session))):
        code = vault_of(session).code_given(wanted, draft.submission, draft.content)
        if code is not None:
            shown = receipt_answer.values_at_registration(session, case)
            return Answer(names, {**shown, "code": in_fours(code)})
    return SILENCE
