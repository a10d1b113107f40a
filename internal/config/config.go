// Package config reads how an installation is set up: defaults, then a YAML
// file, then the environment, then flags, each over the one before. A setting
// that does not exist is refused by its name and place, never ignored: a typo in
// a closure system must not silently mean the default.
package config

import (
	"log/slog"
	"time"

	"github.com/signoff-id/signoff/internal/language"
)

// Secret is a setting that prints as asterisks, so that it cannot slip into a
// log or an error. Reveal gives the value.
type Secret string

// Reveal gives the secret itself.
func (s Secret) Reveal() string { return string(s) }

// String hides the secret; an empty one shows as empty.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "********"
}

// GoString hides the secret from %#v as well.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the secret from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the secret from encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Config is everything that can be set. The key of a field is its key tag, and
// its doc tag is the line that docs/configuration.md and the CLI show.
type Config struct {
	Listen          string   `key:"listen" doc:"Address of the API, host:port."`
	MetricsListen   string   `key:"metrics_listen" doc:"Address of the Prometheus metrics, host:port. Empty: off. Keep it away from the public."`
	PublicURL       string   `key:"public_url" doc:"Where people and programs reach this installation, without a slash at the end. Empty: made from listen."`
	Issuer          string   `key:"issuer" doc:"The name under which certificates and the audit log are signed. Empty: public_url as it is at the first start. It is kept in the database and cannot be changed later."`
	DataDir         string   `key:"data_dir" doc:"Folder for what Signoff keeps in files: the embedded database and the keys."`
	KeysFile        string   `key:"keys_file" doc:"The key file. Empty: keys.json in data_dir. Without it nothing stored can be read: back it up apart from the database."`
	Database        Database `key:"database"`
	Language        string   `key:"language" doc:"Language for callers that ask for none: zh-CN or en."`
	Log             Log      `key:"log"`
	Mail            Mail     `key:"mail"`
	SMS             SMS      `key:"sms"`
	IPRangesFile    string   `key:"ip_ranges_file" doc:"File (CSV) that says where address ranges are, for the place that people see beside their sign-ins. Empty: no places. A changed file is read again by itself."`
	TrustedProxies  string   `key:"trusted_proxies" doc:"Addresses or networks (CIDR) of reverse proxies, separated by commas, whose X-Forwarded-For is believed. Empty: the address of the connection counts."`
	OTLPEndpoint    string   `key:"otlp_endpoint" doc:"URL of an OpenTelemetry collector that takes traces by OTLP over HTTP. Empty: no traces."`
	DefaultPolicy   string   `key:"default_policy" doc:"The policy of a closure for which the person names none."`
	OfferedPolicies string   `key:"offered_policies" doc:"Further policies that people may close their own accounts under, separated by commas; * for every installed one. Empty: only the default policy."`
	PoliciesDir     string   `key:"policies_dir" doc:"Folder with closure policies of your own (YAML), beside those that ship."`
	CalendarsDir    string   `key:"calendars_dir" doc:"Folder with calendars of further years (YAML), beside those that ship."`
	Erasure         Erasure  `key:"erasure"`
	Session         Session  `key:"session"`
	SignOut         SignOut  `key:"sign_out"`
	Work            Work     `key:"work"`
	Registration    string   `key:"registration" doc:"open: whoever has an e-mail address or a mobile number can register. closed: operators make accounts."`
	Password        Password `key:"password"`
	Guessing        Guessing `key:"guessing"`
	Apps            []App    `key:"apps" doc:"The platform's apps, in the order in which people see them on the home page. Only in the file."`
	Holders         []Holder `key:"holders" doc:"The data holders, in the order in which lists and the certificate name them; they erase at the same time. Only in the file."`
}

// Database says where Signoff's own data is.
type Database struct {
	DSN     Secret `key:"dsn" doc:"sqlite:PATH, or postgres://… for PostgreSQL 15 or later. Empty: SQLite, signoff.db in data_dir. Not as a flag when it holds a password."`
	DSNFile string `key:"dsn_file" doc:"File that holds the dsn, instead of dsn."`
}

// Log says what is logged and how. Logs go to standard error.
type Log struct {
	Level  string `key:"level" doc:"debug, info, warn or error."`
	Format string `key:"format" doc:"text or json."`
}

// Mail says how notices reach people.
type Mail struct {
	Transport    string `key:"transport" doc:"log (notices are only noted in the log) or smtp."`
	Host         string `key:"host" doc:"The mail server."`
	Port         int    `key:"port" doc:"Its port: 587 for starttls, 465 for tls as a rule."`
	User         string `key:"user" doc:"User name at the mail server. Empty: no authentication."`
	PasswordFile string `key:"password_file" doc:"File that holds the password at the mail server."`
	From         string `key:"from" doc:"Sender of the notices, an address or \"Name <address>\"."`
	TLS          string `key:"tls" doc:"starttls, tls, or none (only for a server on this machine)."`
}

// SMS says how text messages reach people who have a mobile number and no e-mail
// address, and codes for a mobile number.
type SMS struct {
	Transport  string        `key:"transport" doc:"none, log (only noted in the log), hook (a signed call to an address of your own, see sms-hook.md), aliyun (Alibaba Cloud SMS) or tencent (Tencent Cloud SMS)."`
	URL        string        `key:"url" doc:"hook: where messages are posted to. aliyun, tencent: another endpoint of the provider. Empty: the usual one."`
	SecretFile string        `key:"secret_file" doc:"File that holds the hook's secret (whsec_… or base64, 24 bytes or more), Alibaba Cloud's AccessKey secret or Tencent Cloud's SecretKey."`
	KeyID      string        `key:"key_id" doc:"aliyun: AccessKey ID. tencent: SecretId."`
	SignName   string        `key:"sign_name" doc:"aliyun, tencent: the approved signature of the messages."`
	AppID      string        `key:"app_id" doc:"tencent: SmsSdkAppId."`
	Region     string        `key:"region" doc:"tencent: the region, such as ap-guangzhou."`
	Templates  []SMSTemplate `key:"templates" doc:"aliyun, tencent: the approved templates. A kind of notice without one is not sent by text message. Only in the file."`
}

// SMSTemplate is a text that a provider has approved.
type SMSTemplate struct {
	Kind   string `key:"kind" doc:"The kind of notice, such as one_time_code."`
	Locale string `key:"locale" doc:"zh-CN or en. Empty: for every language without a template of its own."`
	Code   string `key:"code" doc:"The template's code or id at the provider."`
	Params string `key:"params" doc:"The notice's arguments that the template takes, in its order, separated by commas, such as code, minutes."`
}

// Erasure says how patiently data holders are asked.
type Erasure struct {
	Workers    int           `key:"workers" doc:"How many parts of erasures run at the same time on this node."`
	TryTimeout time.Duration `key:"try_timeout" doc:"How long one try at one data holder may take."`
	BackoffMin time.Duration `key:"backoff_min" doc:"Pause after the first failed try; it doubles from try to try."`
	BackoffMax time.Duration `key:"backoff_max" doc:"The longest pause between tries. A part is tried until it succeeds."`
}

// Session says how long sign-ins last.
type Session struct {
	AbsoluteTTL time.Duration `key:"absolute_ttl" doc:"A session ends this long after its sign-in, whatever happens."`
	ProofAge    time.Duration `key:"proof_age" doc:"How long a proof of identity is fresh enough for what needs one."`
	IdleTTL     time.Duration `key:"idle_ttl" doc:"A session ends when it was not used for this long; 0 for never. Holds for sessions that begin after it was set, as absolute_ttl does."`
	IdleDesktop time.Duration `key:"idle_ttl_desktop" doc:"The same for desktops. 0: as idle_ttl."`
	IdlePhone   time.Duration `key:"idle_ttl_phone" doc:"The same for phones. 0: as idle_ttl."`
	IdleTablet  time.Duration `key:"idle_ttl_tablet" doc:"The same for tablets. 0: as idle_ttl."`
	ActivityLag time.Duration `key:"activity_lag" doc:"How late it may be written when a session was last used: it is written in batches. An idle session ends at most this much after its time."`
	Presence    time.Duration `key:"presence_window" doc:"Somebody whose session was used within this time is online."`
	Limit       int           `key:"limit" doc:"How many sessions an account may have at once; 0 for any number."`
	LimitDesk   int           `key:"limit_desktop" doc:"How many of them on desktops; 0 for any number."`
	LimitPhone  int           `key:"limit_phone" doc:"How many of them on phones; 0 for any number."`
	LimitTablet int           `key:"limit_tablet" doc:"How many of them on tablets; 0 for any number."`
	AtLimit     string        `key:"at_limit" doc:"What happens at a sign-in beyond a limit: end_oldest (the oldest session ends) or refuse."`
}

// SignOut says which sign-outs by order need a second person.
type SignOut struct {
	ApprovalFrom   int    `key:"approval_from" doc:"An order that would end at least so many sessions waits until a second admin or operator approves it; 0 for never."`
	ApprovalScopes string `key:"approval_scopes" doc:"Orders that wait for a second person whatever their size, separated by commas: session, device, account, department, organisation."`
}

// Password says what new passwords are held against.
type Password struct {
	MinLength   int           `key:"min_length" doc:"The least characters of a new password. 15, as NIST SP 800-63B-4 asks for where a password alone suffices; from 8 where everybody has a second factor."`
	AgeReminder time.Duration `key:"age_reminder" doc:"After this time people are reminded that their password is old. They are never forced to change it. 0: no reminder."`
}

// Guessing says how much of it is let through: of passwords, codes and links
// together. Only failures count.
type Guessing struct {
	PerAccount   int `key:"per_account" doc:"Failures within 24 hours for one account: at each place where it has signed in before, and at all other places together."`
	AccountBurst int `key:"account_burst" doc:"How many of them in a row; after that one at a time."`
	PerAddress   int `key:"per_address" doc:"Failures within 24 hours from one address (IPv6: one /64), at accounts that have not signed in there before."`
	AddressBurst int `key:"address_burst" doc:"How many of them in a row; after that one at a time."`
}

// Holder is one data holder: a place that keeps data about people and can be
// made to erase it.
type Holder struct {
	Name    string `key:"name" doc:"A name of your own for it; it appears in certificates."`
	Kind    string `key:"kind" doc:"sqldb (a SQLite or PostgreSQL database) or blob (files)."`
	Mapping string `key:"mapping" doc:"sqldb: file that describes the tables and how they lead to a person."`
	DSN     Secret `key:"dsn" doc:"sqldb: sqlite:PATH or postgres://…"`
	DSNFile string `key:"dsn_file" doc:"sqldb: file that holds the dsn, instead of dsn."`
	Bucket  string `key:"bucket" doc:"blob: URL of the store, such as file:///srv/documents."`
	Prefix  string `key:"prefix" doc:"blob: where a person's files are, with {account} for the account's id."`
	// OrganisationPrefix is empty where the store keeps nothing for organisations.
	OrganisationPrefix string `key:"organisation_prefix" doc:"blob: where an organisation's files are, with {organisation} for its id; empty when it has none."`
}

// Default gives the settings of an installation that sets nothing.
func Default() Config {
	return Config{
		Listen:        "127.0.0.1:8080",
		DataDir:       "data",
		Language:      language.English,
		Log:           Log{Level: "info", Format: "text"},
		Mail:          Mail{Transport: "log", Port: 587, TLS: "starttls"},
		SMS:           SMS{Transport: "none"},
		DefaultPolicy: "wecom",
		Erasure:       Erasure{Workers: 8, TryTimeout: 30 * time.Second, BackoffMin: 2 * time.Second, BackoffMax: 15 * time.Minute},
		Registration:  "closed",
		Password:      Password{MinLength: 15},
		Guessing:      Guessing{PerAccount: 50, AccountBurst: 10, PerAddress: 500, AddressBurst: 100},
		Session: Session{AbsoluteTTL: 30 * 24 * time.Hour, ProofAge: 10 * time.Minute, IdleTTL: 14 * 24 * time.Hour,
			ActivityLag: 30 * time.Second, Presence: 5 * time.Minute, AtLimit: "end_oldest"},
		Work: Work{PerSession: 20, MaxTTL: time.Hour, MaxGrace: 5 * time.Minute, StateBytes: 64 << 10, StateTTL: 90 * 24 * time.Hour},
	}
}
