package delivery

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/signoff-id/signoff/internal/fault"
)

// How a connection to the mail server is protected.
const (
	StartTLS = "starttls" // RFC 3207; required, never skipped when not offered
	TLS      = "tls"      // from the first byte (RFC 8314, section 3.3)
	NoTLS    = "none"
)

// sendFor bounds every step of a conversation with the mail server.
const sendFor = 20 * time.Second

// Mail sends messages by SMTP (RFC 5321), one connection each: notices are few,
// and a connection kept open is one more thing that breaks.
type Mail struct {
	Host           string
	Port           int
	User, Password string // no authentication without a user
	Protection     string // StartTLS, TLS or NoTLS
	TLSConfig      *tls.Config
	Now            func() time.Time
}

// Deliver sends m. What a server says is never part of the error, because it
// likes to repeat the address: only its status codes are (RFC 5321, 4.2; RFC 3463).
func (t *Mail) Deliver(ctx context.Context, m Message) error {
	msg, err := t.compose(m)
	if err != nil {
		return err
	}
	call := &connection{}
	defer call.hangUp()
	client, err := t.client(call)
	if err != nil {
		return fault.New(fault.Unavailable, "notice_failed", "status", "setup").Because(err)
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() {
		return nil // a server that hangs up badly after taking the message has taken it
	}
	return classify(err)
}

func (t *Mail) compose(m Message) (*mail.Msg, error) {
	from, err := netmail.ParseAddress(m.From)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "notice_failed", "status", "sender") // set-up, which can be mended
	}
	to, err := netmail.ParseAddress(m.To)
	if err != nil {
		return nil, fault.New(fault.Invalid, "notice_address_unusable")
	}
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	msg.SetAddrHeaderFromMailAddress(mail.HeaderTo, &netmail.Address{Address: to.Address})
	msg.Subject(m.Subject)
	msg.SetDateWithValue(t.Now())
	// The same notice always has the same Message-ID: a mailbox, or a person,
	// can tell a repeated one.
	msg.SetMessageIDWithValue(m.ID + "@" + from.Address[strings.LastIndexByte(from.Address, '@')+1:])
	msg.SetGenHeader(mail.HeaderContentLang, m.Locale)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no vacation answers, please
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, m.HTML) // RFC 2046, 5.1.4: the best part last
	}
	return msg, nil
}

func (t *Mail) client(l *connection) (*mail.Client, error) {
	options := []mail.Option{mail.WithPort(t.Port), mail.WithTimeout(sendFor)}
	switch t.Protection {
	case TLS: // dials by itself, or it would not know that it is encrypted
		options = append(options, mail.WithSSL())
	case NoTLS:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS), mail.WithDialContextFunc(l.dial))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory), mail.WithDialContextFunc(l.dial))
	}
	if t.TLSConfig != nil {
		options = append(options, mail.WithTLSConfig(t.TLSConfig))
	}
	if t.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(t.User), mail.WithPassword(t.Password))
	}
	return mail.NewClient(t.Host, options...)
}

// connection is that of one message. go-mail leaves it open when the
// conversation ends early, as with a server that does not offer STARTTLS.
type connection struct{ conn net.Conn }

func (l *connection) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, address)
	l.conn = conn
	return conn, err
}

func (l *connection) hangUp() {
	if l.conn != nil {
		_ = l.conn.Close() // mostly closed already
	}
}

// classify tells what is the address's or the message's fault, and final, from
// everything that may pass: a server that is away or busy, and also a sender or
// a password that it refuses, which the operator can mend while notices wait.
func classify(err error) error {
	sent, ok := errors.AsType[*mail.SendError](err)
	if !ok {
		return fault.New(fault.Unavailable, "notice_failed", "status", "connection")
	}
	status := strings.TrimSpace(codeText(sent.ErrorCode()) + " " + sent.EnhancedStatusCode())
	aboutMessage := sent.Reason == mail.ErrSMTPRcptTo || sent.Reason == mail.ErrSMTPData || sent.Reason == mail.ErrSMTPDataClose
	if aboutMessage && sent.ErrorCode() >= 500 && sent.ErrorCode() < 600 {
		return fault.New(fault.Invalid, "notice_refused", "status", status)
	}
	return fault.New(fault.Unavailable, "notice_failed", "status", status)
}

func codeText(code int) string {
	if code == 0 {
		return ""
	}
	return strconv.Itoa(code)
}
