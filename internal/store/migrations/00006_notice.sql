-- +goose Up
CREATE TABLE notices (
    id          TEXT PRIMARY KEY,
    account_id  TEXT NOT NULL,
    kind        TEXT NOT NULL,
    locale      TEXT NOT NULL,
    address     BYTEA,
    args        BYTEA,
    created_at  BIGINT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0,
    last_error  TEXT,
    next_try_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL DEFAULT 0,
    woken_until BIGINT NOT NULL DEFAULT 0,
    state       TEXT NOT NULL,
    ended_at    BIGINT
);
CREATE INDEX notices_open ON notices (next_try_at) WHERE ended_at IS NULL;
CREATE INDEX notices_account ON notices (account_id);

-- +goose Down
DROP TABLE notices;
