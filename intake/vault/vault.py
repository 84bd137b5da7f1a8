"""The keys that one process holds, and what it can do with them.

The public process opens the vault without the master key: it can seal and can't open. The staff
side opens the ring with it, the keys of the product itself, which lie locked in the database.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping

from sqlalchemy.orm import Session

from intake.vault import key_files, query_codes, sealing
from intake.vault.intake_key import IntakeKey, IntakeKeys, known_in, read_intake_keys
from intake.vault.key_files import Pins
from intake.vault.master_keys import MasterKeys
from intake.vault.ring import Opened, Ring, ring_of
from intake.vault.sealing import DoesNotOpen, KeyPair
from intake.vault.service_key import Purpose
from intake.vault.watched import Watched
from portal.foundation.database import only_reads
from portal.foundation.settings import Settings, UnusableSetting

# Under this name a session keeps the vault that opens its ring.
_KEPT = "opened vault"


class NoMasterKey(Exception):
    """This process can't open anything; it was asked to by mistake."""


class Vault:
    """Keys of one process. Found in `session.info["vault"]` by whoever has a session."""

    def __init__(
        self,
        *,
        intake_keys: IntakeKeys | Watched[IntakeKeys],
        pins: Pins | Watched[Pins],
        master: MasterKeys | None,
    ) -> None:
        self._intake_keys = intake_keys
        self._pins = pins
        self._masters = master
        self._session: Session | None = None
        # Verified public halves by unit, opened private ones, and opened keys of the ring by their
        # ids: all live as long as the process.
        self.trusted_units: dict[bytes, bytes] = {}
        self.opened_units: dict[bytes, KeyPair] = {}
        self._opened_keys: Opened = {}

    @classmethod
    def open(cls, settings: Settings) -> Vault:
        """Read the key files that this process may read; the public process never tries the master
        key.

        Raises:
            UnusableSetting: a key file is missing or unsafe.
        """
        file, intake = settings.master_key_file, settings.intake_key_file
        with_master = "staff" in settings.parts
        return cls(
            intake_keys=Watched(intake, lambda: read_intake_keys(intake)),
            pins=Watched(key_files.pins_file(settings), lambda: key_files.read_pins(settings)),
            master=MasterKeys(key_files.read_key(file), file) if with_master else None,
        )

    def within(self, session: Session) -> Vault:
        """The same vault for whoever has this session, in which the ring lies."""
        found = copy.copy(self)
        found._session = session
        return found

    @property
    def pins(self) -> Pins:
        """The pinned public keys, as their file says now."""
        return self._pins.said if isinstance(self._pins, Watched) else self._pins

    @property
    def masters(self) -> MasterKeys:
        """The master key, as this process knows it.

        Raises:
            NoMasterKey: this process has none.
        """
        if self._masters is None:
            raise NoMasterKey
        return self._masters

    @property
    def opens(self) -> bool:
        """Whether this process opens units' keys: the public one doesn't."""
        return self._masters is not None

    @property
    def ring(self) -> Ring:
        """The keys of the product itself.

        Raises:
            NoMasterKey: this process can't open them, or asks outside of a session.
            DoesNotOpen: they are locked under another master key.
        """
        if self._session is None:
            raise NoMasterKey
        return ring_of(self._session, self.masters, self._opened_keys)

    @property
    def intake_keys(self) -> IntakeKeys:
        """The keys that codes and marks follow from, the newest first, as their file says now; in a
        session that writes the same ones until its end."""
        if not isinstance(self._intake_keys, Watched):
            return self._intake_keys
        if self._session is None or only_reads(self._session):
            return self._intake_keys.said
        return known_in(self._session, self._intake_keys)

    def query_code(self, submission: str, content: bytes) -> str:
        """The code of a submission: the same for the same content, another for an edited one."""
        return _code(self.intake_keys[0], submission, content)

    def query_codes(self, submission: str, content: bytes) -> Mapping[str, str]:
        """The codes that it has by every live key, by their ids, the newest first: sent before the
        key was turned, it was given one by a former."""
        return {key.key_id: _code(key, submission, content) for key in self.intake_keys}

    def code_given(self, digest: bytes | None, submission: str, content: bytes) -> str | None:
        """The code of a submission that was stored by this digest; None where that is no code of
        it."""
        codes = self.query_codes(submission, content).values()
        return next((code for code in codes if query_codes.code_digest(code) == digest), None)

    def mark(self, purpose: str, value: str) -> bytes:
        """A keyed digest for matching (a telephone number, a provider's message id) without
        storing it. It begins with the id of the newest key, which makes it."""
        return self.marks(purpose, value)[0]

    def marks(self, purpose: str, value: str) -> tuple[bytes, ...]:
        """The same by every live key, the newest first: what was marked before the key was turned
        is known again by one of them."""
        return tuple(key.mark(purpose, value) for key in self.intake_keys)

    def seal_under_master(self, data: bytes, context: bytes) -> bytes:
        """Encrypt for the staff side itself, by the newest key of the ring for it."""
        return sealing.lock(self.ring.newest(Purpose.STORAGE), data, context)

    def open_under_master(self, blob: bytes, context: bytes) -> bytes:
        """Open what `seal_under_master` made. Raises DoesNotOpen."""
        return sealing.unlock(self._key_of(Purpose.STORAGE, blob), blob, context)

    @property
    def knows_worker(self) -> bool:
        """Whether this process can seal to the worker."""
        return self.pins.worker is not None

    def seal_to_worker(self, data: bytes, context: bytes) -> bytes:
        """Seal to the worker's pinned key: whoever seals can't open.

        Raises:
            UnusableSetting: the key isn't pinned.
        """
        worker = self.pins.worker
        if worker is None:
            raise UnusableSetting("The worker's public key isn't pinned; run: flask init")
        return sealing.seal(worker, data, context)

    def open_as_worker(self, blob: bytes, context: bytes) -> bytes:
        """Open what was sealed to the worker. Raises DoesNotOpen, NoMasterKey."""
        secret = self._key_of(Purpose.WORKER, blob)
        return sealing.open_sealed(KeyPair.from_seed(secret), blob, context)

    def has_worker_key(self, blob: bytes) -> bool:
        """Whether the key that a blob names, to which somebody sealed for the worker, is in the
        ring; or it names none. Raises DoesNotOpen where the ring itself doesn't."""
        named = sealing.head_id(blob).hex()
        return not sealing.is_to_public_key(blob) or named in self.ring.keys[Purpose.WORKER]

    def stamp(self, purpose: str, *parts: str) -> str:
        """A keyed digest that only the staff side can make: 64 hexadecimal digits.

        Raises:
            NoMasterKey: the public process asked.
        """
        return _stamp(self.ring.newest(Purpose.STAMPS), purpose, parts)

    def stamps(self, purpose: str, *parts: str) -> tuple[str, ...]:
        """The same under every live key, the newest first: what was stamped before the key was
        turned is known again by one of them."""
        return tuple(_stamp(key, purpose, parts) for key in self.ring.all(Purpose.STAMPS))

    def sign(self, data: bytes) -> bytes:
        """Sign with the key whose public half is pinned."""
        return sealing.sign(self.ring.newest(Purpose.SIGNING), data)

    def is_signed(self, data: bytes, signature: bytes) -> bool:
        """Whether a pinned key signed the data."""
        return any(sealing.is_signed(one, data, signature) for one in self.pins.checking)

    def is_signed_head(self, data: bytes, signature: bytes, *, seq: int) -> bool:
        """Whether a key that was pinned when event `seq` was the last one signed the data, a head
        that left the machine."""
        keys = self.pins.checking_head(seq)
        return any(sealing.is_signed(one, data, signature) for one in keys)

    def is_signed_anew(self, data: bytes, signature: bytes) -> bool:
        """Whether the newest of the pinned keys signed the data."""
        return sealing.is_signed(self.pins.verify, data, signature)

    def _key_of(self, purpose: Purpose, blob: bytes) -> bytes:
        """The key whose id stands at the head of a blob. One that was opened before needs no look
        at the ring."""
        key_id = sealing.head_id(blob).hex()
        if opened := self._opened_keys.get((purpose, key_id)):
            return opened[1]
        found = self.ring.keys[purpose].get(key_id)
        if found is None:
            raise DoesNotOpen
        return found


def vault_of(session: Session) -> Vault:
    """The vault of the process in which the session runs."""
    of_process = session.info["vault"]
    kept: tuple[Vault, Vault] | None = session.info.get(_KEPT)
    if kept is None or kept[0] is not of_process:
        kept = session.info[_KEPT] = of_process, of_process.within(session)
    return kept[1]


def _code(key: IntakeKey, submission: str, content: bytes) -> str:
    said = sealing.digest_of("content", content)
    return query_codes.write_code(key.digest("query-code", submission.encode(), said, size=10))


def _stamp(key: bytes, purpose: str, parts: tuple[str, ...]) -> str:
    return sealing.derive(key, purpose, *(part.encode() for part in parts)).hex()


__all__ = ["DoesNotOpen", "NoMasterKey", "Vault", "vault_of"]
