"""A colour profile that can be told from sRGB at a glance."""

from __future__ import annotations

import struct

from PIL import ImageCms


def srgb_profile() -> bytes:
    """The profile of sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def linear_profile() -> bytes:
    """The sRGB profile under another name with its tone curves replaced by straight lines.

    A grey of 128 in it is one of 188 in sRGB.
    """
    profile = bytearray(srgb_profile())
    for index in range(struct.unpack(">I", profile[128:132])[0]):
        name, at, size = struct.unpack_from(">4sII", profile, 132 + 12 * index)
        if name in {b"rTRC", b"gTRC", b"bTRC"}:
            curve = struct.pack(">4sII", b"curv", 0, 0)
            profile[at : at + len(curve)] = curve
            struct.pack_into(">I", profile, 132 + 12 * index + 8, len(curve))
        if name == b"desc":
            text = bytes(profile[at : at + size])
            profile[at : at + size] = text.replace(b"s\0R\0G\0B", b"l\0i\0n\0e").replace(
                b"sRGB", b"line"
            )
    return bytes(profile)
