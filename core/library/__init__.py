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
from core.catalog.label_edits import (
    ChangeLabel,
    CreateLabels,
    DeleteLabels,
    SetLabelsActive,
    SetTags,
    SetThreshold,
)
from core.catalog.labels import DEFAULT_THRESHOLD, Label
from core.catalog.listing import Listing, Sort
from core.catalog.searches import SavedSearch
from core.catalog.statistics import FailedFile
from core.catalog.tags import PhotoTag
from core.library.browse import Browse, Overview
from core.library.labels import Labels
from core.library.library import Library
from core.library.status import FolderInfo, Status
from core.tagging.describing import Fit
from core.tagging.judged import Judged
from core.tagging.sets import LabelSet, counterparts

__all__ = [
    "DEFAULT_THRESHOLD",
    "AddToAlbum",
    "Album",
    "Browse",
    "ChangeLabel",
    "ChangeSearch",
    "CreateAlbum",
    "CreateLabels",
    "DeleteAlbum",
    "DeleteLabels",
    "DirectoryInfo",
    "Edit",
    "FailedFile",
    "Fit",
    "FolderInfo",
    "Judged",
    "Label",
    "LabelSet",
    "Labels",
    "Library",
    "Listing",
    "Overview",
    "PhotoTag",
    "RemoveFromAlbum",
    "RemoveSearch",
    "RenameAlbum",
    "RenameSearch",
    "SaveSearch",
    "SavedSearch",
    "SetFavourite",
    "SetKeywords",
    "SetLabelsActive",
    "SetRating",
    "SetRotation",
    "SetTags",
    "SetThreshold",
    "SetTitle",
    "Sort",
    "Status",
    "counterparts",
]
