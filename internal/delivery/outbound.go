package delivery

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// mostAnswer is as much of a provider's answer as is read.
const mostAnswer = 64 << 10

// Outbound gives the client for calls to other people's services: it follows no
// redirect, because a signature is for one address, and waits for nothing long.
func Outbound() *http.Client {
	return &http.Client{
		Timeout: sendFor,
		Transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
			TLSHandshakeTimeout:   5 * time.Second,
			ResponseHeaderTimeout: 15 * time.Second,
			MaxIdleConns:          8,
			IdleConnTimeout:       30 * time.Second,
			ForceAttemptHTTP2:     true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// exchange makes one call and gives the answer's status and body. Neither an
// address nor a body is ever part of the error.
func exchange(ctx context.Context, client *http.Client, req *http.Request) (status int, body []byte, err error) {
	res, err := client.Do(req.WithContext(ctx))
	if err != nil {
		if errors.Is(err, context.Canceled) && ctx.Err() != nil {
			return 0, nil, ctx.Err()
		}
		return 0, nil, failed("connection")
	}
	defer res.Body.Close()
	body, err = io.ReadAll(io.LimitReader(res.Body, mostAnswer))
	if err != nil {
		return 0, nil, failed("connection")
	}
	return res.StatusCode, body, nil
}

// failed is for everything that may pass, or that the operator can mend while
// notices wait; status is a code, never a provider's words.
func failed(status string) error {
	return fault.New(fault.Unavailable, "notice_failed", "status", status)
}

// refused is for what is final: the number, or what was said.
func refused(status string) error {
	return fault.New(fault.Invalid, "notice_refused", "status", status)
}
