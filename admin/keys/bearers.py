"""What was made with which kind of key: where it lies, how what an older key made is found, and how
it is made anew with the newest one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import LargeBinary, func, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.accounts import passkeys, posts, second_factor, work_mail
from admin.accounts.credential import Credential
from admin.accounts.former_mail import context_of_former
from admin.accounts.passkey import Passkey
from admin.accounts.staff_mail import StaffMail
from admin.closing.closing import Closing
from admin.desk import own_note
from admin.desk.own_note import OwnNote
from admin.hand_over.package import Package
from admin.keys.marked import MARKED
from admin.keys.witness import PUT_BACK, RolledBack, swapped_half
from admin.orders.order_sheet import OrderSheet
from admin.staffing.staff_change import StaffChange
from intake import assisting, order_number, referred, text_pictures
from intake.assessing import sealed_answers
from intake.assessing.slip_answer import SlipAnswer
from intake.cases.assistance import Assistance
from intake.cases.awaited_pictures import AwaitedPictures
from intake.cases.case import Case
from intake.cases.daily_head import DailyHead
from intake.cases.event import SignedHead, head_part
from intake.cases.former_number import FormerNumber
from intake.cases.inbound_text import TextOptOut
from intake.cases.order import Order
from intake.cases.referral import Referral
from intake.outbox import opt_outs
from intake.outbox.addressing import context_of_address
from intake.outbox.notice_address import NoticeAddress
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import context_of_notice
from intake.vault import class_key, unit_key
from intake.vault.class_key import ClassKey
from intake.vault.compartment import Compartment, CompartmentKey, wrap_anew
from intake.vault.service_key import Purpose
from intake.vault.unit_key import UnitKey, UnitPairs
from intake.vault.vault import DoesNotOpen, Vault, vault_of
from portal.campaign.book import book
from portal.foundation.staff import Post


class Bearer(Protocol):
    """One place where something lies that a key made."""

    @property
    def record(self) -> Any:
        """The record that it is a part of."""

    def bearing(self, session: Session, ids: Collection[str]) -> Sequence[Any]:
        """The primary keys of those that an older key made; `ids` are the older keys'."""

    def renew(self, session: Session, row: Any) -> None:
        """Make it anew. Raises DoesNotOpen; changes nothing where no older key made it."""


@dataclass(frozen=True)
class Headed:
    """A blob that bears the id of its key at its head."""

    column: InstrumentedAttribute[Any]
    seal_anew: Callable[[Session, Any], None]

    @property
    def record(self) -> Any:
        """The record that it is a part of."""
        return self.column.class_

    def bearing(self, session: Session, ids: Collection[str]) -> Sequence[Any]:
        """Found by the database itself, which sees heads."""
        head = func.substr(self.column, 3, 8, type_=LargeBinary())
        wanted = select(*inspect(self.record).primary_key)
        return session.execute(wanted.where(head.in_(map(bytes.fromhex, ids)))).all()

    def renew(self, session: Session, row: Any) -> None:
        """Seal it anew."""
        self.seal_anew(session, row)


@dataclass(frozen=True)
class Proven:
    """A stamp or a signature: it bears no id, so that each has to be tried."""

    record: Any
    is_older: Callable[[Session, Any], bool]
    prove_anew: Callable[[Session, Any], Any]

    def bearing(self, session: Session, ids: Collection[str]) -> Sequence[Any]:
        """Those that fit an older key; what fits none was made by nobody here."""
        key_of = inspect(self.record).primary_key_from_instance
        rows = session.scalars(select(self.record).execution_options(yield_per=500))
        return [key_of(row) for row in rows if self._is_older(session, row)]

    def renew(self, session: Session, row: Any) -> None:
        """Stamp or sign it anew, if an older key did."""
        if self._is_older(session, row):
            self.prove_anew(session, row)

    def _is_older(self, session: Session, row: Any) -> bool:
        try:
            return self.is_older(session, row)
        except DoesNotOpen:
            return False


def of_purpose(purpose: Purpose) -> tuple[Bearer, ...]:
    """Everything that keys of a purpose made."""
    return _BEARERS.get(purpose, ())


def of_unit_pairs() -> tuple[Bearer, ...]:
    """Everything that is sealed to the pairs of units."""
    return _OF_UNITS


def _stored(column: InstrumentedAttribute[Any], context: Callable[[Session, Any], bytes]) -> Bearer:
    return _resealed(column, context, Vault.open_under_master, Vault.seal_under_master)


def _to_worker(
    column: InstrumentedAttribute[Any], context: Callable[[Session, Any], bytes]
) -> Bearer:
    return _resealed(column, context, Vault.open_as_worker, Vault.seal_to_worker)


def _resealed(
    column: InstrumentedAttribute[Any],
    context: Callable[[Session, Any], bytes],
    unseal: Callable[[Vault, bytes, bytes], bytes],
    seal: Callable[[Vault, bytes, bytes], bytes],
) -> Bearer:
    def seal_anew(session: Session, row: Any) -> None:
        vault, bound = vault_of(session), context(session, row)
        blob = getattr(row, column.key)
        if blob:
            setattr(row, column.key, seal(vault, unseal(vault, blob, bound), bound))

    return Headed(column, seal_anew)


def _signed(
    record: Any,
    part: Callable[[Session, Any], bytes],
    refuse: Callable[[Session, Any], None] = lambda _session, _row: None,
) -> Bearer:
    def is_older(session: Session, row: Any) -> bool:
        vault, signed = vault_of(session), part(session, row)
        anew = vault.is_signed_anew(signed, row.signature)
        return not anew and vault.is_signed(signed, row.signature)

    def sign_anew(session: Session, row: Any) -> None:
        refuse(session, row)
        row.signature = vault_of(session).sign(part(session, row))

    return Proven(record, is_older, sign_anew)


def _refuse_swapped(session: Session, row: UnitKey) -> None:
    """Whoever had the former key could sign a half of his own, and must not get it signed anew."""
    if unit_key.is_swapped(session, row):
        raise RolledBack(f"{swapped_half(row.unit_code)} {PUT_BACK}")


def _numbered(row_type: Any) -> Bearer:
    """A number's stamp goes into its seal: both are made anew when either key was turned."""
    return Headed(row_type.number_sealed, _number_anew)


def _number_anew(session: Session, row: Order | FormerNumber) -> None:
    order_number.seal_anew(session, row, session.get_one(Order, row.case_id).source)


def _older_number(session: Session, row: Order | FormerNumber) -> bool:
    source = session.get_one(Order, row.case_id).source
    number = order_number.number_of(session, row)
    return row.number_stamp != order_number.stamp_of(session, source, number)


def _case(session: Session, row: Any) -> Case:
    return session.get_one(Case, row.case_id)


def _wrapped(session: Session, row: CompartmentKey) -> None:
    box = session.get_one(Compartment, row.compartment_id)
    wrap_anew(session, box, row, UnitPairs(session))


def _answered(session: Session, row: SlipAnswer) -> None:
    office = book(session).campaign.office_code
    sealed_answers.seal_anew(session, office, row, UnitPairs(session))


_BEARERS: dict[Purpose, tuple[Bearer, ...]] = {
    Purpose.STORAGE: (
        _stored(Package.passphrase, lambda _, row: b"package"),
        _stored(OrderSheet.sealed, lambda _, row: row.context),
        _stored(Closing.sealed_reason, lambda _, row: row.context),
        _stored(Passkey.sealed_name, lambda _, row: row.context),
        _stored(StaffChange.sealed, lambda _, row: row.context),
        _stored(
            Credential.totp_seed, lambda _, row: second_factor.stored_for(row.staff_id).encode()
        ),
        _stored(
            OwnNote.sealed,
            lambda session, row: own_note.context_of(_case(session, row), row.staff_id),
        ),
        _stored(OutboundText.sealed, lambda _, row: context_of_former(row.staff_id)),
        _numbered(Order),
        _numbered(FormerNumber),
    ),
    Purpose.STAMPS: (
        Proven(Order, _older_number, _number_anew),
        Proven(FormerNumber, _older_number, _number_anew),
        Proven(Post, posts.is_stamped_before, posts.stamp_anew),
        Proven(Passkey, passkeys.is_stamped_before, passkeys.stamp_anew),
    ),
    Purpose.SIGNING: (
        _signed(
            UnitKey,
            lambda _, row: unit_key.signed_part(row.unit_code, row.public_key),
            _refuse_swapped,
        ),
        _signed(ClassKey, lambda _, row: class_key.signed_part(row.public_key)),
        _signed(
            Assistance,
            lambda session, row: assisting.signed_part(_case(session, row), row.unit_code),
        ),
        _signed(Referral, lambda session, row: referred.signed_part(_case(session, row), row)),
        _signed(SignedHead, lambda _, row: head_part(row.seq, row.digest)),
        _signed(DailyHead, lambda _, row: head_part(row.seq, row.digest)),
    ),
    Purpose.WORKER: (
        _to_worker(
            NoticeAddress.sealed,
            lambda session, row: context_of_address(_case(session, row).number, row.medium),
        ),
        _to_worker(
            OutboundText.sealed,
            lambda session, row: context_of_notice(_case(session, row), row.template),
        ),
        _to_worker(
            AwaitedPictures.sealed,
            lambda session, row: text_pictures.context_of(_case(session, row)),
        ),
        _to_worker(StaffMail.sealed, lambda _, row: work_mail.context_of(row.staff_id)),
        _to_worker(TextOptOut.number_sealed, lambda _, row: opt_outs.CONTEXT),
    ),
    Purpose.INTAKE: MARKED,
}
_OF_UNITS: tuple[Bearer, ...] = (
    Headed(CompartmentKey.wrap, _wrapped),
    Headed(SlipAnswer.sealed, _answered),
)
