#!/bin/sh
# Installs the .deb into a clean Debian 12 that has no Python and no network, and uses it as a person
# would. Needs root, debootstrap, and a mirror that debootstrap and apt can reach.
#
#   sudo sh packaging/linux/test_deb.sh dist/souvenir_0.1.0_amd64.deb [PHOTOS [RESULTS]]
#
# PHOTOS is a folder of photos to index (default: ../shared/photos), RESULTS a folder for what was
# seen: selftest, times, the window's picture (default: build/test_deb). DEBIAN_MIRROR names a
# mirror. DROP_CACHES=1 empties the whole machine's file cache before the first search, so that it is
# cold. ROOT keeps the system in that folder for the next time; otherwise it is removed.
set -eu

deb=${1:?name the .deb}
photos=${2:-../shared/photos}
results=${3:-build/test_deb}
words=${WORDS:-a dog}

say() { printf '\n== %s\n' "$1"; }
fail() {
    echo "FAILED: $1" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "this needs root"
[ -f "$deb" ] || fail "there is no $deb: run 'make package' first"
[ -d "$photos" ] || fail "there is no folder $photos: name one with photos"
mkdir -p "$results"
results=$(cd "$results" && pwd)

if [ -n "${ROOT:-}" ]; then
    root=$ROOT
else
    root=$(mktemp -d)
fi
clean_up() {
    for place in proc dev/shm dev/pts; do
        umount "$root/$place" 2>/dev/null || true
    done
    [ -n "${ROOT:-}" ] || rm -rf --one-file-system "$root"
}
trap clean_up EXIT
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"; }
# Without any network, not even the loopback: only sockets that are files can be connected to.
as_person() {
    unshare --net -- chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin LANG=C.UTF-8 \
        HOME=/home/person setpriv --reuid person --regid person --init-groups "$@"
}

say "A clean Debian 12"
if ! [ -e "$root/etc/debian_version" ]; then
    # shellcheck disable=SC2086  # nothing, where debootstrap's own mirror is to be taken
    debootstrap --variant=minbase bookworm "$root" ${DEBIAN_MIRROR:-} >"$results/debootstrap.log"
fi
mount -t proc proc "$root/proc" 2>/dev/null || true
mkdir -p "$root/dev/shm" "$root/dev/pts"
mount -t tmpfs tmpfs "$root/dev/shm" 2>/dev/null || true
mount -t devpts devpts "$root/dev/pts" 2>/dev/null || true
cp /etc/resolv.conf "$root/etc/resolv.conf"
for file in /etc/apt/apt.conf.d/*proxy*; do
    if [ -e "$file" ]; then cp "$file" "$root/etc/apt/apt.conf.d/"; fi
done
inside id person >/dev/null 2>&1 || inside useradd --create-home person
inside apt-get update -qq
# A screen, a look at it, and a witness of system calls; nothing that Souvenir itself would need.
inside env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
    xvfb x11-apps xdotool netpbm strace >"$results/apt.log" 2>&1
if inside sh -c 'command -v python3' >/dev/null; then fail "there is a Python in it"; fi

say "Install"
cp "$deb" "$root/tmp/souvenir.deb"
inside env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
    /tmp/souvenir.deb fonts-dejavu-core >>"$results/apt.log" 2>&1 || {
    tail -20 "$results/apt.log"
    fail "it cannot be installed"
}
rm "$root/tmp/souvenir.deb"
if inside sh -c 'command -v python3' >/dev/null; then fail "it brought a Python along"; fi
inside du -sm /usr/lib/souvenir | awk '{ print "installed: " $1 " MiB" }' | tee "$results/size.txt"
for file in applications/io.github.souvenir.Souvenir.desktop \
    metainfo/io.github.souvenir.Souvenir.metainfo.xml \
    icons/hicolor/48x48/apps/io.github.souvenir.Souvenir.png; do
    [ -s "$root/usr/share/$file" ] || fail "$file is missing"
done
as_person souvenir --version

say "Self-test, without network"
as_person souvenir --selftest | tee "$results/selftest.txt"
grep -q '^Everything works.$' "$results/selftest.txt" || fail "the self-test"

say "Index and search"
mkdir -p "$root/home/person/Pictures"
cp -r "$photos/." "$root/home/person/Pictures/"
inside chown -R person: /home/person
as_person souvenir index /home/person/Pictures >"$results/index.txt" 2>&1 || {
    tail "$results/index.txt"
    fail "indexing"
}
tail -3 "$results/index.txt"
for run in cold again; do
    if [ "$run" = cold ] && [ -n "${DROP_CACHES:-}" ]; then sync && echo 3 >/proc/sys/vm/drop_caches; fi
    from=$(date +%s%N)
    as_person souvenir search "$words" --top 5 >"$results/search.txt"
    to=$(date +%s%N)
    echo "souvenir search, $run: $(((to - from) / 1000000)) ms" | tee -a "$results/times.txt"
done
cat "$results/search.txt"
grep -q Pictures "$results/search.txt" || fail "nothing was found"

say "No socket that could leave this computer"
as_person strace -f -qq -e trace=socket -o /tmp/sockets.txt souvenir gui \
    --screenshot /tmp/drawn.png --query "$words"
cp "$root/tmp/drawn.png" "$root/tmp/sockets.txt" "$results/"
if grep -E 'AF_INET|AF_PACKET' "$results/sockets.txt"; then fail "it opened such a socket"; fi

say "The window on a screen"
# shellcheck disable=SC2016  # the person's shell expands it
as_person sh -c '
    Xvfb :7 -screen 0 1400x900x24 -nolisten tcp >/dev/null 2>&1 &
    screen=$!
    export DISPLAY=:7
    until xdotool getdisplaygeometry >/dev/null 2>&1; do sleep 0.2; done
    for run in first second; do
        from=$(date +%s%N)
        souvenir gui --query "'"$words"'" --theme light --language en >/tmp/window.txt 2>&1 &
        window=$!
        until xdotool search --onlyvisible --name "^Souvenir$" >/dev/null 2>&1; do
            kill -0 $window 2>/dev/null || { cat /tmp/window.txt; exit 1; }
            sleep 0.05
        done
        to=$(date +%s%N)
        echo "window shown, $run start: $(((to - from) / 1000000)) ms"
        sleep 20
        [ $run = first ] || xwd -root -silent | xwdtopnm 2>/dev/null | pnmtopng >/tmp/window.png
        kill -TERM $window
        wait $window || true
    done
    kill $screen
' | tee -a "$results/times.txt"
cp "$root/tmp/window.png" "$results/window.png"
[ "$(wc -c <"$results/window.png")" -gt 20000 ] || fail "the window is empty"

say "Remove"
library=$root/home/person/.local/share/souvenir/catalogue.sqlite
[ -s "$library" ] || fail "the library is not where it should be"
inside apt-get remove -qq --yes souvenir | tee "$results/remove.txt"
grep -q '.local/share/souvenir' "$results/remove.txt" || fail "it did not say where the library is"
for place in usr/lib/souvenir usr/bin/souvenir usr/share/doc/souvenir \
    usr/share/applications/io.github.souvenir.Souvenir.desktop; do
    if [ -e "$root/$place" ] || [ -L "$root/$place" ]; then fail "$place is left behind"; fi
done
[ -s "$library" ] || fail "the library went with it"
inside apt-get purge -qq --yes souvenir >/dev/null

say "Everything passed; results are in $results"
