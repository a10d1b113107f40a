package httpserver

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// referencePage is what the templates show: plain words, nothing to compute.
type referencePage struct {
	Lang, Title, Heading, Version, Intro string
	Groups                               []operationGroup
	Schemas                              []schemaView
	Problems                             []problemCode
}

type operationGroup struct {
	Name, Meaning string
	Operations    []operationView
}

type operationView struct {
	ID, Method, Path, Summary, Meaning string
	SignIn, Deprecated                 bool
	Parameters                         fieldTable
	Body                               *bodyView
	Responses                          []responseView
}

type bodyView struct {
	Media  string
	Kind   kindView
	Fields fieldTable
}

type responseView struct {
	Status, Meaning string
	Content         []bodyView
}

// fieldTable lists parameters or properties; Places asks for the column that
// says where a parameter goes.
type fieldTable struct {
	Lang   string
	Places bool
	Rows   []fieldRow
}

type schemaView struct {
	Name, Meaning string
	Fields        fieldTable
}

func (s *Site) pageOf(doc *huma.OpenAPI, lang string) referencePage {
	return referencePage{
		Lang: lang, Title: doc.Info.Title, Heading: s.Texts.Text(lang, "docs.title", nil),
		Version: s.Texts.Text(lang, "docs.version", map[string]any{"version": doc.Info.Version}),
	}
}

// referenceOf makes the whole reference, operations grouped by their first tag
// in the order that the document's tags have.
func (s *Site) referenceOf(doc *huma.OpenAPI, lang string) referencePage {
	page := s.pageOf(doc, lang)
	page.Intro = s.say(lang, "api.intro", doc.Info.Description)
	view := viewer{s, doc.Components.Schemas, lang}
	groups := map[string]*operationGroup{}
	var names []string
	group := func(name, meaning string) *operationGroup {
		if groups[name] == nil {
			groups[name] = &operationGroup{Name: s.say(lang, "api.tag."+name, name), Meaning: meaning}
			names = append(names, name)
		}
		return groups[name]
	}
	for _, tag := range doc.Tags {
		group(tag.Name, s.say(lang, "api.tag."+tag.Name+".description", tag.Description))
	}
	paths := make([]string, 0, len(doc.Paths))
	for path := range doc.Paths {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		for _, op := range operationsOf(doc.Paths[path]) {
			name := "other"
			if len(op.Tags) > 0 {
				name = op.Tags[0]
			}
			g := group(name, "")
			if name == "other" {
				g.Name = s.Texts.Text(lang, "docs.other", nil)
			}
			g.Operations = append(g.Operations, view.operation(path, op, doc.Security))
		}
	}
	for _, name := range names {
		if len(groups[name].Operations) > 0 {
			page.Groups = append(page.Groups, *groups[name])
		}
	}
	page.Schemas = view.schemas()
	return page
}

// say gives the catalogue's text for key if there is one, and else what the
// document says: summaries are written in English beside the code and may have a
// Chinese text under api.<operation id>.
func (s *Site) say(lang, key, otherwise string) string {
	if s.Texts.Has(lang, key) {
		return s.Texts.Text(lang, key, nil)
	}
	return otherwise
}

// operationsOf lists a path's operations, reading before writing.
func operationsOf(p *huma.PathItem) []*huma.Operation {
	all := []*huma.Operation{p.Get, p.Head, p.Post, p.Put, p.Patch, p.Delete, p.Options, p.Trace}
	return slices.DeleteFunc(all, func(op *huma.Operation) bool { return op == nil })
}

func (v viewer) operation(path string, op *huma.Operation, everywhere []map[string][]string) operationView {
	security := op.Security
	if security == nil {
		security = everywhere
	}
	out := operationView{
		ID: op.OperationID, Method: strings.ToUpper(op.Method), Path: path, Deprecated: op.Deprecated,
		Summary: v.site.say(v.lang, "api."+op.OperationID+".summary", op.Summary),
		Meaning: v.site.say(v.lang, "api."+op.OperationID+".description", op.Description),
		SignIn:  len(security) > 0,
	}
	if out.Summary == "" {
		out.Summary = out.Method + " " + path
	}
	out.Parameters = fieldTable{Lang: v.lang, Places: true}
	for _, p := range op.Parameters {
		out.Parameters.Rows = append(out.Parameters.Rows, fieldRow{Name: p.Name, Place: p.In, Required: p.Required,
			Kind: v.kind(p.Schema), Limits: limits(p.Schema), Meaning: p.Description})
	}
	if op.RequestBody != nil {
		for _, media := range sortedKeys(op.RequestBody.Content) {
			schema := op.RequestBody.Content[media].Schema
			out.Body = &bodyView{Media: media, Kind: v.kind(schema), Fields: v.inline(schema)}
			break
		}
	}
	for _, status := range sortedKeys(op.Responses) {
		out.Responses = append(out.Responses, v.response(status, op.Responses[status]))
	}
	return out
}

func (v viewer) response(status string, r *huma.Response) responseView {
	out := responseView{Status: status, Meaning: r.Description}
	if status == "default" {
		out.Status = v.site.Texts.Text(v.lang, "docs.default_response", nil)
	}
	if out.Meaning == "" {
		var code int
		if _, err := fmt.Sscan(status, &code); err == nil {
			out.Meaning = http.StatusText(code)
		}
	}
	for _, media := range sortedKeys(r.Content) {
		out.Content = append(out.Content, bodyView{Media: media, Kind: v.kind(r.Content[media].Schema)})
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
