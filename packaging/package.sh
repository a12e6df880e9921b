#!/bin/sh
# Makes the installer of the platform that it runs on, into dist; `make package` runs it.
#
#   sh packaging/package.sh [cpu|gpu]
#
# COMPRESSION=zstd packs quickly instead of small, on Linux. Run it in the project's root.
set -eu

variant=${1:-cpu}
name=souvenir
[ "$variant" = cpu ] || name=souvenir-$variant
case $(uname) in
    Linux)
        sh packaging/bundle.sh "$variant"
        "build/bundle/$variant/env/bin/python" packaging/linux/build.py "build/bundle/$variant/souvenir" \
            --out dist --name "$name" --compression "${COMPRESSION:-xz}"
        ;;
    Darwin) sh packaging/macos/build.sh ;;
    *)
        echo "On Windows, packaging/windows/build.ps1 makes the installer." >&2
        exit 1
        ;;
esac
