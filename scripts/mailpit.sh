#!/usr/bin/env bash
# Puts the pinned Mailpit, a mail server for tests, into .bin, unless that very
# version is there already. Compiling it takes about a minute, once.
set -euo pipefail
cd "$(dirname "$0")/.."

version=v1.27.11
module=github.com/axllent/mailpit
bin=$PWD/.bin/mailpit

if [ ! -x "$bin" ] || ! go version -m "$bin" 2>/dev/null | grep -qE "^\s+mod\s+$module\s+$version\s"; then
	echo "Building Mailpit $version…" >&2
	GOFLAGS='' GOBIN=$PWD/.bin CGO_ENABLED=0 go install -trimpath -ldflags='-s -w' "$module@$version" ||
		{ echo "Mailpit could not be built, for the reason above. If the network is: set GOPROXY to a proxy that this machine reaches." >&2; exit 1; }
fi
