"""The file system itself, a process of its own: `python -m tests.forgetful STORED MOUNT [EARLY]`.

Kill it, and what nobody had put onto the disk is gone. It takes orders as an attribute of its root
(`user.order`): "sync" puts everything down; "fail N" lets the N-th fsync from now on fail, a file's
or a folder's; "fail 0" takes that back. `user.syncs` is how many there were.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import mfusepy

from tests.forgetful.pages import PAGE
from tests.forgetful.tree import ROOT, File, Folder, Tree

# Nobody else changes what lies here: the kernel may remember it for as long as it likes.
_LONG = 86400
_FILE, _FOLDER = stat.S_IFREG, stat.S_IFDIR
_ORDER, _SYNCS = "user.order", "user.syncs"


class Forgetful(mfusepy.Operations):
    """What the kernel asks for. `early` is the chance that a page or a name reaches the disk before
    anybody asks for it, as on a real one."""

    use_ns = True

    def __init__(self, stored: Path, early: float) -> None:
        self._tree, self._stored, self._early = Tree(stored), stored, early
        self._handles: dict[int, File] = {}
        self._chance = Random(f"{stored}")  # noqa: S311  # Nothing secret is drawn.
        self._syncs = self._fails_at = self._last_handle = 0

    def init_with_config(self, conn_info: Any, config_3: Any) -> None:
        """Unlinked files stay open, and are known by their handle alone."""
        config_3.use_ino = config_3.hard_remove = config_3.kernel_cache = 1
        config_3.attr_timeout = config_3.entry_timeout = config_3.negative_timeout = _LONG

    # Names.

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        """Mode, size, times."""
        node: File | Folder = self._handles[fh] if fh else self._at(path)
        found = os.stat(self._tree.place_of(node.number))
        kind = _FOLDER if isinstance(node, Folder) else _FILE
        return {
            "st_ino": node.number,
            "st_mode": kind | found.st_mode & 0o7777,
            "st_nlink": 2 if isinstance(node, Folder) else max(node.seen, 0),
            "st_size": PAGE if isinstance(node, Folder) else node.pages.size,
            "st_uid": found.st_uid,
            "st_gid": found.st_gid,
            "st_atime": found.st_atime_ns,
            "st_mtime": found.st_mtime_ns,
            "st_ctime": found.st_ctime_ns,
        }

    def readdir(self, path: str, fh: int) -> Iterator[tuple[str, dict[str, int], int]]:
        """The names in a folder."""
        for name, number in ((".", fh), ("..", fh), *self._tree.folder(fh).names.items()):
            is_folder = isinstance(self._tree.nodes[number], Folder)
            yield name, {"st_ino": number, "st_mode": _FOLDER if is_folder else _FILE}, 0

    def mkdir(self, path: str, mode: int) -> int:
        """Make a folder."""
        folder, name = self._parted(path)
        made = self._tree.new_folder(mode)
        self._tree.name(folder, name, made.number)
        self._give_to_caller(made)
        return self._named((folder, name))

    def rmdir(self, path: str) -> int:
        """Take an empty folder away."""
        if self._folder(path).names:
            raise mfusepy.FuseOSError(errno.ENOTEMPTY)
        return self.unlink(path)

    def unlink(self, path: str) -> int:
        """Take a name away."""
        folder, name = self._parted(path)
        self._tree.name(folder, name, None)
        return self._named((folder, name))

    def rename(self, old: str, new: str) -> int:
        """Let one name take the place of another."""
        (source, was), (target, name) = self._parted(old), self._parted(new)
        number = source.names[was]
        self._tree.name(target, name, number)
        self._tree.name(source, was, None)
        if source is not target:
            source.together.add(target.number)
            target.together.add(source.number)
        return self._named((target, name), (source, was))

    def link(self, target: str, source: str) -> int:
        """Give a file one more name."""
        folder, name = self._parted(target)
        self._tree.name(folder, name, self._at(source).number)
        return self._named((folder, name))

    # Files.

    def create(self, path: str, mode: int, fi: Any = None) -> int:
        """Make a file and open it."""
        folder, name = self._parted(path)
        made = self._tree.new_file(mode & 0o7777)
        handle = self._open(made)
        self._tree.name(folder, name, made.number)
        self._give_to_caller(made)
        self._named((folder, name))
        return handle

    def open(self, path: str, flags: int) -> int:
        """Open a file."""
        return self._open(self._tree.file(self._at(path).number))

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        """Bytes of a file."""
        return self._handles[fh].pages.read(size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        """Take bytes in; some may reach the disk at once."""
        file = self._handles[fh]
        for page in file.pages.write(data, offset):
            if self._early and self._chance.random() < self._early:
                file.pages.put_down_early(page)
        os.utime(self._tree.place_of(file.number))
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        """Shorten or lengthen a file."""
        file = self._handles[fh] if fh else self._tree.file(self._at(path).number)
        file.pages.cut_to(length)
        return 0

    def release(self, path: str, fh: int) -> int:
        """One handle less."""
        file = self._handles.pop(fh)
        file.opened -= 1
        self._tree.rest(file)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        """Onto the disk with a file's bytes; its name is its folder's business."""
        file = self._handles[fh]
        if self._fails():
            file.pages.drop()
            raise mfusepy.FuseOSError(errno.EIO)
        file.pages.put_down()
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        """Onto the disk with a folder's names. Where that fails they wait for the next time."""
        if self._fails():
            raise mfusepy.FuseOSError(errno.EIO)
        self._tree.keep_names(self._tree.folder(fh))
        return 0

    def opendir(self, path: str) -> int:
        """A folder's handle is its number."""
        return self._folder(path).number

    # Mode, owner and times are on the disk at once: nothing here depends on them.

    def chmod(self, path: str, mode: int, fh: int | None = None) -> int:
        """Change the mode."""
        os.chmod(self._tree.place_of(self._at(path).number), mode & 0o7777)
        return 0

    def chown(self, path: str, uid: int, gid: int, fh: int | None = None) -> int:
        """Change the owner."""
        os.chown(self._tree.place_of(self._at(path).number), uid, gid)
        return 0

    def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
        """Change the times."""
        place = self._tree.place_of(self._at(path).number)
        if times:
            os.utime(place, ns=times)
        else:
            os.utime(place)
        return 0

    def statfs(self, path: str) -> dict[str, int]:
        """How much room there is below."""
        found = os.statvfs(self._stored)
        return {name: getattr(found, name) for name in dir(found) if name.startswith("f_")}

    # Orders.

    def setxattr(self, path: str, name: str, value: bytes, options: int, position: int = 0) -> int:
        """Take an order."""
        if name != _ORDER:
            raise mfusepy.FuseOSError(errno.ENOTSUP)
        what, _, number = value.decode().partition(" ")
        if what == "sync":
            self._tree.keep_all()
        else:
            self._fails_at = self._syncs + int(number) if int(number) else 0
        return 0

    def getxattr(self, path: str, name: str, position: int = 0) -> bytes:
        """Answer a question."""
        if name != _SYNCS:
            raise mfusepy.FuseOSError(errno.ENODATA)
        return str(self._syncs).encode()

    def _fails(self) -> bool:
        self._syncs += 1
        return self._syncs == self._fails_at

    def _give_to_caller(self, made: File | Folder) -> None:
        """What somebody makes is his: a database's server asks for that."""
        user, group, _ = mfusepy.fuse_get_context()
        if (user, group) != (os.geteuid(), os.getegid()):
            os.chown(self._tree.place_of(made.number), user, group)

    def _open(self, file: File) -> int:
        self._last_handle += 1
        self._handles[self._last_handle] = file
        file.opened += 1
        return self._last_handle

    def _named(self, *changed: tuple[Folder, str]) -> int:
        """Names were changed; some may reach the disk at once, what belongs together together."""
        if self._early and self._chance.random() < self._early:
            for folder, name in changed:
                self._tree.keep_early(folder, name)
        return 0

    def _at(self, path: str | None) -> File | Folder:
        if path is None:
            raise mfusepy.FuseOSError(errno.ENOENT)
        number = ROOT
        for name in path.strip("/").split("/") if path != "/" else ():
            found = self._tree.folder(number).names.get(name)
            if found is None:
                raise mfusepy.FuseOSError(errno.ENOENT)
            number = found
        return self._tree.nodes[number]

    def _folder(self, path: str) -> Folder:
        return self._tree.folder(self._at(path).number)

    def _parted(self, path: str) -> tuple[Folder, str]:
        folder, _, name = path.rpartition("/")
        return self._folder(folder or "/"), name


if __name__ == "__main__":
    _stored, _mount, *_more = sys.argv[1:]
    disk = Forgetful(Path(_stored), float(_more[0]) if _more else 0.0)
    # Root lets others in, as any disk does.
    _others = {"allow_other": True} if os.geteuid() == 0 else {}
    mfusepy.FUSE(disk, _mount, foreground=True, nothreads=True, fsname="forgetful", **_others)
