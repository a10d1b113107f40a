-- +goose Up
-- How much guessing there was. key is a keyed hash of an account, a name, an
-- address or of two of them; until is when the counter is empty again.
CREATE TABLE guesses (
    key   BYTEA PRIMARY KEY,
    until BIGINT NOT NULL
);
CREATE INDEX guesses_until ON guesses (until);

-- Where an account has signed in: keyed hashes of addresses.
CREATE TABLE known_places (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    place      BYTEA NOT NULL,
    seen_at    BIGINT NOT NULL,
    PRIMARY KEY (account_id, place)
);
CREATE INDEX known_places_seen ON known_places (seen_at);

-- When it was shown that a name is the account's own; NULL is never.
ALTER TABLE identifiers ADD COLUMN verified_at BIGINT;

-- What an account shows beside its password: an app that makes codes, or a
-- passkey. secret is sealed: the seed of the codes, or the credential's record.
CREATE TABLE factors (
    id           TEXT PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    kind         TEXT NOT NULL,
    name         BYTEA,
    secret       BYTEA NOT NULL,
    credential   BYTEA UNIQUE,
    last_step    BIGINT NOT NULL DEFAULT 0,
    created_at   BIGINT NOT NULL,
    confirmed_at BIGINT,
    used_at      BIGINT
);
CREATE INDEX factors_account ON factors (account_id);

-- Recovery codes: keyed hashes.
CREATE TABLE recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    hash       BYTEA NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (account_id, hash)
);

-- The name under which passkeys know an account: random, tells nothing.
CREATE TABLE passkey_users (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    handle     BYTEA NOT NULL UNIQUE
);

-- What has begun and waits for its second half: a sign-in for its second
-- factor, a passkey's ceremony for its answer. Found by the hash of its token.
CREATE TABLE sign_in_steps (
    token_hash  BYTEA PRIMARY KEY,
    purpose     TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    session_id  TEXT NOT NULL,
    device      BYTEA,
    app         TEXT NOT NULL,
    methods     TEXT NOT NULL,
    data        BYTEA,
    tries       BIGINT NOT NULL DEFAULT 0,
    proved_at   BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX sign_in_steps_account ON sign_in_steps (account_id);
CREATE INDEX sign_in_steps_expires ON sign_in_steps (expires_at);

-- +goose Down
DROP TABLE sign_in_steps;
DROP TABLE passkey_users;
DROP TABLE recovery_codes;
DROP TABLE factors;
ALTER TABLE identifiers DROP COLUMN verified_at;
DROP TABLE known_places;
DROP TABLE guesses;
