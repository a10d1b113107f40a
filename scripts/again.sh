#!/usr/bin/env bash
# Runs every test again and again, each time in another order, and goes on when one
# fails: a test that fails now and then is a bug, in the test or in the code. The
# argument says how many times. What each run printed stays in a folder that is
# named at the end.
set -uo pipefail
cd "$(dirname "$0")/.."

times=${1:-10}
if ! [[ $times =~ ^[1-9][0-9]*$ ]]; then
	echo "How many times? A whole number from 1, not \"$times\": make again TIMES=3" >&2
	exit 2
fi
trap 'exit 130' INT TERM # ends all runs, not only this one
out=$(mktemp -d)
failed=0
for run in $(seq "$times"); do
	begun=$SECONDS
	if CGO_ENABLED=0 go run ./internal/pgtest/pgserver go test -count=1 -shuffle=on -timeout 60m ./... >"$out/$run" 2>&1; then
		echo "run $run of $times: passed in $((SECONDS - begun)) s"
	else
		failed=$((failed + 1))
		echo "run $run of $times: FAILED after $((SECONDS - begun)) s"
		grep -E '^ *--- FAIL|^(FAIL|panic:)' "$out/$run"
	fi
done
echo "$failed of $times runs failed; what they printed is in $out"
[ "$failed" -eq 0 ]
