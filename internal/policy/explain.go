package policy

import (
	_ "embed"
	"fmt"
	"strings"
	"text/template"
	"time"

	"github.com/signoff-id/signoff/internal/language"
)

//go:embed explain.zh-CN.tmpl
var explainChinese string

//go:embed explain.en.tmpl
var explainEnglish string

// Explain says in plain words, over several lines, what the whole policy means:
// conditions, proof, review, cooling-off, what a sign-in does, when identifiers
// can be used again, and the deadline. lang is a BCP 47 tag, as for Text.In.
func (p *Policy) Explain(lang string) string {
	lang = language.OrEnglish(lang)
	source := language.Each(explainChinese, explainEnglish)[lang]
	words := language.Each(chineseWords, englishWords)[lang]()
	words["add"] = func(a, b int) int { return a + b }
	var b strings.Builder
	t := template.Must(template.New(lang).Funcs(words).Parse(source))
	view := struct {
		*Policy
		Title, Summary string
	}{p, p.Title.In(lang), p.Summary.In(lang)}
	if err := t.Execute(&b, view); err != nil {
		return err.Error() // only a broken template, which the tests would show
	}
	return b.String()
}

func chineseWords() template.FuncMap {
	return template.FuncMap{
		"method": func(m string) string {
			return map[string]string{"password": "密码", "passkey": "通行密钥", "one_time_code": "一次性验证码"}[m]
		},
		"country": func(c string) string { return map[string]string{"cn": "中国"}[c] },
		"duration": func(d time.Duration) string {
			n, unit := largest(d)
			return fmt.Sprintf("%d %s", n, map[string]string{"day": "天", "hour": "小时", "minute": "分钟", "second": "秒"}[unit])
		},
		"days": func(least, most int) string {
			if least == most {
				return fmt.Sprint(most)
			}
			return fmt.Sprintf("%d 至 %d", least, most)
		},
	}
}

func englishWords() template.FuncMap {
	return template.FuncMap{
		"method": func(m string) string {
			return map[string]string{"password": "the password", "passkey": "a passkey", "one_time_code": "a one-time code"}[m]
		},
		"country": func(c string) string { return map[string]string{"cn": "China"}[c] },
		"count":   count,
		"duration": func(d time.Duration) string {
			n, unit := largest(d)
			return count(n, unit)
		},
		"days": func(least, most int) string {
			if least == most {
				return count(most, "working day")
			}
			return fmt.Sprintf("%d to %s", least, count(most, "working day"))
		},
	}
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// largest gives a duration in the largest unit that needs no fraction.
func largest(d time.Duration) (n int, unit string) {
	switch {
	case d%(24*time.Hour) == 0:
		return int(d / (24 * time.Hour)), "day"
	case d%time.Hour == 0:
		return int(d / time.Hour), "hour"
	case d%time.Minute == 0:
		return int(d / time.Minute), "minute"
	default:
		return int(d / time.Second), "second"
	}
}
