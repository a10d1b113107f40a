-- +goose Up
CREATE TABLE organisations (
    id                  TEXT PRIMARY KEY,
    name                TEXT NOT NULL,
    certification       TEXT NOT NULL,
    sessions_not_before BIGINT NOT NULL DEFAULT 0,
    created_at          BIGINT NOT NULL
);

-- path is the chain of ids from the root, each followed by a slash: a tree is
-- one prefix.
CREATE TABLE departments (
    id              TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    parent_id       TEXT REFERENCES departments (id),
    path            TEXT NOT NULL,
    name            TEXT NOT NULL,
    created_at      BIGINT NOT NULL
);
CREATE INDEX departments_path ON departments (organisation_id, path);

CREATE TABLE members (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    account_id      TEXT NOT NULL REFERENCES accounts (id),
    department_id   TEXT REFERENCES departments (id),
    role            TEXT NOT NULL,
    joined_at       BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, account_id)
);
CREATE INDEX members_account ON members (account_id);
CREATE INDEX members_department ON members (department_id);

CREATE TABLE offices (
    organisation_id TEXT NOT NULL,
    account_id      TEXT NOT NULL,
    office          TEXT NOT NULL,
    PRIMARY KEY (organisation_id, account_id, office),
    FOREIGN KEY (organisation_id, account_id) REFERENCES members (organisation_id, account_id)
);
CREATE INDEX offices_account ON offices (account_id);

CREATE TABLE todos (
    id              TEXT PRIMARY KEY,
    account_id      TEXT NOT NULL REFERENCES accounts (id),
    organisation_id TEXT REFERENCES organisations (id),
    kind            TEXT NOT NULL,
    title           BYTEA,
    created_at      BIGINT NOT NULL,
    done_at         BIGINT
);
CREATE INDEX todos_account ON todos (account_id);

CREATE TABLE attestations (
    id              TEXT PRIMARY KEY,
    account_id      TEXT NOT NULL REFERENCES accounts (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    kind            TEXT NOT NULL,
    evidence        BYTEA NOT NULL,
    attested_by     TEXT NOT NULL,
    attested_at     BIGINT NOT NULL
);
CREATE INDEX attestations_account ON attestations (account_id);

-- +goose Down
DROP TABLE attestations;
DROP TABLE todos;
DROP TABLE offices;
DROP TABLE members;
DROP TABLE departments;
DROP TABLE organisations;
