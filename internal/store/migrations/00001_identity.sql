-- +goose Up
CREATE TABLE accounts (
    id                  TEXT PRIMARY KEY,
    state               TEXT NOT NULL,
    name                BYTEA,
    locale              TEXT NOT NULL,
    stolen              BOOLEAN NOT NULL DEFAULT FALSE,
    banned              BOOLEAN NOT NULL DEFAULT FALSE,
    sessions_not_before BIGINT NOT NULL DEFAULT 0,
    version             BIGINT NOT NULL DEFAULT 0,
    created_at          BIGINT NOT NULL,
    closed_at           BIGINT
);

CREATE TABLE identifiers (
    kind       TEXT NOT NULL,
    blind      BYTEA NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    value      BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (kind, blind)
);
CREATE INDEX identifiers_account ON identifiers (account_id);

-- What a closed account was called: only a keyed hash, until it may be used
-- again. free_at NULL means never.
CREATE TABLE identifier_reservations (
    kind       TEXT NOT NULL,
    blind      BYTEA NOT NULL,
    closure_id TEXT NOT NULL,
    free_at    BIGINT,
    PRIMARY KEY (kind, blind)
);

CREATE INDEX identifier_reservations_free ON identifier_reservations (free_at);

CREATE TABLE credentials (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    kind       TEXT NOT NULL,
    secret     TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, kind)
);

CREATE TABLE grants (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role       TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, role)
);

CREATE TABLE bindings (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    service    TEXT NOT NULL,
    reference  BYTEA,
    created_at BIGINT NOT NULL
);
CREATE INDEX bindings_account ON bindings (account_id);

CREATE TABLE arrears (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    currency   TEXT NOT NULL,
    amount     BIGINT NOT NULL,
    reference  BYTEA,
    created_at BIGINT NOT NULL,
    settled_at BIGINT
);
CREATE INDEX arrears_account ON arrears (account_id);

-- +goose Down
DROP TABLE arrears;
DROP TABLE bindings;
DROP TABLE grants;
DROP TABLE credentials;
DROP TABLE identifier_reservations;
DROP TABLE identifiers;
DROP TABLE accounts;
