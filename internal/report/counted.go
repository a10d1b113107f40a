package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/audit"
)

const closurePrefix = "closure."

// Happenings lists what may happen to a closure, as far as it is counted: the
// details of the figure Closures.
func Happenings() []string {
	return []string{"requested", "confirmed", "approved", "rejected", "withdrawn", "withdrawn_by_sign_in", "lapsed", "refused", "closed"}
}

// counted says what an entry counts for; no figure for most.
func counted(e audit.Entry) (f Figure, detail string, n int64) {
	switch {
	case e.Action == "session.started":
		return SignIns, e.Data["device"], 1
	case e.Action == "sessions.ended" && e.Data["ended"] == "all":
		return MassSignOuts, e.Data["cause"], 1
	case e.Action == "sessions.ended":
		n, err := strconv.ParseInt(e.Data["ended"], 10, 64)
		if err != nil || n <= 0 {
			return "", "", 0
		}
		return SessionsEnded, e.Data["cause"], n
	case e.Action == "account.created":
		return Accounts, "created", 1
	}
	if happened, ok := strings.CutPrefix(e.Action, closurePrefix); ok && slices.Contains(Happenings(), happened) {
		return Closures, happened, 1
	}
	return "", "", 0
}
