package walks

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

// operator makes somebody who runs the installation.
func (s *site) operator() (a identity.Account, name string) {
	s.T.Helper()
	a, name = s.Person()
	s.Must(s.App.Accounts.Grant(s.T.Context(), app.Actor(), a.ID, identity.Operator))
	return a, name
}

func TestAnOperatorReadsAndInstallsPolicies(t *testing.T) {
	t.Parallel()
	s := open(t)
	shipped, err := policy.Shipped()
	s.Must(err)
	for i, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			_, who := s.operator()
			_, other := s.Person()
			w := s.window(t, look)
			signIn(w, who).Go("/console/policies").Check("policies")
			w.Press(word(w, "钉钉账号注销", "Closing a DingTalk account")).At("/console/policies/dingtalk").Check("policy")
			w.Press(word(w, "试运行", "Try it out")).At("/console/policies/dingtalk/try")
			w.Type("name", "nobody at all").Press(word(w, "查看结果", "See the result")).Check("try-nobody")
			w.Type("name", other).Press(word(w, "查看结果", "See the result")).Sees(word(w, "已满足", "Met")).Check("try")
			w.Go("/console/policies/new_version?from=dingtalk")
			version := shipped[0].Version + i // each look installs the next one
			replace(w, fmt.Sprintf("version: %d", version), fmt.Sprintf("version: %d\nnonsense: 1", version+1))
			w.Press(word(w, "检查", "Check")).Sees("nonsense", word(w, "需要修改的地方", "What is wrong")).Check("policy-wrong")
			replace(w, "nonsense: 1\n", "")
			w.Press(word(w, "检查", "Check")).Sees(word(w, "尚未安装", "not installed yet")).Check("policy-valid")
			w.Press(word(w, "安装", "Install")).At("/console/policies/dingtalk").Sees(word(w, "已安装", "is installed"))
			w.Press(word(w, "比较版本", "Compare versions")).At("/console/policies/dingtalk/compare").Sees(word(w, "新增 1 行，删除 1 行", "added: 1, removed: 1")).Check("compare")
			w.Go("/console/policies/none").Check("policy-none")
		})
	}
}

// replace changes a word of the source of a policy, as somebody does who edits it.
func replace(w *webtest.Window, old, by string) {
	w.T.Helper()
	if !webtest.Eval[bool](w, `(() => { const e = document.getElementById('source'); const was = e.value; e.value = was.replace(`+strconv.Quote(old)+`, `+strconv.Quote(by)+`); return e.value !== was; })()`) {
		w.T.Fatalf("the source has no %q", old)
	}
}

func TestConsolePagesOfOperatorsAreForThem(t *testing.T) {
	t.Parallel()
	s := open(t)
	_, who := s.Person()
	w := s.window(t, webtest.Look{Lang: "en"})
	signIn(w, who)
	for _, path := range []string{"/console/policies", "/console/policies/new_version", "/console/policies/dingtalk", "/console/policies/dingtalk/compare", "/console/policies/dingtalk/try"} {
		w.Go(path).Sees("Not allowed")
	}
	w.Check("refused")
}
