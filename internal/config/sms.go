package config

import (
	"strings"

	"github.com/signoff-id/signoff/internal/language"
)

// Secret reads the provider's or the hook's secret from its file. It fails with
// "config_file_unreadable".
func (s SMS) Secret() (string, error) { return readSecret(s.SecretFile) }

// Names gives the arguments that a template takes.
func (t SMSTemplate) Names() (names []string) {
	for name := range strings.SplitSeq(t.Params, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func (s SMS) validate(check *checker) {
	check.oneOf("sms.transport", s.Transport, "none", "log", "hook", "aliyun", "tencent")
	if s.URL != "" {
		check.webURL("sms.url", s.URL)
		if strings.HasPrefix(s.URL, "http://") && !localURL(s.URL) {
			check.fail("sms.url", "config_sms_in_clear")
		}
	}
	switch s.Transport {
	case "hook":
		check.required("sms.url", s.URL)
		check.required("sms.secret_file", s.SecretFile)
	case "tencent":
		check.required("sms.app_id", s.AppID)
		check.required("sms.region", s.Region)
		s.provider(check)
	case "aliyun":
		s.provider(check)
	}
}

// provider checks what both of them need.
func (s SMS) provider(check *checker) {
	check.required("sms.secret_file", s.SecretFile)
	check.required("sms.key_id", s.KeyID)
	check.required("sms.sign_name", s.SignName)
	for i, t := range s.Templates {
		at := item("sms.templates", i) + "."
		check.required(at+"kind", t.Kind)
		check.required(at+"code", t.Code)
		check.oneOf(at+"locale", t.Locale, append(language.All(), "")...)
	}
}
