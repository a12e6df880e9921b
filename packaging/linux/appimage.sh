#!/bin/sh
# Makes dist/souvenir-VERSION-x86_64.AppImage from the portable archive.
#
#   sh packaging/linux/appimage.sh dist/souvenir-0.1.0-linux-x86_64.tar.xz
#
# Needs appimagetool on the PATH.
set -eu

archive=${1:?name the portable archive}
command -v appimagetool >/dev/null || {
    echo "appimagetool is not here: get it, then try again." >&2
    exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -xf "$archive" -C "$work"
name=$(basename "$archive" .tar.xz)
app=$work/$name
id=io.github.souvenir.Souvenir
cp "$app/share/applications/$id.desktop" "$app/"
cp "$app/share/icons/hicolor/256x256/apps/$id.png" "$app/"
ln -s "$id.png" "$app/.DirIcon"
mkdir -p "$app/usr"
mv "$app/share" "$app/usr/share"
ln -s souvenir "$app/AppRun"
appimagetool "$app" "dist/$(echo "$name" | sed 's/-linux//').AppImage"
