package policy_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/policy"
)

// rewrite is for whoever changes the facts: go test ./internal/policy -rewrite
var rewrite = flag.Bool("rewrite", false, "write the facts table and the explanations anew")

const manual = "../../docs/policies.md"

func read(t *testing.T, path string) string {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// section gives what stands between two marks, and what is around it.
func section(t *testing.T, text, begin, end string) (before, inside, after string) {
	t.Helper()
	before, rest, ok := strings.Cut(text, begin)
	inside, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("the marks %q and %q are gone", begin, end)
	}
	return before + begin, inside, end + after
}

func TestTheManualsTableIsThatOfTheFacts(t *testing.T) {
	var b strings.Builder
	b.WriteString("| fact | type | values | meaning | 含义 |\n|---|---|---|---|---|\n")
	for _, d := range policy.FactDocs() {
		values := make([]string, len(d.Values))
		for i, v := range d.Values {
			values[i] = "`" + v + "`"
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s | %s |\n", d.Name, d.Type, strings.Join(values, " "), d.Meaning["en"], d.Meaning["zh-CN"])
	}
	before, got, after := section(t, read(t, manual), "program -->\n", "<!-- end of facts -->")
	if got == b.String() {
		return
	}
	if *rewrite {
		if err := os.WriteFile(manual, []byte(before+b.String()+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("the facts table of %s is out of date; it must read\n%s", manual, b.String())
}

func TestTheManualsExampleIsAPolicy(t *testing.T) {
	_, example, _ := section(t, read(t, manual), "by a test -->\n```yaml\n", "```\n<!-- end of example")
	p, err := policy.Parse([]byte(example))
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "school" || len(p.Conditions) != 4 || p.Review == nil || p.CoolingOff == nil || p.Deadline.Months != 1 {
		t.Errorf("%+v", p)
	}
	if got := p.Texts[policy.TextApproved]["en"]; !strings.Contains(got, "closes in 30 days") {
		t.Errorf("the policy's number is not filled in: %q", got)
	}
}

func TestExplainSaysTheWholePolicy(t *testing.T) {
	for _, p := range shipped(t) {
		for _, lang := range []string{"zh-CN", "en"} {
			path := filepath.Join("testdata", "explain-"+p.Name+"."+lang+".txt")
			got := p.Explain(lang)
			if *rewrite {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := read(t, path); got != want {
				t.Errorf("%s:\n%s\nwant\n%s", path, got, want)
			}
		}
		if p.Explain("zh-Hans-CN") != p.Explain("zh-CN") || p.Explain("fr") != p.Explain("en") {
			t.Error("every kind of Chinese reads Chinese, everybody else English")
		}
	}
}

func TestExplainOfEveryVariant(t *testing.T) {
	for name, c := range map[string]struct{ old, new, zh, en string }{
		"never":         {"after: 1d", "never: true", "永远不能再注册新账号", "can never register a new account"},
		"later":         {"after: 1d", "after: 48h", "注销完成 2 天后", "2 days after the closure"},
		"calendar days": {"working_days: 15\n  country: cn", "calendar_days: 1", "1 天内删除", "within 1 day from"},
		"months":        {"working_days: 15\n  country: cn", "months: 2", "2 个月内删除", "within 2 months from"},
		"same days":     {"min_working_days: 1", "min_working_days: 2", "审核：2 个工作日", "within 2 working days"},
		"from approval": {"from: requested", "from: approved", "自审核通过起 3 天", "3 days of 24 hours from the approval"},
		"sign-in":       {"sign_in: withdraws", "sign_in: refused", "须先撤销注销", "refused; to use the account again"},
		"no conditions": {"conditions:\n" + condition, "conditions: []\n", "注销条件：无", "Conditions: none"},
		"seconds":       {"max_age: 10m", "max_age: 90s", "提交前 90 秒", "within 90 seconds"},
		"review only":   {"cooling_off:\n  days: 3\n  from: requested\n  sign_in: withdraws\n", "", "没有冷静期，无法撤销", "an approved closure cannot be undone"},
	} {
		src := strings.Replace(valid, c.old, c.new, 1)
		p, err := policy.Parse([]byte(src))
		if err != nil || src == valid {
			t.Fatalf("%s: %v", name, err)
		}
		if zh := p.Explain("zh"); !strings.Contains(zh, c.zh) {
			t.Errorf("%s: %q is not in\n%s", name, c.zh, zh)
		}
		if en := p.Explain("en"); !strings.Contains(en, c.en) {
			t.Errorf("%s: %q is not in\n%s", name, c.en, en)
		}
	}
}

// Every sign_in that the schema takes is told apart from the others, in both
// languages: to whoever reads the policy, and on its page.
func TestEverySignInHasItsWords(t *testing.T) {
	list := regexp.MustCompile(`"sign_in": .*"enum": \[(.*)\]`).FindStringSubmatch(read(t, "schema.json"))
	values := regexp.MustCompile(`[a-z_]+`).FindAllString(list[1], -1)
	if len(values) < 2 {
		t.Fatalf("the schema takes %q: the search is broken", values)
	}
	said := map[string]string{}
	for _, value := range values {
		p, err := policy.Parse([]byte(strings.Replace(valid, "sign_in: withdraws", "sign_in: "+value, 1)))
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"zh-CN", "en"} {
			for line := range strings.Lines(p.Explain(lang)) {
				words := regexp.MustCompile(`^(?:期间登录：|Signing in meanwhile: )(.*)\n$`).FindStringSubmatch(line)
				if words == nil {
					continue
				}
				if words[1] == "" || said[words[1]] != "" {
					t.Errorf("sign_in: %s says %q, as does %q: give it words of its own in explain.%s.tmpl", value, words[1], said[words[1]], lang)
				}
				said[words[1]] = value
			}
			if !strings.Contains(read(t, "../texts/"+lang+"/page_operate.yaml"), "\npage.policy.sign_in."+value+":") {
				t.Errorf("page.policy.sign_in.%s has no text in %s", value, lang)
			}
		}
	}
	if len(said) != 2*len(values) {
		t.Errorf("%d sentences for %d values: %v", len(said), len(values), said)
	}
}

// Refusals are made as fields, which no compiler connects with their texts.
func TestEveryCodeOfTheseRoomsHasTexts(t *testing.T) {
	codes := map[string]bool{}
	for _, room := range []string{"yamldoc", "workday", "policy"} {
		files, err := filepath.Glob("../" + room + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, m := range regexp.MustCompile(`[ \t(]"((?:yaml|calendar|policy)_[a-z0-9_]+)"`).FindAllStringSubmatch(read(t, file), -1) {
				codes[m[1]] = true
			}
		}
	}
	if len(codes) < 40 {
		t.Fatalf("only %d codes found: the search is broken", len(codes))
	}
	for _, lang := range []string{"zh-CN", "en"} {
		var have []string
		for _, room := range []string{"yamldoc", "workday", "policy"} {
			for _, m := range regexp.MustCompile(`(?m)^fault\.([a-z0-9_]+):`).FindAllStringSubmatch(read(t, "../texts/"+lang+"/"+room+".yaml"), -1) {
				have = append(have, m[1])
				if !codes[m[1]] {
					t.Errorf("%s: no code %s", lang, m[1])
				}
			}
		}
		for code := range codes {
			if !slices.Contains(have, code) {
				t.Errorf("%s: %s has no text", lang, code)
			}
		}
	}
}

// A policy says everything in every language: its schema asks for each.
func TestTheSchemaAsksForEveryLanguage(t *testing.T) {
	var schema struct {
		Defs struct {
			Text struct {
				Required   []string       `json:"required"`
				Properties map[string]any `json:"properties"`
			} `json:"text"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(policy.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	text := schema.Defs.Text
	if !slices.Equal(text.Required, language.All()) || len(text.Properties) != len(language.All()) {
		t.Errorf("$defs.text in schema.json asks for %v, the languages are %v", text.Required, language.All())
	}
}
