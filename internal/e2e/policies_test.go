package e2e_test

import (
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
)

func TestPolicies(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "bad policies are refused with their line", badPoliciesAreRefusedWithTheirLine)
		s.run(t, "a running closure keeps its policy", aRunningClosureKeepsItsPolicy)
	})
}

// policy installs a policy of another name: a shipped one with some words
// changed.
func (s *stage) policy(from, name string, changes ...string) {
	s.T.Helper()
	_, err := s.operator.InstallPolicy(s.T.Context(), []byte(s.variant(from, append([]string{"name: " + from, "name: " + name}, changes...)...)))
	s.Must(err)
}

// variant gives the file of the newest version of a policy with words changed;
// each must be there.
func (s *stage) variant(name string, changes ...string) string {
	s.T.Helper()
	p, err := s.operator.Policy(s.T.Context(), name)
	s.Must(err)
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(p.Source, changes[i]) {
			s.T.Fatalf("%s has no %q", name, changes[i])
		}
		p.Source = strings.Replace(p.Source, changes[i], changes[i+1], 1)
	}
	return p.Source
}

// A closure keeps the version of the policy that it began with, to the end.
func aRunningClosureKeepsItsPolicy(t *testing.T, s *stage) {
	ctx := t.Context()
	p, late := s.person(), s.person()
	begun := s.confirmed(p, "wecom")
	longer := s.variant("wecom", "version: 3", "version: 4", "  days: 15", "  days: 30", `when: "!arrears.exists(a, a.amount > 0)"`, `when: "size(arrears) == 0 && size(bindings) > 5"`)
	s.Must(drop(s.operator.InstallPolicy(ctx, []byte(longer))))
	if again, err := s.operator.InstallPolicy(ctx, []byte(longer)); err != nil || again.Policy.Version != 4 {
		t.Errorf("the same file again: %+v, %v", again.Policy, err)
	}
	if _, err := s.operator.InstallPolicy(ctx, []byte(longer+"\n# another text\n")); !client.HasCode(err, "policy_version_exists") {
		t.Errorf("another text under the same version: %v", err)
	}
	if _, err := late.RequestClosure(ctx, client.NewClosure{Policy: "wecom"}); !client.HasCode(err, "conditions_not_met") {
		t.Errorf("a new closure under the new version: %v", err)
	}
	approved, err := s.reviewer.ApproveClosure(ctx, begun.Closure.ID)
	if err != nil || approved.State != client.CoolingOff || approved.Policy.Version != 3 || !approved.CoolingUntil.Equal(begun.Closure.ConfirmedAt.Add(15*day)) {
		t.Errorf("approved: %+v, %v", approved, err)
	}
	s.restart(func() { s.Clock.Advance(15 * day) })
	done := s.reaches(begun.Closure.ID, client.Closed)
	file, err := s.operator.Certificate(ctx, done.ID)
	s.Must(err)
	if doc := s.verified(file); doc.Policy.Version != 3 || doc.Policy.Digest != begun.Closure.Policy.Digest {
		t.Errorf("certified under %+v", doc.Policy)
	}
	all, err := s.operator.Policies(ctx)
	s.Must(err)
	var versions []int
	for _, one := range all {
		if one.Policy.Name == "wecom" {
			versions = append(versions, one.Policy.Version)
		}
	}
	if len(versions) != 2 || versions[0] != 4 || versions[1] != 3 {
		t.Errorf("versions %v", versions)
	}
}
