-- +goose Up
-- What apps have announced on sessions. A row counts until expires_at, and no
-- longer than its session.
CREATE TABLE work_leases (
    id         TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    kind       TEXT NOT NULL,
    what       BYTEA NOT NULL,
    link       BYTEA,
    since_at   BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX work_leases_account ON work_leases (account_id, expires_at);
CREATE INDEX work_leases_session ON work_leases (session_id);
CREATE INDEX work_leases_expires ON work_leases (expires_at);

-- Sessions that an order ends at until_at, or as soon as no work is left.
CREATE TABLE session_graces (
    session_id   TEXT PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    until_at     BIGINT NOT NULL,
    organisation TEXT NOT NULL,
    by_kind      TEXT NOT NULL,
    by_id        TEXT NOT NULL,
    reason       BYTEA
);
CREATE INDEX session_graces_account ON session_graces (account_id);

CREATE TABLE resume_states (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    app        TEXT NOT NULL,
    version    BIGINT NOT NULL,
    state      BYTEA NOT NULL,
    size       BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, app)
);
CREATE INDEX resume_states_expires ON resume_states (expires_at);

-- Browsers that hold several accounts. Of the key only a hash is kept.
CREATE TABLE browsers (
    id           TEXT PRIMARY KEY,
    key_hash     BYTEA NOT NULL UNIQUE,
    app          TEXT NOT NULL,
    current_seat TEXT NOT NULL,
    used_at      BIGINT NOT NULL
);
CREATE INDEX browsers_used ON browsers (used_at);

CREATE TABLE browser_accounts (
    id         TEXT PRIMARY KEY,
    browser_id TEXT NOT NULL REFERENCES browsers (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    session_id TEXT NOT NULL,
    added_at   BIGINT NOT NULL,
    UNIQUE (browser_id, account_id)
);
CREATE INDEX browser_accounts_account ON browser_accounts (account_id);

ALTER TABLE sign_out_orders ADD COLUMN grace BIGINT NOT NULL DEFAULT 0; -- microseconds

-- +goose Down
ALTER TABLE sign_out_orders DROP COLUMN grace;
DROP TABLE browser_accounts;
DROP TABLE browsers;
DROP TABLE resume_states;
DROP TABLE session_graces;
DROP TABLE work_leases;
