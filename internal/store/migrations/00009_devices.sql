-- +goose Up
-- A device has an id of its own: sessions of one browser or app share it where
-- the client shows a device key, of which the id is a keyed hash. device_facts is
-- sealed: system, client, place.
--
-- active_at is when a session was last seen, written in batches. It has no index,
-- so that writing it touches none. due_at is the earliest instant at which the
-- session may have run out; whoever finds it come too early moves it on.
ALTER TABLE sessions ADD COLUMN device_id TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN device_facts BYTEA;
ALTER TABLE sessions ADD COLUMN active_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN idle_for BIGINT NOT NULL DEFAULT 9000000000000000;
ALTER TABLE sessions ADD COLUMN due_at BIGINT NOT NULL DEFAULT 9000000000000000;
UPDATE sessions SET device_id = id, active_at = created_at, due_at = expires_at;
CREATE INDEX sessions_device ON sessions (device_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_due ON sessions (due_at) WHERE ended_at IS NULL;

-- Who was seen in an organisation lately: a hint that leads to the few who are
-- online among many members. slot is the beginning of the stretch of time in
-- which somebody was last seen; whether a session is still valid, only its own
-- row tells.
CREATE TABLE presence (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    account_id      TEXT NOT NULL,
    slot            BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, account_id)
);
CREATE INDEX presence_slot ON presence (organisation_id, slot, account_id);

-- +goose Down
DROP TABLE presence;
DROP INDEX sessions_due;
DROP INDEX sessions_device;
ALTER TABLE sessions DROP COLUMN due_at;
ALTER TABLE sessions DROP COLUMN idle_for;
ALTER TABLE sessions DROP COLUMN active_at;
ALTER TABLE sessions DROP COLUMN device_facts;
ALTER TABLE sessions DROP COLUMN device_id;
