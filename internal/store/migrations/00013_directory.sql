-- +goose Up
-- What a source of imports calls a person, for ever: by it the person is found
-- again when the phone number has changed. Keys belong to one organisation, ''
-- for none, because two companies may both have an employee 1.
CREATE TABLE directory_keys (
    organisation_id TEXT NOT NULL,
    source          TEXT NOT NULL,
    blind           BYTEA NOT NULL,
    account_id      TEXT NOT NULL REFERENCES accounts (id),
    value           BYTEA NOT NULL,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, source, blind)
);
CREATE INDEX directory_keys_account ON directory_keys (account_id);

-- +goose Down
DROP TABLE directory_keys;
