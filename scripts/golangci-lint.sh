#!/usr/bin/env bash
# Puts the pinned golangci-lint into .bin, unless that very version is there
# already, and runs it with the arguments given. Compiling it takes one to five
# minutes, once.
set -euo pipefail
cd "$(dirname "$0")/.."

version=v2.15.0
bin=$PWD/.bin/golangci-lint

# Built by an older Go than go.mod asks for, it would refuse to run.
stamp="$version $(go env GOVERSION)"
if [ ! -x "$bin" ] || [ "$("$bin" version 2>/dev/null | sed -n 's/.*has version v\{0,1\}\([0-9.]*\) built with \(go[0-9.]*\).*/v\1 \2/p')" != "$stamp" ]; then
	echo "Building golangci-lint $version…" >&2
	GOFLAGS='' GOBIN=$PWD/.bin CGO_ENABLED=0 go install -trimpath -ldflags='-s -w' \
		"github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version" ||
		{ echo "golangci-lint could not be built, for the reason above. If the network is: set GOPROXY to a proxy that this machine reaches." >&2; exit 1; }
fi
exec "$bin" "$@"
