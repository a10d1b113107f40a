#!/usr/bin/env bash
# Runs the demo, and builds and starts it anew when a file is saved that the
# program is made of. What does not compile is shown, and the program that is
# running goes on. The demo's data stays; Ctrl-C ends everything.
set -uo pipefail
cd "$(dirname "$0")/.."

mkdir -p bin
work=$(mktemp -d)
server=""
told=""

stop() {
	[ -n "$server" ] || return 0
	kill -TERM "$server" 2>/dev/null
	wait "$server" 2>/dev/null
	server=""
}
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 0' INT TERM HUP

say() { printf '\n— %s\n' "$*"; }

# changed names what was saved after the file given. A folder counts too: a file
# that has gone leaves no other trace. What templ writes comes from a .templ.
changed() {
	find cmd client internal go.mod \( -type d -o -name '*.go' -o -name '*.templ' -o -name '*.yaml' -o -name '*.json' \
		-o -name '*.sql' -o -name '*.css' -o -name '*.js' -o -name '*.svg' -o -name '*.tmpl' -o -name '*.webp' -o -name go.mod \) \
		! -name '*_test.go' ! -name '*_templ.go' -newer "$1" -print
}

build() {
	# -s -w and -trimpath as `make build` has them, so that both share what is compiled.
	go build -trimpath -buildvcs=false -ldflags '-s -w -X main.version=dev' -o bin/signoff.next ./cmd/signoff
}

# restart starts what was built, unless that is what is running already.
restart() {
	if [ -n "$server" ] && kill -0 "$server" 2>/dev/null && cmp -s bin/signoff.next bin/signoff; then
		return
	fi
	stop
	rm -f bin/signoff && cp bin/signoff.next bin/signoff # a running file cannot be written to
	if [ -n "$told" ]; then exec 3>/dev/null; else exec 3>&1; fi # the guide once is enough
	told=yes
	./bin/signoff demo serve "$@" >&3 &
	server=$!
	say "running ($(($(date +%s) - began)) s); Ctrl-C ends it"
}

touch "$work/seen"
began=$(date +%s)
say "building"
if build; then restart "$@"; else say "this does not compile: save a file to try again"; fi

while true; do
	sleep 0.3
	if [ -n "$server" ] && ! kill -0 "$server" 2>/dev/null; then
		wait "$server"
		server=""
		say "the program has ended: it is started again when a file is saved"
	fi
	touch "$work/now" # before looking: what is saved meanwhile is seen next time
	files=$(changed "$work/seen")
	[ -n "$files" ] || continue
	mv "$work/now" "$work/seen"
	began=$(date +%s)
	case $files in
	*.templ*) go generate ./internal/web || { say "a page is not right; the old program goes on"; continue; } ;;
	esac
	if build; then restart "$@"; else say "this does not compile; the old program goes on"; fi
done
