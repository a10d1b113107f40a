#!/usr/bin/env bash
# Says what to do where Go is missing, too old or cannot read this module, and
# nothing where all is well. The first argument is the go command.
set -uo pipefail
cd "$(dirname "$0")/.."
go=${1:-go}
wanted=$(sed -n 's/^go //p' go.mod)

# setting is asked for outside the module, which may be what go chokes on.
setting() { (cd / && "$go" env "$1" 2>/dev/null); }

if ! command -v "$go" >/dev/null; then
	echo "There is no command \"$go\". Install Go $wanted or newer (https://go.dev/dl/, or your system's package if it is new enough)" >&2
	echo "and put its bin folder into PATH: export PATH=\$PATH:/usr/local/go/bin" >&2
	exit 1
fi
if ! why=$("$go" list -m 2>&1 >/dev/null); then
	echo "$why" >&2
	case $why in
	*"requires go >="*)
		echo "This Go is too old and may not fetch a newer one (GOTOOLCHAIN=$(setting GOTOOLCHAIN))." >&2
		echo "Install Go $wanted or newer (https://go.dev/dl/), or let it fetch one: GOTOOLCHAIN=auto make …" >&2
		;;
	*"toolchain not available"* | *"download go"*)
		echo "This Go is too old, and a newer one could not be fetched: GOPROXY=$(setting GOPROXY)." >&2
		echo "Install Go $wanted or newer (https://go.dev/dl/), or set GOPROXY to a proxy that this machine reaches." >&2
		;;
	*)
		echo "Go cannot read this module. If GOFLAGS (\"$(setting GOFLAGS)\") or GOWORK (\"$(setting GOWORK)\") are set, try without." >&2
		;;
	esac
	exit 1
fi

# After a build that failed: was it the network?
if [ "${2:-}" = after-a-failure ]; then
	case $(GOFLAGS=-mod=readonly "$go" list -deps ./cmd/signoff 2>&1 >/dev/null) in
	*"dial tcp"* | *"proxyconnect"* | *"module lookup disabled"* | *"TLS handshake"* | *"i/o timeout"* | *"no such host"* | *"connection refused"*)
		echo >&2
		echo "The modules could not be fetched: GOPROXY=$(setting GOPROXY)." >&2
		echo "Set GOPROXY to a proxy that this machine reaches (in China: go env -w GOPROXY=https://goproxy.cn,direct)," >&2
		echo "and HTTPS_PROXY where the way out leads through one." >&2
		;;
	esac
	exit 1
fi
