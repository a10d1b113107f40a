package app_test

import "github.com/signoff-id/signoff/internal/audit"

func actor(kind, id string) audit.Actor { return audit.Actor{Kind: kind, ID: id} }
