package apptest

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
)

// audited says of every action in the audit log what its entry must tell: whom or
// what it is about, and with a plus the details; a question mark is behind what
// only some entries have.
var audited = map[string]string{
	"account.created":                     "object? account organisation?",
	"account.flagged":                     "account +banned +stolen",
	"account.paused":                      "account",
	"account.resumed":                     "account",
	"account.updated":                     "object account organisation +identifiers +joined +moved +renamed",
	"arrear.added":                        "account +currency",
	"arrear.settled":                      "account",
	"attestation.added":                   "object account organisation +kind",
	"binding.added":                       "account +service",
	"binding.released":                    "account",
	"browser.joined":                      "object account",
	"browser.left":                        "object account",
	"browser.switched":                    "object account",
	"calendar.uploaded":                   "+country +year",
	"closure.approved":                    "object account",
	"closure.closed":                      "object account",
	"closure.confirmed":                   "object account",
	"closure.cooling_off_over":            "object account",
	"closure.holder_erased":               "object account +holder",
	"closure.lapsed":                      "object account",
	"closure.own_rows_erased":             "object account",
	"closure.refused":                     "object account",
	"closure.rejected":                    "object account",
	"closure.requested":                   "object account +digest +policy",
	"closure.withdrawn":                   "object account",
	"closure.withdrawn_by_sign_in":        "object account",
	"code.issued":                         "object account? +form +purpose",
	"code.spent":                          "object account? +form +purpose",
	"department.created":                  "object organisation +import?",
	"directory.exported":                  "+accounts +organisations +passwords",
	"dissolution.announced":               "object organisation +kind +published_on",
	"dissolution.another_objection":       "object organisation",
	"dissolution.attested":                "object organisation +bytes +kind +sha256",
	"dissolution.closed":                  "object organisation",
	"dissolution.evidence_accepted":       "object organisation +kind +sha256",
	"dissolution.evidence_rejected":       "object organisation +kind +sha256",
	"dissolution.hearing_set":             "object organisation",
	"dissolution.holder_erased":           "object organisation +holder",
	"dissolution.members_released":        "object organisation +members",
	"dissolution.notice_over":             "object organisation",
	"dissolution.objection_dismissed":     "object organisation",
	"dissolution.objection_raised":        "object organisation",
	"dissolution.objection_upheld":        "object organisation",
	"dissolution.one_objection_dismissed": "object organisation",
	"dissolution.own_rows_erased":         "object organisation",
	"dissolution.started":                 "object organisation +kind",
	"dissolution.withdrawn":               "object organisation",
	"erasure.retried":                     "object +holder",
	"factor.added":                        "account +kind",
	"factor.removed":                      "account +kind",
	"factor.renamed":                      "account",
	"grant.added":                         "account +role",
	"grant.revoked":                       "account +role",
	"identifier.added":                    "account +kind",
	"identifier.removed":                  "account +kind",
	"identifier.verified":                 "account +kind",
	"identifier.wanted":                   "account +kind",
	"import.applied":                      "object organisation? +created +departments +format +invited +joined +moved +organisations +refused +rows +sha256? +source +unchanged +updated",
	"import.tried":                        "object organisation +created +departments +format +invited +joined +moved +organisations +refused +rows +source +unchanged +updated",
	"member.put":                          "object? account organisation +offices? +role",
	"member.released":                     "object account organisation",
	"member.removed":                      "account organisation",
	"notice.preferred":                    "account +inbox? +kind +mail? +sms?",
	"organisation.certification":          "organisation +state",
	"organisation.created":                "object? organisation",
	"password.reset_link_made":            "account",
	"password.reset_refused":              "",
	"password.set":                        "account",
	"policy.installed":                    "object +policy +version",
	"registration.link_made":              "+kind",
	"role_transfer.accepted":              "object account organisation +offices? +role +successor",
	"role_transfer.asked":                 "object account organisation +offices? +role +successor",
	"role_transfer.declined":              "object account organisation +offices? +role +successor",
	"role_transfer.expired":               "object account organisation +offices? +role +successor",
	"role_transfer.withdrawn":             "object account organisation +offices? +role +successor",
	"session.proved":                      "account",
	"session.started":                     "object account +device +methods?",
	"sessions.ended":                      "object? account? organisation? +app? +cause +ended +order? +scope",
	"sign_out.approved":                   "object account organisation? +scope",
	"sign_out.ordered":                    "object account organisation? +scope",
	"sign_out.refused":                    "object account organisation? +scope",
	"todo.added":                          "object account organisation? +kind",
	"todo.completed":                      "object account",
}

// checkAudit holds every entry of the audit log against audited: a detail that the
// code forgets is missed by whoever reads the log years later.
func (w *World) checkAudit() {
	w.T.Helper()
	rows, err := w.App.DB.Read.QueryContext(context.WithoutCancel(w.T.Context()), `SELECT action, actor_kind, actor_id, object, account, organisation, data FROM audit_entries`)
	if err != nil {
		w.T.Error(err)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var action, kind, actor, object, account, organisation, data string
		if err := rows.Scan(&action, &kind, &actor, &object, &account, &organisation, &data); err != nil {
			w.T.Error(err)
			return
		}
		if action == "account.forged" {
			continue // what tests of tampering make of an entry
		}
		if actor == "" && kind == "member" {
			w.T.Errorf("an audit entry %s does not say which member did it", action)
		}
		told := map[string]string{}
		if data != "" {
			if err := json.Unmarshal([]byte(data), &told); err != nil {
				w.T.Errorf("%s: %v", action, err)
			}
		}
		has := []string{}
		for name, value := range map[string]string{"object": object, "account": account, "organisation": organisation} {
			if value != "" {
				has = append(has, name)
			}
		}
		for key, value := range told {
			if value != "" || strings.Contains(audited[action]+" ", "+"+key+"? ") {
				has = append(has, "+"+key)
			}
		}
		w.checkEntry(action, has)
	}
	if err := rows.Err(); err != nil {
		w.T.Error(err)
	}
}

func (w *World) checkEntry(action string, has []string) {
	w.T.Helper()
	wanted, known := audited[action]
	if !known {
		w.T.Errorf("the audit log tells of %s with %v: say in internal/app/apptest/audited.go what its entries have", action, has)
		return
	}
	for word := range strings.FieldsSeq(wanted) {
		name, optional := strings.CutSuffix(word, "?")
		if !optional && !slices.Contains(has, name) {
			w.T.Errorf("an audit entry %s is without its %s, it has %v", action, name, has)
		}
		has = slices.DeleteFunc(has, func(h string) bool { return h == name })
	}
	if len(has) > 0 {
		w.T.Errorf("an audit entry %s has %v, too; say so in internal/app/apptest/audited.go", action, has)
	}
}
