package identity_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/identity"
)

func TestOneNameHasOneForm(t *testing.T) {
	for _, c := range []struct{ kind, written, want string }{
		{identity.Mobile, "138 0013 8000", "+8613800138000"},
		{identity.Mobile, "+86-138-0013-8000", "+8613800138000"},
		{identity.Mobile, "+44 20 7946 0958", "+442079460958"},
		{identity.Email, " Li.Wei@Example.COM ", "li.wei@example.com"},
		{identity.Email, "wang@例子.中国", "wang@xn--fsqu00a.xn--fiqs8s"},
		{identity.Username, "LiWei", "liwei"},
		{identity.Username, "李伟", "李伟"},
		{identity.Username, "ＡＢＣ", "abc"},
	} {
		id, err := identity.Normalise(c.kind, c.written)
		if err != nil || id.Value != c.want {
			t.Errorf("%s %q: %q, %v; want %q", c.kind, c.written, id.Value, err, c.want)
		}
	}
}

func TestWhatIsNoName(t *testing.T) {
	for _, c := range []struct{ kind, written string }{
		{identity.Mobile, "12345"}, {identity.Mobile, "abc"}, {identity.Email, "no-at"}, {identity.Email, "a@b"},
		{identity.Email, "Li Wei <li@example.com>"}, {identity.Username, "x"}, {identity.Username, "a b"},
		{identity.Username, "li@wei"}, {identity.Username, "13800138000"}, {identity.Username, "+86 138 0013"}, {"badge", "7"},
	} {
		if id, err := identity.Normalise(c.kind, c.written); err == nil {
			t.Errorf("%s %q was taken for %q", c.kind, c.written, id.Value)
		}
	}
}

// A name that is stored is found again however often it is normalised, and what
// a person types leads to the kind that it was stored as.
func TestNormalisingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(identity.Kinds()).Draw(t, "kind")
		id, err := identity.Normalise(kind, rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-z0-9.+@-]{1,20}`),
			rapid.StringMatching(`\+?[0-9]{8,14}`), rapid.StringMatching(`[a-z]{1,8}@[a-z]{1,8}\.com`)).Draw(t, "written"))
		if err != nil {
			return
		}
		again, err := identity.Normalise(kind, id.Value)
		if err != nil || again != id {
			t.Fatalf("%+v became %+v, %v", id, again, err)
		}
		guessed, err := identity.Guess(id.Value)
		if err != nil || guessed != id {
			t.Fatalf("%+v was guessed as %+v, %v", id, guessed, err)
		}
	})
}
