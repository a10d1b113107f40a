package api

import (
	"encoding/json"
	"mime"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
)

// Upload is a YAML file as the body of a request (application/yaml, RFC 9512),
// or as the field source of a JSON object. Whatever is not declared as JSON is
// read as YAML: tools seldom know the type.
type Upload struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	RawBody     []byte `contentType:"application/yaml"`
}

// source gives the file.
func (u Upload) source() ([]byte, error) {
	if media, _, _ := mime.ParseMediaType(u.ContentType); media != jsonType {
		return u.RawBody, nil
	}
	var in struct {
		Source *string `json:"source"`
	}
	dec := json.NewDecoder(strings.NewReader(string(u.RawBody)))
	dec.DisallowUnknownFields()
	if dec.Decode(&in) != nil || dec.More() || in.Source == nil {
		return nil, fault.New(fault.Invalid, "upload_not_a_source")
	}
	return []byte(*in.Source), nil
}
