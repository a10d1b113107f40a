package delivery

import (
	_ "embed"
	"html/template"
	"strings"

	"github.com/signoff-id/signoff/internal/language"
)

//go:embed mail.html
var layout string

// mailPage is the HTML part of every mail: one column, no image, nothing that is
// fetched from anywhere.
var mailPage = template.Must(template.New("mail").Parse(layout))

type paragraph struct{ Lines []line }

// line is a line of text, or the notice's own link or code. A link that somebody
// typed into a reason stays text: nobody's words become a link in our mail.
type line struct {
	Text       string
	Link, Code bool
}

func page(n Notice, subject, body, footer string) (string, error) {
	content := struct {
		Lang, Subject, Footer string
		Paragraphs            []paragraph
	}{Lang: n.Locale, Subject: subject, Footer: footer}
	if content.Lang == "" {
		content.Lang = language.English
	}
	for block := range strings.SplitSeq(body, "\n\n") {
		if strings.TrimSpace(block) == "" {
			continue
		}
		var p paragraph
		for text := range strings.Lines(strings.Trim(block, "\n")) {
			text = strings.TrimSpace(text)
			p.Lines = append(p.Lines, line{Text: text, Link: text != "" && text == n.Args["link"], Code: text != "" && text == n.Args["code"]})
		}
		content.Paragraphs = append(content.Paragraphs, p)
	}
	var out strings.Builder
	err := mailPage.Execute(&out, content)
	return out.String(), err
}
