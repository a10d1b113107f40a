#!/usr/bin/env bash
# Runs every fuzz test for a short while, one after the other: go test fuzzes
# one function of one package at a time.
set -euo pipefail
cd "$(dirname "$0")/.."
duration=${1:-10s}
ran=0
while IFS=: read -r file name; do
	echo "fuzz $name in $(dirname "$file") for $duration"
	go test "./$(dirname "$file")" -run '^$' -fuzz "^$name\$" -fuzztime "$duration"
	ran=$((ran + 1))
done < <(git ls-files -co --exclude-standard -z -- '*_test.go' |
	xargs -0 -r grep -Ho '^func Fuzz[A-Za-z0-9_]*' | sed 's/:func /:/' | sort)
echo "$ran fuzz tests ran"
