package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/org"
)

// Everything that is done in an organisation is tried by the super admin of
// another one: with the organisation's id, and in the own organisation with the
// ids of the other's people and things. It is not found, and nothing changes.
// The operations are those of the OpenAPI document, so a new one is tried by
// itself.
func TestAnotherOrganisationsIdsReachNothing(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			s := newScene(t, engine)
			x := &trespasser{scene: s, document: fetch(t, s.url+"/openapi.json"), ids: s.thingsOfOurs()}
			x.load()
			tried := 0
			for _, op := range s.contract.operations {
				if strings.HasPrefix(op.Path, "/v1/organisations/{id}") {
					tried++
					x.try(t, op, s.ours.ID, x.body(op))
					if strings.Count(op.Path, "{") > 1 {
						x.try(t, op, s.theirs.ID, x.body(op))
					}
				}
			}
			for _, body := range x.orders() {
				x.try(t, documented{ID: "sign-out", Method: http.MethodPost, Path: "/v1/sign-outs"}, "", body)
			}
			if tried < 10 {
				t.Errorf("only %d operations were tried: the document looks different", tried)
			}
		})
	}
}

// thingsOfOurs makes one of everything in our organisation and gives the ids by
// the names that paths and bodies have for them.
func (s *scene) thingsOfOurs() map[string]string {
	ctx := s.T.Context()
	d, err := s.App.Orgs.CreateDepartment(ctx, app.Actor(), s.ours.ID, "", "R&D")
	s.Must(err)
	a, name := s.Person()
	s.Must(s.App.Orgs.PutMember(ctx, app.Actor(), org.Member{Organisation: s.ours.ID, Account: a.ID, Department: d.ID, Role: org.Ordinary}))
	in := s.SignIn(name)
	todo, err := s.App.Orgs.AddTodo(ctx, app.Actor(), org.Todo{Organisation: s.ours.ID, Account: a.ID, Kind: org.Task, Title: "x"})
	s.Must(err)
	return map[string]string{"account_id": a.ID, "member_id": a.ID, "successor_id": a.ID, "department_id": d.ID, "parent_id": d.ID, "session_id": in.Session.ID,
		"todo_id": todo.ID, "organisation_id": s.ours.ID}
}

// trespasser is an admin of theirs with ids of ours.
type trespasser struct {
	*scene
	document []byte
	ids      map[string]string
	bodies   map[string]map[string]any // schemas of bodies, by operation
	schemas  map[string]any
}

func (x *trespasser) load() {
	var doc struct {
		Paths map[string]map[string]struct {
			ID   string `json:"operationId"`
			Body struct {
				Content map[string]struct{ Schema map[string]any }
			} `json:"requestBody"`
		}
		Components struct{ Schemas map[string]any }
	}
	x.Must(json.Unmarshal(x.document, &doc))
	x.schemas, x.bodies = doc.Components.Schemas, map[string]map[string]any{}
	for _, methods := range doc.Paths {
		for _, op := range methods {
			if body, ok := op.Body.Content["application/json"]; ok {
				x.bodies[op.ID] = body.Schema
			}
		}
	}
}

// body makes a body that the schema allows, with our ids in it wherever it has
// a place for one.
func (x *trespasser) body(op documented) []byte {
	schema, ok := x.bodies[op.ID]
	if !ok {
		return nil
	}
	made, err := json.Marshal(x.value("", schema))
	x.Must(err)
	return made
}

func (x *trespasser) value(name string, schema map[string]any) any {
	if ref, ok := schema["$ref"].(string); ok {
		return x.value(name, x.schemas[ref[strings.LastIndex(ref, "/")+1:]].(map[string]any))
	}
	if id, ok := x.ids[name]; ok {
		return id
	}
	if enum, ok := schema["enum"].([]any); ok {
		return enum[0]
	}
	switch schema["type"] {
	case "object":
		return x.object(schema)
	case "array":
		return []any{x.value(strings.TrimSuffix(name, "s"), schema["items"].(map[string]any))}
	case "integer", "number":
		if least, ok := schema["minimum"]; ok {
			return least
		}
		return 1
	case "boolean":
		return true
	}
	if schema["format"] == "date-time" {
		return "2026-04-01T00:00:00Z"
	}
	return "something"
}

func (x *trespasser) object(schema map[string]any) map[string]any {
	required, _ := schema["required"].([]any)
	out := map[string]any{}
	properties, _ := schema["properties"].(map[string]any)
	for name, p := range properties {
		_, ours := x.ids[name]
		if (ours || slices.Contains(required, any(name))) && name != "$schema" {
			out[name] = x.value(name, p.(map[string]any))
		}
	}
	return out
}

// orders are sign-outs of what is ours: in our name, in theirs, and in nobody's.
func (x *trespasser) orders() (all [][]byte) {
	for scope, target := range map[string]string{"session": "session_id", "account": "account_id", "department": "department_id"} {
		for _, organisation := range []string{x.ours.ID, x.theirs.ID} {
			body, err := json.Marshal(map[string]any{"scope": scope, "target": x.ids[target], "organisation_id": organisation, "reason": "x"})
			x.Must(err)
			all = append(all, body)
		}
	}
	whole, err := json.Marshal(map[string]any{"scope": "organisation", "organisation_id": x.ours.ID, "reason": "x"})
	x.Must(err)
	return append(all, whole)
}

var parameter = regexp.MustCompile(`\{(\w+)\}`)

func (x *trespasser) try(t *testing.T, op documented, organisation string, body []byte) {
	t.Helper()
	first := true
	path := parameter.ReplaceAllStringFunc(op.Path, func(p string) string {
		if first {
			first = false
			return organisation
		}
		if id, ok := x.ids[strings.Trim(p, "{}")]; ok {
			return id
		}
		return unknown
	})
	before := x.seen()
	r, err := http.NewRequestWithContext(t.Context(), op.Method, x.url+path, bytes.NewReader(body))
	x.Must(err)
	r.Header.Set("Authorization", "Bearer "+x.callers["foreign admin"].Token())
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(r)
	x.Must(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	x.Must(err)
	// What only a platform's role may do says so before it looks at anything.
	role := op.Access == "operator" && res.StatusCode == http.StatusForbidden
	if res.StatusCode != http.StatusNotFound && !role {
		t.Errorf("%s as %s with %s: %s\n%s", op.ID, path, body, res.Status, text)
	}
	if after := x.seen(); !maps.Equal(before, after) {
		for table := range after {
			if before[table] != after[table] {
				t.Errorf("%s as %s with %s changed %s", op.ID, path, body, table)
			}
		}
	}
}

// seen are all tables but what counts answers by their keys.
func (x *trespasser) seen() map[string]string {
	all := x.Dump()
	delete(all, "idempotency_keys")
	return all
}
