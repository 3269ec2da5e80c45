"""The processes of a running line, as the machine sees them: who listens where, and who is to die."""

from __future__ import annotations

import os
import signal
from pathlib import Path

LISTEN = "0A"


def family(root: int) -> set[int]:
    """A process and all that came of it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def listening(pids: set[int]) -> dict[int, tuple[str, int]]:
    """port -> (address as hex, pid) of every TCP port these processes listen on."""
    owners = {inode: pid for pid in pids for inode in _sockets(pid)}
    found = {}
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            address, port = fields[1].split(":")
            if fields[3] == LISTEN and fields[9] in owners:
                found[int(port, 16)] = (address, owners[fields[9]])
    return found


def _sockets(pid: int) -> set[str]:
    try:
        links = [os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return set()
    return {link[8:-1] for link in links if link.startswith("socket:[")}


def kill_hard(root: int, port: int) -> int:
    """kill -9 for the process of this family that listens on the port; gives its id."""
    pid = listening(family(root))[port][1]
    assert pid != root
    os.kill(pid, signal.SIGKILL)
    return pid
