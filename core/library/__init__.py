"""The one door to a library of photos, for the command line and the window."""

from core.catalog.albums import Album
from core.catalog.directories import DirectoryInfo
from core.catalog.edits import (
    AddToAlbum,
    ChangeSearch,
    CreateAlbum,
    DeleteAlbum,
    Edit,
    RemoveFromAlbum,
    RemoveSearch,
    RenameAlbum,
    RenameSearch,
    SaveSearch,
    SetFavourite,
    SetKeywords,
    SetRating,
    SetRotation,
    SetTitle,
)
from core.catalog.listing import Listing, Sort
from core.catalog.searches import SavedSearch
from core.catalog.statistics import FailedFile
from core.library.browse import Browse, Overview
from core.library.library import Library
from core.library.status import FolderInfo, Status

__all__ = [
    "AddToAlbum",
    "Album",
    "Browse",
    "ChangeSearch",
    "CreateAlbum",
    "DeleteAlbum",
    "DirectoryInfo",
    "Edit",
    "FailedFile",
    "FolderInfo",
    "Library",
    "Listing",
    "Overview",
    "RemoveFromAlbum",
    "RemoveSearch",
    "RenameAlbum",
    "RenameSearch",
    "SaveSearch",
    "SavedSearch",
    "SetFavourite",
    "SetKeywords",
    "SetRating",
    "SetRotation",
    "SetTitle",
    "Sort",
    "Status",
]
