package client

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// OnlinePerson is somebody who is online.
type OnlinePerson struct {
	AccountID    string         `json:"account_id"`
	DepartmentID string         `json:"department_id"`
	Role         string         `json:"role"`
	Devices      map[string]int `json:"devices"` // sessions by kind of device
	ActiveAt     time.Time      `json:"active_at"`
}

// Crowd counts who is online.
type Crowd struct {
	People  int                  `json:"people"`
	Devices map[string]KindCount `json:"devices"` // by kind of device
	More    bool                 `json:"more"`    // counting stopped at 10,000: there may be more
}

func inDepartment(q url.Values, department string) url.Values {
	if department != "" {
		q.Set("department_id", department)
	}
	return q
}

// Presence gives who is online in an organisation, or in a department and all
// below it. A page may be short, even empty, and not the last: go on while there
// is a NextCursor. Codes: organisation_not_found, department_not_found,
// admin_required.
func (c *Client) Presence(ctx context.Context, organisation, department string, p Page) (List[OnlinePerson], error) {
	return list[OnlinePerson](ctx, c, path("organisations", organisation, "presence"), inDepartment(p.query(), department))
}

// EverybodyOnline is Presence from the first page to the last.
func (c *Client) EverybodyOnline(ctx context.Context, organisation, department string) iter.Seq2[OnlinePerson, error] {
	return walk(ctx, func(ctx context.Context, p Page) (List[OnlinePerson], error) {
		return c.Presence(ctx, organisation, department, p)
	})
}

// CountPresence counts who is online, by kind of device. Codes as for Presence.
func (c *Client) CountPresence(ctx context.Context, organisation, department string) (Crowd, error) {
	return get[Crowd](ctx, c, path("organisations", organisation, "presence", "counts"), inDepartment(url.Values{}, department))
}

// PresenceChange is one event of a presence stream; one of its fields is set.
type PresenceChange struct {
	Person *OnlinePerson // is online, with these devices
	Gone   string        // the account that is not online any more
	Reload bool          // so much has changed that the list must be read again
}

// WatchPresence calls change for everybody who comes or goes in an organisation,
// until the stream ends, ctx does, or change gives an error, which is then
// given back. The stream ends without an error when the server ends it: because
// it shuts down, or because the client's session or its right ended, which the
// next call tells. A client with a timeout ends it too. Codes as for Presence,
// and too_many_streams.
func (c *Client) WatchPresence(ctx context.Context, organisation string, change func(PresenceChange) error) error {
	in := call{method: http.MethodGet, path: path("organisations", organisation, "presence", "stream")}
	r, err := http.NewRequestWithContext(ctx, in.method, c.base+in.path, http.NoBody)
	if err != nil {
		return fmt.Errorf("signoff: %w", err)
	}
	c.headers(r, in, nil, "")
	endless := *c.options.HTTPClient
	endless.Timeout = 0
	res, err := endless.Do(r)
	if err != nil {
		return fmt.Errorf("signoff: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
		if err != nil {
			return fmt.Errorf("signoff: %w", err)
		}
		return problemOf(res.StatusCode, res.Header, answer)
	}
	return readEvents(res.Body, change)
}

// readEvents reads server-sent events as this server writes them: each has one
// line of data.
func readEvents(from io.Reader, change func(PresenceChange) error) error {
	lines := bufio.NewScanner(from)
	event := ""
	for lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			event = name
			continue
		}
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var p OnlinePerson
		if err := json.Unmarshal([]byte(data), &p); err != nil {
			return fmt.Errorf("signoff: an event of the stream is not as expected: %w", err)
		}
		var c PresenceChange
		switch event {
		case "person":
			c.Person = &p
		case "gone":
			c.Gone = p.AccountID
		case "reload":
			c.Reload = true
		default:
			continue
		}
		if err := change(c); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("signoff: the stream broke off: %w", err)
	}
	return nil
}
