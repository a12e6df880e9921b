#!/bin/sh
# Installs the .deb into a clean Debian 12 that has no Python and no network, and uses it as a person
# would. Needs root, debootstrap, and a mirror that debootstrap and apt can reach.
#
#   sudo sh packaging/linux/test_deb.sh dist/souvenir_0.1.0_amd64.deb [PHOTOS [RESULTS]]
#
# PHOTOS is a folder of photos to index (default: ../shared/photos), RESULTS a folder for what was
# seen: selftest, times, the window's picture (default: build/test_deb). WORDS describe a photo, and
# what is found first must have FIRST (a regular expression) in its path. DEBIAN_MIRROR names a
# mirror. ROOT keeps the system in that folder for the next time; otherwise it is removed.
set -eu

deb=${1:?name the .deb}
photos=${2:-../shared/photos}
results=${3:-build/test_deb}
words=${WORDS:-a flower}
first=${FIRST:-nature/orychophragmus}
catalogues=$(dirname "$0")/../../tests/core/catalogues

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
: >"$results/times.txt"

if [ -n "${ROOT:-}" ]; then
    root=$ROOT
else
    root=$(mktemp -d)
    chmod 755 "$root" # mktemp's folders are for root alone, and the person in it is not root
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
# The same with a witness: what kinds of sockets it asks for goes into $results/sockets.txt.
watched() {
    as_person strace -f -qq --seccomp-bpf -e trace=socket -o /tmp/sockets.txt "$@"
    cat "$root/tmp/sockets.txt" >>"$results/sockets.txt"
}
milliseconds() { echo $(($(date +%s%N) / 1000000)); }

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
rm -rf "$root/home/person/Pictures" "$root/home/person/.local" "$root/home/person/before"
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
: >"$results/sockets.txt"
mkdir -p "$root/home/person/Pictures"
cp -r "$photos/." "$root/home/person/Pictures/"
inside chown -R person: /home/person
watched souvenir index /home/person/Pictures >"$results/index.txt" 2>&1 || {
    tail "$results/index.txt"
    fail "indexing"
}
head -1 "$results/index.txt"
for run in cold again; do
    if [ "$run" = cold ]; then # the next to read these files has to wait for the disk
        sync
        find "$root/usr/lib/souvenir" "$root/home/person/.local" -type f \
            -exec dd if={} iflag=nocache count=0 status=none \;
    fi
    from=$(milliseconds)
    as_person souvenir search "$words" --top 5 >"$results/search.txt"
    echo "souvenir search, $run: $(($(milliseconds) - from)) ms" | tee -a "$results/times.txt"
done
cat "$results/search.txt"
head -1 "$results/search.txt" | grep -Eq "$first" || fail "'$words' did not find $first"

say "A library of the version before, and one of a version to come"
for version in 0001 0002 newer; do
    mkdir -p "$root/home/person/before/$version"
    cp "$catalogues/0001.sqlite" "$root/home/person/before/$version/catalogue.sqlite"
done
cp "$catalogues/0002.sqlite" "$root/home/person/before/0002/catalogue.sqlite"
# What SQLite keeps as user_version, the number of the schema, ends with the 64th byte.
newer=$root/home/person/before/newer/catalogue.sqlite
printf '\377' | dd of="$newer" bs=1 seek=63 conv=notrunc status=none
was=$(md5sum <"$newer")
inside chown -R person: /home/person/before
for version in 0001 0002; do
    library=/home/person/before/$version
    as_person souvenir --library "$library" index | tee "$results/$version.txt"
    as_person souvenir --library "$library" folders list | tee -a "$results/$version.txt"
    grep -q '^3 photos .*Pictures$' "$results/$version.txt" || fail "the library of schema $version"
done
for command in index "search flower"; do
    # shellcheck disable=SC2086  # words of a command
    if as_person souvenir --library /home/person/before/newer $command 2>"$results/newer.txt"; then
        fail "a library of a newer version was opened"
    fi
    grep 'newer Souvenir' "$results/newer.txt" || fail "it did not say why"
done
[ "$(md5sum <"$newer")" = "$was" ] || fail "a library of a newer version was changed"

say "No socket that could leave this computer"
watched souvenir gui --screenshot /tmp/drawn.png --query "$words"
watched souvenir search "$words" >/dev/null
cp "$root/tmp/drawn.png" "$results/"
grep -o 'AF_[A-Z0-9]*' "$results/sockets.txt" | sort | uniq -c
# A process that is ended on the way into a call, "???(", made none.
if grep -Ev 'socket\((AF_UNIX|AF_NETLINK)|\+\+\+|---|\?\?\?\(' "$results/sockets.txt"; then
    fail "it asked for such a socket"
fi

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
        timeout 60 xdotool search --sync --onlyvisible --name "^Souvenir$" >/dev/null || {
            cat /tmp/window.txt
            exit 1
        }
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
was=$(md5sum <"$library")
inside apt-get remove -qq --yes souvenir | tee "$results/remove.txt"
grep -q '.local/share/souvenir' "$results/remove.txt" || fail "it did not say where the library is"
for place in usr/lib/souvenir usr/bin/souvenir usr/share/doc/souvenir \
    usr/share/applications/io.github.souvenir.Souvenir.desktop; do
    if [ -e "$root/$place" ] || [ -L "$root/$place" ]; then fail "$place is left behind"; fi
done
inside apt-get purge -qq --yes souvenir >/dev/null
[ "$(md5sum <"$library")" = "$was" ] || fail "the library is not what it was"

say "Everything passed; results are in $results"
