-- +goose Up
CREATE TABLE inbox (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    kind       TEXT NOT NULL,
    args       BYTEA,
    created_at BIGINT NOT NULL,
    read_at    BIGINT
);
CREATE INDEX inbox_account ON inbox (account_id, id);
CREATE INDEX inbox_unread ON inbox (account_id) WHERE read_at IS NULL;
CREATE INDEX inbox_created ON inbox (created_at);

-- What an account does not want to be told, on which channel.
CREATE TABLE notice_mutes (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    kind       TEXT NOT NULL,
    channel    TEXT NOT NULL,
    PRIMARY KEY (account_id, kind, channel)
);

-- +goose Down
DROP TABLE notice_mutes;
DROP TABLE inbox;
