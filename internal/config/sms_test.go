package config

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/signoff-id/signoff/internal/fault"
)

// wrongSMS gives what is wrong with settings, as "path code".
func wrongSMS(t *testing.T, s SMS) (all []string) {
	t.Helper()
	c := Default()
	c.PublicURL, c.SMS = "https://id.example.com", s
	var e *fault.Error
	if err := c.validate(); errors.As(err, &e) {
		for _, f := range e.Fields {
			all = append(all, f.Path+" "+f.Code)
		}
	}
	slices.Sort(all)
	return all
}

func TestEveryTransportOfTextMessagesSaysWhatItNeeds(t *testing.T) {
	for _, c := range []struct {
		name string
		in   SMS
		want []string
	}{
		{"none", SMS{Transport: "none"}, nil},
		{"unknown", SMS{Transport: "pigeon"}, []string{"sms.transport not_in_list"}},
		{"hook", SMS{Transport: "hook"}, []string{"sms.secret_file required", "sms.url required"}},
		{"whole hook", SMS{Transport: "hook", URL: "https://sms.example.com/send", SecretFile: "f"}, nil},
		{"aliyun", SMS{Transport: "aliyun"}, []string{"sms.key_id required", "sms.secret_file required", "sms.sign_name required"}},
		{"tencent", SMS{Transport: "tencent", KeyID: "k", SecretFile: "f", SignName: "s", Templates: []SMSTemplate{{Locale: "fr"}}},
			[]string{"sms.app_id required", "sms.region required", "sms.templates[0].code required", "sms.templates[0].kind required", "sms.templates[0].locale not_in_list"}},
	} {
		if got := wrongSMS(t, c.in); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestTextMessagesNeedTLS(t *testing.T) {
	for url, want := range map[string][]string{
		"http://sms.example.com": {"sms.url config_sms_in_clear"}, "http://127.0.0.1:9000/send": nil, "http://localhost": nil, "https://sms.example.com": nil,
	} {
		if got := wrongSMS(t, SMS{Transport: "hook", URL: url, SecretFile: "f"}); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", url, got, want)
		}
	}
}

func TestTemplatesAreReadFromTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "signoff.yaml")
	text := "sms:\n  transport: aliyun\n  key_id: k\n  secret_file: f\n  sign_name: 签收\n  templates:\n    - {kind: one_time_code, code: SMS_1, params: \"code, minutes\"}\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(Sources{File: path})
	if err != nil || len(c.SMS.Templates) != 1 || !slices.Equal(c.SMS.Templates[0].Names(), []string{"code", "minutes"}) {
		t.Errorf("%+v, %v", c.SMS, err)
	}
}
