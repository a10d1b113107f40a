-- +goose Up
CREATE TABLE policies (
    digest       TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    version      BIGINT NOT NULL,
    source       TEXT NOT NULL,
    installed_at BIGINT NOT NULL,
    UNIQUE (name, version)
);

CREATE TABLE calendars (
    country     TEXT NOT NULL,
    year        BIGINT NOT NULL,
    source      TEXT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (country, year)
);

CREATE TABLE closures (
    id             TEXT PRIMARY KEY,
    account_id     TEXT NOT NULL REFERENCES accounts (id),
    pseudonym      TEXT NOT NULL,
    policy_digest  TEXT NOT NULL REFERENCES policies (digest),
    state          TEXT NOT NULL,
    version        BIGINT NOT NULL,
    locale         TEXT NOT NULL,
    successor_id   TEXT,
    status_hash    BYTEA UNIQUE,
    requested_at   BIGINT NOT NULL,
    confirmed_at   BIGINT,
    review_from    BIGINT,
    review_due_at  BIGINT,
    reviewed_at    BIGINT,
    reviewed_by    TEXT,
    cooling_until  BIGINT,
    erasing_at     BIGINT,
    deadline_at    BIGINT,
    own_erased_at  BIGINT,
    own_items      TEXT,
    last_address   BYTEA,
    ended_at       BIGINT,
    end_cause      TEXT,
    reason         BYTEA,
    certificate_id TEXT,
    wake_at        BIGINT
);
CREATE UNIQUE INDEX closures_one_open ON closures (account_id) WHERE ended_at IS NULL;
CREATE INDEX closures_account ON closures (account_id);
CREATE INDEX closures_due ON closures (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX closures_state ON closures (state, id);

CREATE TABLE closure_events (
    closure_id TEXT NOT NULL REFERENCES closures (id),
    audit_id   TEXT NOT NULL,
    event      TEXT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (closure_id, audit_id)
);

-- Written before the first row of a person goes, and never deleted.
CREATE TABLE erasure_ledger (
    closure_id    TEXT PRIMARY KEY,
    account_id    TEXT NOT NULL,
    pseudonym     TEXT NOT NULL,
    policy_digest TEXT NOT NULL,
    holders       TEXT NOT NULL,
    written_at    BIGINT NOT NULL,
    completed_at  BIGINT
);

CREATE TABLE erasure_parts (
    closure_id      TEXT NOT NULL REFERENCES closures (id),
    holder          TEXT NOT NULL,
    position        BIGINT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    attempts        BIGINT NOT NULL DEFAULT 0,
    last_error      TEXT,
    progress        BYTEA,
    receipt         TEXT,
    erased_at       BIGINT,
    verified_at     BIGINT,
    next_try_at     BIGINT NOT NULL,
    lease_until     BIGINT NOT NULL DEFAULT 0,
    woken_until     BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (closure_id, holder)
);
CREATE INDEX erasure_parts_open ON erasure_parts (next_try_at) WHERE verified_at IS NULL;

CREATE TABLE certificates (
    id         TEXT PRIMARY KEY,
    closure_id TEXT NOT NULL UNIQUE REFERENCES closures (id),
    file       TEXT NOT NULL,
    issued_at  BIGINT NOT NULL
);

-- +goose Down
DROP TABLE certificates;
DROP TABLE erasure_parts;
DROP TABLE erasure_ledger;
DROP TABLE closure_events;
DROP TABLE closures;
DROP TABLE calendars;
DROP TABLE policies;
