-- +goose Up
-- What was done, by whom, to what. Rows are never changed and never deleted; an
-- entry is pending until the sequencer gives it its place.
CREATE TABLE audit_entries (
    id           TEXT PRIMARY KEY,
    seq          BIGINT UNIQUE,
    at           BIGINT NOT NULL,
    actor_kind   TEXT NOT NULL,
    actor_id     TEXT NOT NULL,
    action       TEXT NOT NULL,
    organisation TEXT NOT NULL,
    account      TEXT NOT NULL,
    object       TEXT NOT NULL,
    data         TEXT NOT NULL
);
CREATE INDEX audit_entries_pending ON audit_entries (at, id) WHERE seq IS NULL;

-- The nodes of the Merkle tree over the entries, numbered as by tlog.
CREATE TABLE audit_hashes (
    idx  BIGINT PRIMARY KEY,
    hash BYTEA NOT NULL
);

-- One row: how many entries have a place, and the checkpoint signed over them.
CREATE TABLE audit_head (
    id         BIGINT PRIMARY KEY CHECK (id = 1),
    size       BIGINT NOT NULL,
    checkpoint TEXT NOT NULL
);
INSERT INTO audit_head (id, size, checkpoint) VALUES (1, 0, '');

-- +goose Down
DROP TABLE audit_head;
DROP TABLE audit_hashes;
DROP TABLE audit_entries;
