"""The peer, rclip 3.3.0: a program of its own with its own data, run with our untrained weights."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.processes import Run, run

if TYPE_CHECKING:
    from benchmarks.plan import Plan
    from benchmarks.untrained import Untrained

MISSING = "rclip is not installed: name it with --rclip"
# Where `make bench` puts it: in an environment of its own, because it needs older versions of
# NumPy, Pillow and rawpy than Souvenir is measured with.
_OWN_ENVIRONMENT = Path(__file__).resolve().parents[1] / "build" / "peer"


@dataclass(frozen=True)
class Peer:
    """`program`: rclip. `data`: its $RCLIP_DATADIR, with the weights and an empty index."""

    program: Path
    data: Path

    def run(self, query: str, folder: Path, *, index: bool, memory: bool = False) -> Run:
        """Search a folder, after bringing its index up to date when `index`."""
        options = ["--filepath-only"] if index else ["--filepath-only", "--no-indexing"]
        command = [str(self.program), *options, query]
        return run(command, cwd=folder, env={"RCLIP_DATADIR": self.data}, memory=memory)

    def script(self, *arguments: str | Path) -> Any:
        """Run peer_script.py in rclip's own Python; returns the JSON that it prints."""
        python = self.program.parent / ("python.exe" if sys.platform == "win32" else "python")
        script = Path(__file__).with_name("peer_script.py")
        done = run(
            [str(python), str(script), *map(str, arguments)], env={"RCLIP_DATADIR": self.data}
        )
        return json.loads(done.output)


def find_rclip(named: Path | None) -> Path | None:
    """Find rclip: the one that is named, else on the PATH, else where `make bench` puts it."""
    if named is not None:
        return named.absolute()
    on_path = shutil.which("rclip")
    if on_path is not None:
        return Path(on_path)
    for own in (_OWN_ENVIRONMENT / "bin" / "rclip", _OWN_ENVIRONMENT / "Scripts" / "rclip.exe"):
        if own.exists():
            return own
    return None


def fresh_peer(plan: Plan, weights: Untrained, name: str) -> Peer | None:
    """Make the peer anew with an empty index, in folder `name` of the cache; None: no rclip."""
    if plan.rclip is None:
        return None
    data = plan.cache / name
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    for part in weights.peer.iterdir():
        (data / part.name).symlink_to(part)
    return Peer(plan.rclip, data)
