#!/bin/sh
# Makes dist/souvenir-VERSION-macos-ARCH.dmg on a Mac: the program, signed and notarised.
#
#   sh packaging/macos/build.sh
#
# SIGNING_IDENTITY: a "Developer ID Application: …"; without it the program is signed for this Mac
# alone. NOTARY_PROFILE: what `xcrun notarytool store-credentials` keeps; without it Apple is not
# asked. Needs Xcode's command line tools. Run it in the project's root.
set -eu

[ "$(uname)" = Darwin ] || {
    echo "A .dmg is made on a Mac." >&2
    exit 1
}
place=build/bundle/cpu
python=$place/env/bin/python
sh packaging/bundle.sh cpu
app=$place/Souvenir.app
version=$("$python" -c 'from importlib.metadata import version; print(version("souvenir"))')
dmg=dist/souvenir-$version-macos-$(uname -m).dmg
identity=${SIGNING_IDENTITY:--}

"$app/Contents/MacOS/souvenir" --selftest

# From the inside out: what is signed must not change any more.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) \
    -exec codesign --force --options runtime --timestamp=none --sign "$identity" {} +
if [ "$identity" = - ]; then
    codesign --force --entitlements packaging/macos/entitlements.plist --sign - "$app"
else
    find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) \
        -exec codesign --force --options runtime --timestamp --sign "$identity" {} +
    codesign --force --options runtime --timestamp --entitlements packaging/macos/entitlements.plist \
        --sign "$identity" "$app"
fi
codesign --verify --deep --strict "$app"

mkdir -p dist
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
hdiutil create -volname Souvenir -srcfolder "$staging" -fs HFS+ -format ULFO -ov "$dmg"
if [ -n "${NOTARY_PROFILE:-}" ]; then
    codesign --force --timestamp --sign "$identity" "$dmg"
    xcrun notarytool submit "$dmg" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$dmg"
fi
echo "$dmg"
