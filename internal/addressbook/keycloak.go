package addressbook

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/language"
)

// realm reads the export of a Keycloak realm: one JSON object, of which users
// and groups are taken, one after the other. Clients, roles and settings are
// another product's business and are passed over.
type realm struct {
	file   *os.File
	budget *budget
	dec    *json.Decoder
	opts   Options
	list   string // the list that is being read: users, groups, or none
	row    int
	paths  [][]string // of groups, still to be given
	count  int
}

// user is what is read of a user (Keycloak's UserRepresentation).
type user struct {
	ID               string              `json:"id"`
	Username         string              `json:"username"`
	Email            string              `json:"email"`
	EmailVerified    bool                `json:"emailVerified"`
	FirstName        string              `json:"firstName"`
	LastName         string              `json:"lastName"`
	Enabled          *bool               `json:"enabled"`
	CreatedTimestamp int64               `json:"createdTimestamp"` // milliseconds
	Attributes       map[string][]string `json:"attributes"`
	Credentials      []credential        `json:"credentials"`
	Groups           []string            `json:"groups"` // paths, "/总部/研发"
	RealmRoles       []string            `json:"realmRoles"`
	ClientRoles      map[string][]string `json:"clientRoles"`
	ServiceAccount   string              `json:"serviceAccountClientId"`
	Federation       string              `json:"federationLink"`
}

// group is a node of the tree of groups.
type group struct {
	Name      string  `json:"name"`
	SubGroups []group `json:"subGroups"`
}

func openRealm(path string, o Options) (Rows, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	b := &budget{r: bufio.NewReaderSize(f, 64<<10)}
	b.renew()
	r := &realm{file: f, budget: b, dec: json.NewDecoder(b), opts: o}
	if t, err := r.token(); err != nil || t != json.Delim('{') {
		return nil, errors.Join(r.broken(err), f.Close())
	}
	return r, nil
}

func (r *realm) Close() error { return r.file.Close() }

// token reads the next word of the JSON text.
func (r *realm) token() (json.Token, error) {
	r.budget.renew()
	return r.dec.Token()
}

// broken says where the text could not be read, and not what stands there.
func (r *realm) broken(err error) error {
	switch {
	case r.budget.spent:
		return fault.New(fault.TooLarge, "import_row_too_large", "row", r.row+1, "max", maxRow)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fault.New(fault.Invalid, "import_truncated")
	}
	return fault.New(fault.Invalid, "import_json_unreadable", "offset", r.dec.InputOffset())
}

// Next implements Rows.
func (r *realm) Next() (Item, error) {
	for {
		if len(r.paths) > 0 {
			path := r.paths[0]
			r.paths = r.paths[1:]
			return Item{Row: r.row, Path: path}, nil
		}
		if r.list != "" {
			item, ok, err := r.entry()
			if ok || err != nil {
				return item, err
			}
			continue
		}
		key, err := r.token()
		if err != nil {
			return Item{}, r.broken(err)
		}
		if key == json.Delim('}') {
			if _, err := r.token(); !errors.Is(err, io.EOF) {
				return Item{}, r.broken(err)
			}
			return Item{}, io.EOF
		}
		if err := r.enter(key); err != nil {
			return Item{}, err
		}
	}
}

// enter begins a list that is taken, and passes over everything else.
func (r *realm) enter(key json.Token) error {
	name, _ := key.(string)
	if name != "users" && name != "groups" {
		return r.skip()
	}
	t, err := r.token()
	if err != nil || t != json.Delim('[') {
		return r.broken(err)
	}
	r.list, r.row = name, 0
	return nil
}

// skip passes over a value word by word: it may be larger than the memory and
// nested more deeply than a decoder would follow.
func (r *realm) skip() error {
	for depth := 0; ; {
		t, err := r.token()
		if err != nil {
			return r.broken(err)
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth <= 0 {
			return nil
		}
	}
}

// entry reads one entry of the list; it says false at the list's end.
func (r *realm) entry() (Item, bool, error) {
	r.budget.renew()
	if !r.dec.More() {
		r.list = ""
		_, err := r.token()
		if err != nil {
			err = r.broken(err)
		}
		return Item{}, false, err
	}
	r.row++
	if r.list == "groups" {
		var g group
		if err := r.dec.Decode(&g); err != nil {
			return Item{}, false, r.broken(err)
		}
		r.paths = g.flat(nil)
		return Item{}, false, nil
	}
	var u user
	if err := r.dec.Decode(&u); err != nil {
		return Item{}, false, r.broken(err)
	}
	if r.count++; r.count > maxRows {
		return Item{}, false, tooManyRows()
	}
	return Item{Row: r.row, Person: u.person(r.opts)}, true, nil
}

// flat gives the paths of a tree, parents first.
func (g group) flat(above []string) [][]string {
	if len(above) >= maxDepth || strings.TrimSpace(g.Name) == "" || !isCell(g.Name) || len([]rune(g.Name)) > maxNameRunes {
		return nil
	}
	path := append(slices.Clone(above), strings.TrimSpace(g.Name))
	all := [][]string{path}
	for _, sub := range g.SubGroups {
		all = append(all, sub.flat(path)...)
	}
	return all
}

// attributes are the names under which realms keep what Keycloak has no field
// for; Options.Columns names others.
var attributes = []struct{ name, field string }{
	{"phoneNumber", fieldMobile}, {"phone_number", fieldMobile}, {"mobile", fieldMobile}, {"phone", fieldMobile}, {"locale", fieldLocale},
}

func (u *user) person(o Options) *Person {
	p := &Person{Key: u.ID, Name: u.called()}
	if u.CreatedTimestamp > 0 {
		p.CreatedAt = time.UnixMilli(u.CreatedTimestamp).UTC()
	}
	switch {
	case u.ServiceAccount != "":
		return &Person{LeftOut: []string{LeftMachine}}
	case u.Enabled != nil && !*u.Enabled:
		return &Person{LeftOut: []string{LeftDisabled}}
	}
	u.names(p, o)
	u.attributes(p, o)
	if len(u.Groups) > 0 {
		separator := "/"
		if o.Separator != "" {
			separator = o.Separator
		}
		var paths [][]string
		for _, g := range u.Groups {
			if path := split(g, separator); path != nil {
				paths = append(paths, path)
			}
		}
		p.place("groups", paths)
	}
	u.password(p)
	if len(u.RealmRoles) > 0 || len(u.ClientRoles) > 0 {
		p.LeftOut = append(p.LeftOut, LeftRoles)
	}
	for _, c := range []struct{ column, text string }{{"id", p.Key}, {"firstName", p.Name}} {
		if !isCell(c.text) {
			p.At(c.column, "import_cell_invalid", "max", maxCell)
		}
	}
	return p
}

// called puts the name together as its language does.
func (u *user) called() string {
	first, last := strings.TrimSpace(u.FirstName), strings.TrimSpace(u.LastName)
	switch {
	case first == "" || last == "":
		return first + last
	case isHan(first) && isHan(last):
		return last + first
	}
	return first + " " + last
}

func isHan(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 0x2e80 })
}

func (u *user) names(p *Person, o Options) {
	if u.Username != "" && u.Username != u.Email {
		kind := fieldUsername
		if strings.Contains(u.Username, "@") {
			kind = fieldEmail
		}
		if kind == fieldUsername || u.EmailVerified || o.UnverifiedEmail {
			p.Names = append(p.Names, Name{Kind: kind, Value: u.Username, Column: "username"})
		} else {
			p.LeftOut = append(p.LeftOut, LeftUnverified)
		}
	}
	switch {
	case u.Email == "":
	case u.EmailVerified || o.UnverifiedEmail:
		p.Names = append(p.Names, Name{Kind: fieldEmail, Value: u.Email, Column: "email"})
	default:
		p.LeftOut = append(p.LeftOut, LeftUnverified)
	}
}

func (u *user) attributes(p *Person, o Options) {
	take := func(name, field string) {
		for _, v := range u.Attributes[name] {
			if v = strings.TrimSpace(v); v == "" {
				continue
			}
			switch column := "attributes." + name; field {
			case fieldName:
				p.Name = v
			case fieldLocale:
				p.Locale = localeOf(v)
			case fieldKey:
				p.Key = v
			case fieldUsername, fieldEmail, fieldMobile:
				p.Names = append(p.Names, Name{Kind: field, Value: v, Column: column})
			case fieldDepartment:
				if path := split(v, "/"); path != nil {
					p.place(column, [][]string{path})
				}
			}
		}
	}
	for _, a := range attributes {
		if o.Columns[a.name] == "" {
			take(a.name, a.field)
		}
	}
	for _, name := range sortedKeys(o.Columns) {
		take(name, o.Columns[name])
	}
}

// localeOf turns Keycloak's "zh" and "en-GB" into a language that notices are
// written in, or "".
func localeOf(tag string) string { return language.Of(tag) }
