-- +goose Up
-- A paused account's row: since when, and until when it rests. until_at NULL
-- means until somebody resumes it.
CREATE TABLE pauses (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    paused_at  BIGINT NOT NULL,
    until_at   BIGINT
);
CREATE INDEX pauses_until ON pauses (until_at) WHERE until_at IS NOT NULL;

-- +goose Down
DROP TABLE pauses;
