"""The exceptions of Souvenir.

Everything a person can mend is a SouvenirError: its text is one sentence that says what happened
and what to do, and it is shown as it is. Anything else that escapes is a bug, and shown as one.

    SouvenirError
    ├── QueryError            a query that cannot be understood; knows where
    ├── FolderError           a folder that cannot be watched
    ├── PhotoError            a file that cannot be read as a photo
    │   └── FileAccessError       the system does not let it be read, which may pass
    ├── CatalogueError        the catalogue cannot be read or written (disk full, damaged)
    │   └── LibraryVersionError   it was made by a newer Souvenir
    ├── LibraryInUseError     another process writes this library
    ├── LibraryReadOnlyError  nothing can be written where the library is; it can be looked at
    └── ModelError            a model that is missing, broken or cannot be had
        ├── ModelDownloadError    the network or the server failed
        └── UnsafeModelError      a checkpoint that would run code
"""

from __future__ import annotations


class SouvenirError(Exception):
    """A problem that a person can mend, said in one sentence."""


class QueryError(SouvenirError):
    """A query that cannot be understood.

    `start` and `end` are character offsets into the query: the part that is wrong.
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class FolderError(SouvenirError):
    """A folder that cannot be watched."""


class PhotoError(SouvenirError):
    """A file that cannot be read as a photo; the text is the reason that Problems shows."""


class FileAccessError(PhotoError):
    """The system does not let a file be read: permission, disk, network. The file may be fine."""


class CatalogueError(SouvenirError):
    """The catalogue cannot be read or written."""


class LibraryVersionError(CatalogueError):
    """The catalogue was made by a newer Souvenir; it is left untouched."""


class LibraryInUseError(SouvenirError):
    """Another process writes this library."""


class LibraryReadOnlyError(SouvenirError):
    """Nothing can be written where the library is; it can be opened for reading."""


class ModelError(SouvenirError):
    """A model that is missing, broken or does not fit."""


class ModelDownloadError(ModelError):
    """A model that could not be downloaded."""


class UnsafeModelError(ModelError):
    """A checkpoint that holds code, which is never run."""
