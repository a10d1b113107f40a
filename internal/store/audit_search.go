package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/audit"
)

// AuditSearch implements audit.Reader. Only what is asked for stands in the
// statement, so that each filter finds its index; the comparison of seq leaves
// out entries without a place, as those indexes do.
func (r AuditReads) AuditSearch(ctx context.Context, f audit.Filter) ([]audit.Entry, error) {
	var where []string
	var args []any
	add := func(condition string, arg any) {
		args = append(args, arg)
		where = append(where, condition+" $"+strconv.Itoa(len(args)))
	}
	order := "seq"
	if f.Newest {
		order = "seq DESC"
		add("seq <=", f.From)
	} else {
		add("seq >=", f.From)
	}
	for _, field := range []struct{ condition, value string }{
		{"action =", f.Action}, {"organisation =", f.Organisation}, {"account =", f.Account}, {"actor_id =", f.Actor},
	} {
		if field.value != "" {
			add(field.condition, field.value)
		}
	}
	if !f.Since.IsZero() {
		add("at >=", micro(f.Since))
	}
	if !f.Until.IsZero() {
		add("at <", micro(f.Until))
	}
	args = append(args, f.Limit)
	return r.readable(ctx, " WHERE "+strings.Join(where, " AND ")+" ORDER BY "+order+" LIMIT $"+strconv.Itoa(len(args)), args...)
}
