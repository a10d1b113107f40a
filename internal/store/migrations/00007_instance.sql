-- +goose Up
-- Facts about this installation: its demo mark, the demo clock's offset.
CREATE TABLE instance (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE idempotency_keys (
    scope        TEXT NOT NULL,
    key          TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    response     BYTEA,
    begun_at     BIGINT NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_begun ON idempotency_keys (begun_at);

-- +goose Down
DROP TABLE idempotency_keys;
DROP TABLE instance;
