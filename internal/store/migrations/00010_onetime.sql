-- +goose Up
-- Codes and links that work once. hash, subject and address are keyed hashes.
-- account_id is empty where there is no account yet. An ended row is kept for an
-- hour, because the limits count it.
CREATE TABLE onetime_codes (
    id         TEXT PRIMARY KEY,
    purpose    TEXT NOT NULL,
    binding    TEXT NOT NULL,
    account_id TEXT NOT NULL,
    form       TEXT NOT NULL,
    subject    BYTEA NOT NULL,
    address    BYTEA NOT NULL,
    hash       BYTEA NOT NULL UNIQUE,
    tries      BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT
);
CREATE UNIQUE INDEX onetime_codes_live ON onetime_codes (purpose, binding) WHERE ended_at IS NULL;
CREATE INDEX onetime_codes_subject ON onetime_codes (subject, created_at);
CREATE INDEX onetime_codes_address ON onetime_codes (address, created_at);
CREATE INDEX onetime_codes_account ON onetime_codes (account_id);
CREATE INDEX onetime_codes_expires ON onetime_codes (expires_at);

-- One row for whoever was issued a code lately: issuing takes its lock.
CREATE TABLE onetime_turns (
    key      BYTEA PRIMARY KEY,
    taken_at BIGINT NOT NULL
);
CREATE INDEX onetime_turns_taken ON onetime_turns (taken_at);

ALTER TABLE notices ADD COLUMN channel TEXT NOT NULL DEFAULT 'mail';
ALTER TABLE notices ADD COLUMN expires_at BIGINT;

-- +goose Down
ALTER TABLE notices DROP COLUMN expires_at;
ALTER TABLE notices DROP COLUMN channel;
DROP TABLE onetime_turns;
DROP TABLE onetime_codes;
