package directory

import (
	"context"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/org"
)

// tree is an organisation's departments by the path of their names, grown as an
// import finds new ones.
type tree struct {
	organisation org.Organisation
	ids          map[string]string // by path
	idPaths      map[string]string // the chain of ids of each
	fresh        []org.Department  // not yet written
	made         int
	newID        func() string
}

func plant(ctx context.Context, tx Tx, organisation string, newID func() string) (*tree, error) {
	t := &tree{ids: map[string]string{}, idPaths: map[string]string{}, newID: newID}
	if organisation == "" {
		return t, nil
	}
	var err error
	if t.organisation, err = tx.Organisation(ctx, organisation); err != nil {
		return nil, err
	}
	all, err := tx.Departments(ctx, organisation)
	if err != nil {
		return nil, err
	}
	names := map[string]string{} // paths by id; parents come first
	for _, d := range all {
		path := key(names[d.Parent], d.Name)
		names[d.ID] = path
		if _, twice := t.ids[path]; !twice {
			t.ids[path] = d.ID
		}
		t.idPaths[d.ID] = d.Path
	}
	return t, nil
}

// key joins names by what no name has.
func key(above, name string) string { return above + "\x00" + name }

// at gives the department at a path. Address books begin at the company itself,
// which is no department here.
func (t *tree) at(path []string) string {
	if len(path) > 0 && path[0] == strings.TrimSpace(t.organisation.Name) {
		path = path[1:]
	}
	at, id := "", ""
	for _, name := range path {
		at = key(at, name)
		known, ok := t.ids[at]
		if !ok {
			known = t.newID()
			t.ids[at], t.idPaths[known] = known, t.idPaths[id]+known+"/"
			t.fresh = append(t.fresh, org.Department{ID: known, Organisation: t.organisation.ID, Parent: id, Path: t.idPaths[known], Name: name})
			t.made++
		}
		id = known
	}
	return id
}

// write puts the new departments in, parents first.
func (t *tree) write(ctx context.Context, tx Tx, now time.Time) error {
	for _, d := range t.fresh {
		d.CreatedAt = now
		if err := tx.InsertDepartment(ctx, d); err != nil {
			return err
		}
	}
	t.fresh = nil
	return nil
}
