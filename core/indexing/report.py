"""What a run of indexing did."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from core.catalog.statistics import FailedFile
from core.catalog.unread_directories import UnreadDirectory
from core.indexing.jobs import ScanRequest

# Before files are looked at again that were being written, and how often at most.
SETTLE_SECONDS = 1.0
SETTLE_ROUNDS = 10


@dataclass(frozen=True)
class IndexReport:
    """Counts are files, except `offline` and `embedded`, which are photos.

    `offline` is how many are offline at the end of a whole indexing; a single run leaves it 0.
    `unsettled` says where files were still being written: scan there again in a second. `unread`:
    all directories that cannot be read at the end, whether this run looked there or not.
    """

    added: int = 0
    updated: int = 0
    moved: int = 0
    removed: int = 0
    offline: int = 0
    embedded: int = 0
    failed: tuple[FailedFile, ...] = ()
    skipped: tuple[FailedFile, ...] = ()
    seconds: float = 0.0
    cancelled: bool = False
    unsettled: tuple[ScanRequest, ...] = ()
    unread: tuple[UnreadDirectory, ...] = ()

    def then(self, later: IndexReport) -> IndexReport:
        """This report and that of a run that followed it, as one."""
        return IndexReport(
            added=self.added + later.added,
            updated=self.updated + later.updated,
            moved=self.moved + later.moved,
            removed=self.removed + later.removed,
            offline=later.offline,
            embedded=self.embedded + later.embedded,
            failed=self.failed + later.failed,
            skipped=self.skipped + later.skipped,
            seconds=self.seconds + later.seconds,
            cancelled=later.cancelled,
            unsettled=later.unsettled,
            unread=later.unread,
        )


@dataclass
class Tally:
    """The counts of a run while it goes on; written by the pipeline's one thread.

    `with_sidecar`: photos that were read together with a sidecar.
    """

    added: int = 0
    updated: int = 0
    moved: int = 0
    removed: int = 0
    embedded: int = 0
    failed: list[FailedFile] = field(default_factory=list)
    skipped: list[FailedFile] = field(default_factory=list)
    with_sidecar: set[Path] = field(default_factory=set)
