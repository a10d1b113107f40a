package texts

import "github.com/signoff-id/signoff/internal/language"

// Notice gives the words of a notice in lang: its subject and its body.
func (c *Catalogue) Notice(lang, kind string, args map[string]string) (subject, body string) {
	a := anyArgs(args)
	return c.Text(lang, "notice."+kind+".subject", a), c.Text(lang, "notice."+kind+".body", a)
}

// HasNotice says whether there are words for a kind of notice.
func (c *Catalogue) HasNotice(kind string) bool {
	return c.Has(language.English, "notice."+kind+".subject") && c.Has(language.English, "notice."+kind+".body")
}

// ShortNotice gives the words of a notice as a text message: the subject where
// there are none of its own.
func (c *Catalogue) ShortNotice(lang, kind string, args map[string]string) string {
	return c.Text(lang, c.either("notice."+kind+".sms", "notice."+kind+".subject"), anyArgs(args))
}

// InboxNotice gives the words of a notice as its owner reads them in the inbox,
// where secrets such as private links are left out.
func (c *Catalogue) InboxNotice(lang, kind string, args map[string]string) (subject, body string) {
	a := anyArgs(args)
	return c.Text(lang, "notice."+kind+".subject", a), c.Text(lang, c.either("notice."+kind+".inbox", "notice."+kind+".body"), a)
}

func (c *Catalogue) either(key, otherwise string) string {
	if c.Has(language.English, key) {
		return key
	}
	return otherwise
}

func anyArgs(args map[string]string) map[string]any {
	out := make(map[string]any, len(args))
	for k, v := range args {
		out[k] = v
	}
	return out
}
