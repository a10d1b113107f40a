-- +goose Up
-- What the audit log is searched by. Only entries with a place are in these
-- indexes: the commits that append entries do not pay for them.
CREATE INDEX audit_entries_action ON audit_entries (action, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_entries_organisation ON audit_entries (organisation, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_entries_account ON audit_entries (account, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_entries_actor ON audit_entries (actor_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_entries_at ON audit_entries (at, seq) WHERE seq IS NOT NULL;

-- What data holders answered when they were asked last whether they are ready:
-- codes and the places in their configuration that are wrong, nothing personal.
CREATE TABLE holder_checks (
    holder     TEXT PRIMARY KEY,
    checked_at BIGINT NOT NULL,
    problem    TEXT NOT NULL -- JSON; empty when the holder was ready
);

-- Accounts are listed by their state, in the order of their ids.
CREATE INDEX accounts_state ON accounts (state, id);

-- +goose Down
DROP INDEX accounts_state;
DROP TABLE holder_checks;
DROP INDEX audit_entries_at;
DROP INDEX audit_entries_actor;
DROP INDEX audit_entries_account;
DROP INDEX audit_entries_organisation;
DROP INDEX audit_entries_action;
