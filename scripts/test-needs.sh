#!/usr/bin/env bash
# Installs what the tests need and the machine lacks: a mail server, the
# PostgreSQL server's programs, Chromium with a Chinese font, and a C compiler
# for the race detector; with the argument "compiler" only that. Nothing is
# started, and nothing is installed when all is there. Knows Debian and its
# descendants; on any other system it says what is missing.
set -euo pipefail

has_postgres() {
	local dir
	for dir in "$(dirname "$(readlink -f "$(command -v initdb || echo /none/initdb)")")" /usr/lib/postgresql/*/bin; do
		[ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] && return 0
	done
	return 1
}

# has_compiler compiles a file with a header in it: a compiler without the C
# library's headers is of no use.
has_compiler() {
	local cc=${CC:-gcc}
	command -v "$cc" >/dev/null &&
		echo '#include <stdlib.h>' | "$cc" -x c -fsyntax-only - 2>/dev/null
}

has_chromium() { has_shell || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }

# The shell of Chromium, without windows, draws the same pages in half the CPU time.
has_shell() { command -v chromium-headless-shell >/dev/null || command -v chrome-headless-shell >/dev/null; }
packaged_shell() { apt-cache show chromium-headless-shell >/dev/null 2>&1; }

# Without them Chinese pages would be pictured as boxes.
has_chinese() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn)" ]; }

packages=()
has_compiler || packages+=(gcc libc6-dev)
if [ "${1:-}" != compiler ]; then
	has_chromium || packages+=(chromium)
	has_chinese || packages+=(fonts-noto-cjk fontconfig)
	has_postgres || packages+=(postgresql)
	bash "$(dirname "$0")/mailpit.sh"
	if has_chromium && ! has_shell && [ "$(id -u)" -eq 0 ] && packaged_shell; then
		echo "Installing for faster tests: chromium-headless-shell"
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell </dev/null ||
			echo "It could not be installed: the tests go on with the slower Chromium." >&2
	fi
fi
[ ${#packages[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
	echo "The tests need what this machine lacks: ${packages[*]} (Debian's names)." >&2
	echo "Needed are PostgreSQL 15 or newer (initdb and postgres in PATH), Chromium or Chrome, a Chinese font and a C compiler." >&2
	echo "On macOS: brew install postgresql@17 fontconfig font-noto-sans-cjk && brew install --cask chromium && xcode-select --install" >&2
	exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "Installing ${packages[*]} needs root, and there is no sudo. Once, as root: bash scripts/test-needs.sh" >&2
		echo "Without them, test one room that needs none: make test PKG=./internal/policy/..." >&2
		exit 1
	fi
	as_root=(sudo)
fi

echo "Installing for the tests: ${packages[*]}"
trap 'echo "Installing ${packages[*]} has failed, for the reason above. Is the network there? Behind a proxy, set http_proxy and https_proxy." >&2' ERR
# Only the programs are wanted: without this Debian would also make a cluster
# and start it now and at every boot.
if ! has_postgres && [ ! -e /etc/postgresql-common ]; then
	"${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
	echo "create_main_cluster = false" |
		"${as_root[@]}" tee /etc/postgresql-common/createcluster.d/signoff-tests.conf >/dev/null
fi
"${as_root[@]}" apt-get update -qq
if packaged_shell; then packages=("${packages[@]/#chromium/chromium-headless-shell}"); fi
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" </dev/null

[ "${1:-}" = compiler ] || has_postgres || { echo "PostgreSQL was installed, but initdb and postgres are not to be found." >&2; exit 1; }
has_compiler || { echo "The C compiler was installed, but does not work." >&2; exit 1; }
