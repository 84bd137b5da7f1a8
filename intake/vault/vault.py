"""The keys that one process holds, and what it can do with them.

The public process opens the vault without the master key: it can seal and can't open.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake.vault import key_files, query_codes, sealing
from intake.vault.sealing import DoesNotOpen, KeyPair
from portal.foundation.settings import Settings, UnusableSetting


class NoMasterKey(Exception):
    """This process can't open anything; it was asked to by mistake."""


class Vault:
    """Keys of one process. Found in `session.info["vault"]` by whoever has a session."""

    def __init__(self, *, intake_key: bytes, pins: key_files.Pins, master: bytes | None) -> None:
        self._intake_key = intake_key
        self._master = master
        self.pins = pins
        # Verified public halves by unit, and opened private ones; both live as long as the process.
        self.trusted_units: dict[bytes, bytes] = {}
        self.opened_units: dict[bytes, KeyPair] = {}

    @classmethod
    def open(cls, settings: Settings) -> Vault:
        """Read the key files that this process may read; the public process never tries the master
        key.

        Raises:
            UnusableSetting: a key file is missing or unsafe.
        """
        with_master = "staff" in settings.parts
        return cls(
            intake_key=key_files.read_key(settings.intake_key_file),
            pins=key_files.read_pins(settings),
            master=key_files.read_key(settings.master_key_file) if with_master else None,
        )

    def query_code(self, submission: str, content: bytes) -> str:
        """The code of a submission: the same for the same content, another for an edited one."""
        return query_codes.write_code(
            sealing.derive(
                self._intake_key,
                "query-code",
                submission.encode(),
                sealing.digest_of("content", content),
                size=10,
            )
        )

    def mark(self, purpose: str, value: str) -> bytes:
        """A keyed digest for matching (a telephone number, a provider's message id) without
        storing it."""
        return sealing.derive(self._intake_key, purpose, value.encode())

    def seal_under_master(self, data: bytes, context: bytes) -> bytes:
        """Encrypt for the staff side itself."""
        return sealing.lock(sealing.derive(self.master, "storage"), data, context)

    def open_under_master(self, blob: bytes, context: bytes) -> bytes:
        """Open what `seal_under_master` made. Raises DoesNotOpen."""
        return sealing.unlock(sealing.derive(self.master, "storage"), blob, context)

    @property
    def knows_worker(self) -> bool:
        """Whether this process can seal to the worker."""
        return self.pins.worker is not None

    def seal_to_worker(self, data: bytes, context: bytes) -> bytes:
        """Seal to the worker's pinned key: whoever seals can't open.

        Raises:
            UnusableSetting: the key isn't pinned.
        """
        if self.pins.worker is None:
            raise UnusableSetting("The worker's public key isn't pinned; run: flask init")
        return sealing.seal(self.pins.worker, data, context)

    def open_as_worker(self, blob: bytes, context: bytes) -> bytes:
        """Open what was sealed to the worker. Raises DoesNotOpen, NoMasterKey."""
        return sealing.open_sealed(key_files.worker_pair(self.master), blob, context)

    def stamp(self, purpose: str, *parts: str) -> str:
        """A keyed digest that only the staff side can make: 64 hexadecimal digits.

        Raises:
            NoMasterKey: the public process asked.
        """
        key = sealing.derive(self.master, "stamps")
        return sealing.derive(key, purpose, *(part.encode() for part in parts)).hex()

    def sign(self, data: bytes) -> bytes:
        """Sign with the key whose public half is pinned."""
        return sealing.sign(key_files.signing_seed(self.master), data)

    def is_signed(self, data: bytes, signature: bytes) -> bool:
        """Whether the pinned key signed the data."""
        return sealing.is_signed(self.pins.verify, data, signature)

    @property
    def master(self) -> bytes:
        """The master key.

        Raises:
            NoMasterKey: this process has none.
        """
        if self._master is None:
            raise NoMasterKey
        return self._master


def vault_of(session: Session) -> Vault:
    """The vault of the process in which the session runs."""
    found: Vault = session.info["vault"]
    return found


__all__ = ["DoesNotOpen", "NoMasterKey", "Vault", "vault_of"]
