-- +goose Up
-- What happened that the world must hear of, in the order of ids: ids, codes
-- and times only.
CREATE TABLE events (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    at           BIGINT NOT NULL,
    scope        TEXT NOT NULL,
    account      TEXT NOT NULL,
    organisation TEXT NOT NULL,
    object       TEXT NOT NULL,
    app          TEXT NOT NULL,
    cause        TEXT NOT NULL,
    initiator    TEXT NOT NULL
);
CREATE INDEX events_at ON events (at);

-- When and how the person of a session last proved who it is.
ALTER TABLE sessions ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN proof_methods TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE sessions DROP COLUMN proof_methods;
ALTER TABLE sessions DROP COLUMN proved_at;
DROP TABLE events;
