package config

import "time"

// Work bounds what apps announce on sessions and store for people to come back
// to.
type Work struct {
	PerSession int           `key:"per_session" doc:"How many unsaved or running things apps may announce on one session at once."`
	MaxTTL     time.Duration `key:"max_ttl" doc:"How long an announcement may count before it must be renewed: 10s to 1h."`
	MaxGrace   time.Duration `key:"max_grace" doc:"How long an order to sign out others may let apps save first, at most: 0 to 10m. 0: never."`
	StateBytes int           `key:"state_bytes" doc:"How large the state may be that an app stores for one person, in bytes: 1 to 524288."`
	StateTTL   time.Duration `key:"state_ttl" doc:"How long such a state is kept after it was last written."`
}

func (w Work) validate(check *checker) {
	within := func(path string, ok bool, from, to any) {
		if !ok {
			check.fail("work."+path, "config_range", "from", from, "to", to)
		}
	}
	within("per_session", w.PerSession >= 1 && w.PerSession <= 1000, 1, 1000)
	within("max_ttl", w.MaxTTL >= 10*time.Second && w.MaxTTL <= time.Hour, "10s", "1h")
	within("max_grace", w.MaxGrace >= 0 && w.MaxGrace <= 10*time.Minute, "0s", "10m")
	within("state_bytes", w.StateBytes >= 1 && w.StateBytes <= 512<<10, 1, 512<<10)
	if w.StateTTL <= 0 {
		check.fail("work.state_ttl", "config_duration")
	}
}
