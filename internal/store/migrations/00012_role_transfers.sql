-- +goose Up
CREATE TABLE role_transfers (
    id              TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    from_account    TEXT NOT NULL REFERENCES accounts (id),
    to_account      TEXT NOT NULL REFERENCES accounts (id),
    role            TEXT NOT NULL,
    offices         TEXT NOT NULL,
    state           TEXT NOT NULL,
    asked_at        BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    ended_at        BIGINT
);
CREATE UNIQUE INDEX role_transfers_one_open ON role_transfers (organisation_id, from_account) WHERE ended_at IS NULL;
CREATE INDEX role_transfers_from ON role_transfers (from_account);
CREATE INDEX role_transfers_to ON role_transfers (to_account);
CREATE INDEX role_transfers_due ON role_transfers (expires_at) WHERE ended_at IS NULL;

-- +goose Down
DROP TABLE role_transfers;
