-- +goose Up
CREATE TABLE sessions (
    id          TEXT PRIMARY KEY,
    token_hash  BYTEA NOT NULL UNIQUE,
    account_id  TEXT NOT NULL REFERENCES accounts (id),
    device_kind TEXT NOT NULL,
    device_name BYTEA,
    app         TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    ended_at    BIGINT,
    end_cause   TEXT,
    ended_by    TEXT,
    end_reason  BYTEA
);
CREATE INDEX sessions_live ON sessions (account_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_account ON sessions (account_id, created_at);

-- +goose Down
DROP TABLE sessions;
