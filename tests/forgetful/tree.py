"""Files and folders by number, and their names: those that the processes see, and those that the
disk has."""

from __future__ import annotations

import itertools
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from tests.forgetful.pages import Pages

ROOT = 1
_NAMES = ".names"


@dataclass
class File:
    """A file. It goes once nobody has it open, nobody sees it, and the disk doesn't name it."""

    number: int
    pages: Pages
    opened: int = 0
    seen: int = 0
    kept: int = 0


@dataclass
class Folder:
    """A folder: its names as they are, and as the disk has them. `together` are those folders with
    which it shares a renaming, which every disk does wholly or not at all."""

    number: int
    names: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    together: set[int] = field(default_factory=set)


class Tree:
    """Everything on the disk. `stored` is the folder below it: what lies there outlives a cut."""

    def __init__(self, stored: Path) -> None:
        self._stored = stored
        self.nodes: dict[int, File | Folder] = {}
        if not self._names_of(ROOT).exists():
            self._write_names(Folder(ROOT))
        self._load(ROOT)
        for left in stored.iterdir():
            if int(left.name.partition(".")[0]) not in self.nodes:
                left.unlink()
        self._numbers = itertools.count(max(self.nodes) + 1)

    def folder(self, number: int) -> Folder:
        """A folder. Raises NotADirectoryError."""
        found = self.nodes[number]
        if not isinstance(found, Folder):
            raise NotADirectoryError
        return found

    def file(self, number: int) -> File:
        """A file. Raises IsADirectoryError."""
        found = self.nodes[number]
        if not isinstance(found, File):
            raise IsADirectoryError
        return found

    def place_of(self, number: int) -> Path:
        """Where mode, owner and times of a file or folder are kept."""
        is_folder = isinstance(self.nodes[number], Folder)
        return self._names_of(number) if is_folder else self._stored / str(number)

    def new_file(self, mode: int) -> File:
        """A file without a name."""
        number = next(self._numbers)
        place = self._stored / str(number)
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        place.chmod(mode)
        made = self.nodes[number] = File(number, Pages(place))
        return made

    def new_folder(self, mode: int) -> Folder:
        """A folder without a name."""
        made = Folder(next(self._numbers))
        self.nodes[made.number] = made
        self._write_names(made)
        self._names_of(made.number).chmod(mode)
        return made

    def name(self, folder: Folder, name: str, number: int | None) -> None:
        """Give a name to a file or folder, or take it from whatever has it."""
        before = folder.names.pop(name, None)
        if number is not None:
            folder.names[name] = number
            self._count(number, seen=1)
        if before is not None:
            self._count(before, seen=-1)

    def keep_names(self, folder: Folder) -> None:
        """Onto the disk with a folder's names, as fsync of the folder does."""
        for one in self._joined(folder):
            for name in one.names.keys() | one.kept.keys():
                self._keep(one, name)
            self._write_names(one)
            one.together.clear()

    def keep_early(self, folder: Folder, *names: str) -> None:
        """Let single names reach the disk before anybody asks for them."""
        for name in names:
            self._keep(folder, name)
        self._write_names(folder)

    def keep_all(self) -> None:
        """Onto the disk with everything."""
        # Names last: what only they kept goes with them.
        for node in sorted(self.nodes.values(), key=lambda node: isinstance(node, Folder)):
            if isinstance(node, Folder):
                self.keep_names(node)
            else:
                node.pages.put_down()
                self.rest(node)

    def rest(self, file: File) -> None:
        """Let go of a file that nobody has open, or of all of it where it has no name either."""
        if file.opened:
            return
        if not file.seen and not file.kept:
            file.pages.close()
            self.nodes.pop(file.number, None)
            (self._stored / str(file.number)).unlink(missing_ok=True)
        elif file.pages.is_put_down:
            file.pages.close()

    def _joined(self, folder: Folder) -> list[Folder]:
        found = [folder.number]
        for number in found:
            found.extend(self.folder(number).together.difference(found))
        return [self.folder(number) for number in found]

    def _keep(self, folder: Folder, name: str) -> None:
        before, now = folder.kept.pop(name, None), folder.names.get(name)
        if now is not None:
            folder.kept[name] = now
            self._count(now, kept=1)
        if before is not None:
            self._count(before, kept=-1)

    def _count(self, number: int, seen: int = 0, kept: int = 0) -> None:
        node = self.nodes[number]
        if isinstance(node, File):
            node.seen += seen
            node.kept += kept
            self.rest(node)

    def _load(self, number: int) -> None:
        folder = Folder(number)
        self.nodes[number] = folder
        for name, below in json.loads(self._names_of(number).read_text()).items():
            if self._names_of(below).exists():
                self._load(below)
            elif below not in self.nodes:
                self.nodes[below] = File(below, Pages(self._stored / str(below)))
            node = self.nodes[below]
            if isinstance(node, File):
                node.seen += 1
                node.kept += 1
            folder.names[name] = folder.kept[name] = below

    def _write_names(self, folder: Folder) -> None:
        place = self._names_of(folder.number)
        beside = place.with_suffix(".beside")
        beside.write_text(json.dumps(folder.kept))
        if place.exists():
            before = place.stat()
            beside.chmod(before.st_mode & 0o7777)
            os.chown(beside, before.st_uid, before.st_gid)
        beside.replace(place)

    def _names_of(self, number: int) -> Path:
        return self._stored / f"{number}{_NAMES}"
