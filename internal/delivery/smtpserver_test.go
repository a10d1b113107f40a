package delivery_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// smtpServer is as much of RFC 5321 as a client that sends one mail sees.
type smtpServer struct {
	manner
	host  string
	port  int
	roots *x509.CertPool
	mu    sync.Mutex
	mails []received
}

// manner is how a server behaves. It stays as it was when the server began.
type manner struct {
	startTLS bool
	smtps    bool              // TLS from the first byte
	secret   string            // PLAIN credentials to ask for; empty: none
	hangUp   bool              // after taking a message, instead of answering QUIT
	answers  map[string]string // by verb, in the place of the usual ones
}

// received is one mail as the server took it.
type received struct {
	from, to, data string
	encrypted      bool
	user           string
}

func startSMTP(t *testing.T, as manner) *smtpServer {
	t.Helper()
	var config net.ListenConfig
	l, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &smtpServer{manner: as, host: "127.0.0.1", port: l.Addr().(*net.TCPAddr).Port}
	var cert *tls.Config
	if s.startTLS || s.smtps {
		cert, s.roots = certificate(t)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { s.serve(conn, cert) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); wg.Wait() })
	return s
}

func (s *smtpServer) answer(verb, otherwise string) string {
	if a := s.answers[verb]; a != "" {
		return a
	}
	return otherwise
}

func (s *smtpServer) taken() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]received(nil), s.mails...)
}

func (s *smtpServer) serve(conn net.Conn, cert *tls.Config) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	var mail received
	if s.smtps {
		conn, mail.encrypted = tls.Server(conn, cert), true
	}
	in := bufio.NewReader(conn)
	say := func(line string) { _, _ = fmt.Fprint(conn, line+"\r\n") }
	say(s.answer("CONNECT", "220 test ESMTP"))
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		verb, rest, _ := strings.Cut(line, " ")
		switch verb = strings.ToUpper(verb); verb {
		case "EHLO":
			lines := []string{"test", "8BITMIME", "ENHANCEDSTATUSCODES"}
			if s.startTLS && !mail.encrypted {
				lines = append(lines, "STARTTLS")
			}
			if s.secret != "" {
				lines = append(lines, "AUTH PLAIN")
			}
			for i, l := range lines {
				sep := "-"
				if i == len(lines)-1 {
					sep = " "
				}
				say("250" + sep + l)
			}
		case "STARTTLS":
			say("220 go")
			secure := tls.Server(conn, cert)
			conn, in = secure, bufio.NewReader(secure)
			mail.encrypted = true
		case "AUTH":
			sent, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
			if string(sent) != s.secret {
				say("535 5.7.8 wrong credentials for " + string(sent))
				continue
			}
			mail.user = strings.Split(string(sent), "\x00")[1]
			say("235 2.7.0 ok")
		case "MAIL":
			mail.from = rest
			say(s.answer(verb, "250 2.1.0 ok"))
		case "RCPT":
			mail.to = rest
			say(s.answer(verb, "250 2.1.5 ok"))
		case "DATA":
			say(s.answer(verb, "354 go on"))
			var data strings.Builder
			for {
				l, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if l == ".\r\n" {
					break
				}
				data.WriteString(strings.TrimPrefix(l, "."))
			}
			done := s.answer("END", "250 2.0.0 taken")
			if strings.HasPrefix(done, "2") {
				mail.data = data.String()
				s.mu.Lock()
				s.mails = append(s.mails, mail)
				s.mu.Unlock()
			}
			say(done)
			if s.hangUp {
				return
			}
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// certificate makes a certificate for 127.0.0.1 and the pool that trusts it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, pool
}
