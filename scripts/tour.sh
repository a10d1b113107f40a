#!/usr/bin/env bash
# Runs the tour of a README against a fresh demo and shows what comes out, to
# hold against the page or to paste into it:
#
#   scripts/tour.sh [README.zh-CN.md]
#
# It needs curl, and port 8080 of the loopback address free.
set -euo pipefail
cd "$(dirname "$0")/.."
page=$PWD/${1:-README.md}
unset LC_ALL LANGUAGE LC_MESSAGES
case $page in *zh-CN*) export LANG=zh_CN.UTF-8 ;; *) export LANG=C.UTF-8 ;; esac

make --no-print-directory build
signoff=$PWD/bin/signoff
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$dir"' EXIT
mkdir "$dir/bin"
ln -s "$signoff" "$dir/bin/signoff"
cd "$dir"

./bin/signoff demo serve --address-file address > guide &
server=$!
for _ in $(seq 100); do
	[ -f address ] && break
	kill -0 "$server" # it has said why it did not start
	sleep 0.2
done

# The blocks that follow a <!-- tour --> mark. The password is the one thing
# that a reader types.
awk '/^<!-- tour/ { tour = 1 } /^```/ { if (on) tour = 0; on = tour && !on && /^```sh/; next } on' "$page" |
	grep -v '^PASSWORD=' > tour
PASSWORD=$(awk '$1 == "sales-two" { print $2; exit }' guide) bash -v tour 2>&1
