"""What has changed in a git repository since a commit: the lines of each file, and the files as they were."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from initlint.ir.data import dataclass

_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")
Lines = tuple[tuple[int, int], ...]
_ALL: Lines = ((1, 2**31),)


class GitError(Exception):
    """Why git can't say; one line."""


@dataclass(frozen=True, slots=True)
class Changes:
    """``root`` is the repository's folder, ``base`` the commit compared with. ``lines`` are, for each changed file
    (relative to the root) that still exists, the first and last line of each change, in the new numbering; where lines
    were only taken away, the two beside the gap. ``gone`` are the files that don't exist any more."""

    root: str
    base: str
    lines: dict[str, Lines]
    gone: tuple[str, ...] = ()


def changes_since(ref: str, folder: str = ".") -> Changes:
    """The changes of the working tree, untracked files among them, since the commit at which it and ``ref`` parted.

    :raises GitError: there is no repository or no such commit, or git is not there.
    """
    root = _text(folder, "rev-parse", "--show-toplevel")
    commit = _text(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", about=ref)
    with suppress(GitError):  # no common past, or no commit yet: the commit itself is compared with
        commit = _text(root, "merge-base", commit, "HEAD")
    diff = _git(
        root, "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--text",
        "--submodule=short", commit, "--",
    )  # fmt: skip
    lines: dict[str, Lines] = {}
    gone: list[str] = []
    raw = _git(root, "diff", "--name-only", "--no-ext-diff", "--no-renames", "-z", commit, "--").split(b"\0")
    names = [os.fsdecode(name) for name in raw if name]
    hunks: list[Lines] = list(_by_file(diff))
    if len(hunks) != len(names):  # a merge that is not yet resolved, say
        hunks = [_ALL] * len(names)
    for name, found in zip(names, hunks, strict=True):
        if os.path.lexists(os.path.join(root, name)):
            lines[name] = found
        else:
            gone.append(name)
    for untracked in _git(root, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        if untracked:
            lines[os.fsdecode(untracked)] = _ALL
    return Changes(root, commit, lines, tuple(gone))


def _by_file(diff: bytes) -> Iterator[Lines]:
    """The changed lines of each file of a diff, in its order."""
    found: list[tuple[int, int]] | None = None
    for line in diff.split(b"\n"):
        if line.startswith(b"diff --git "):
            if found is not None:
                yield tuple(found)
            found = []
        elif found is not None and (hunk := _HUNK.match(line)):
            start, count = int(hunk[1]), int(hunk[2] or 1)
            found.append((start, start + count - 1) if count else (start, start + 1))
    if found is not None:
        yield tuple(found)


def write_files(changes: Changes, wanted: Callable[[str], bool], folder: Path) -> list[str]:
    """Write the files that the base commit has and ``wanted`` chooses below a folder; their names.

    :raises GitError: git can't give them.
    """
    names, blobs = [], []
    for row in _git(changes.root, "ls-tree", "-r", "-z", changes.base).split(b"\0"):
        head, _, raw = row.partition(b"\t")
        mode, kind, blob = (*head.split(b" "), b"", b"", b"")[:3]
        if kind == b"blob" and mode != b"120000" and wanted(os.fsdecode(raw)):
            names.append(os.fsdecode(raw))
            blobs.append(blob)
    content = _git(changes.root, "cat-file", "--batch", given=b"\n".join(blobs) + b"\n") if blobs else b""
    at = 0
    for name in names:
        end = content.index(b"\n", at)
        size = int(content[at:end].rpartition(b" ")[2])
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content[end + 1 : end + 1 + size])
        at = end + 2 + size
    return names


def _text(folder: str, *arguments: str, about: str = "") -> str:
    try:
        return os.fsdecode(_git(folder, *arguments)).strip("\n")
    except GitError:
        if about:
            raise GitError(f"no such commit, branch or tag: {about}") from None
        raise


def _git(folder: str, *arguments: str, given: bytes | None = None) -> bytes:
    import subprocess  # most runs ask git nothing

    # What is set for one repository must not hold for another.
    environment = {name: text for name, text in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE")}
    command: Sequence[str] = ("git", "-c", "core.quotePath=off", *arguments)
    try:
        done = subprocess.run(command, cwd=folder, input=given, capture_output=True, env=environment)
    except OSError as error:
        raise GitError(f"git can't be run: {(error.strerror or str(error)).lower()}") from None
    if done.returncode != 0:
        last = os.fsdecode(done.stderr).strip().splitlines()
        raise GitError(last[0].removeprefix("fatal: ") if last else f"git {arguments[0]} failed")
    return done.stdout
