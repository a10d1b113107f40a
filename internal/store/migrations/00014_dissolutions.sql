-- +goose Up
ALTER TABLE organisations ADD COLUMN state TEXT NOT NULL DEFAULT 'active';

CREATE TABLE dissolutions (
    id               TEXT PRIMARY KEY,
    organisation_id  TEXT NOT NULL REFERENCES organisations (id),
    pseudonym        TEXT NOT NULL,
    kind             TEXT NOT NULL,
    state            TEXT NOT NULL,
    version          BIGINT NOT NULL,
    successor_id     TEXT,
    started_by       TEXT NOT NULL,
    started_at       BIGINT NOT NULL,
    notice_published TEXT,
    notice_media     TEXT,
    notice_reference TEXT,
    ends_at          BIGINT,
    objected_at      BIGINT,
    remaining        BIGINT NOT NULL DEFAULT 0,
    told_to          TEXT,
    released         BIGINT NOT NULL DEFAULT 0,
    releasing_at     BIGINT,
    erasing_at       BIGINT,
    deadline_at      BIGINT,
    own_erased_at    BIGINT,
    own_items        TEXT,
    ended_at         BIGINT,
    end_cause        TEXT,
    certificate_id   TEXT,
    wake_at          BIGINT
);
CREATE UNIQUE INDEX dissolutions_one_open ON dissolutions (organisation_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX dissolutions_reference ON dissolutions (notice_reference) WHERE ended_at IS NULL;
CREATE INDEX dissolutions_organisation ON dissolutions (organisation_id);
CREATE INDEX dissolutions_due ON dissolutions (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE dissolution_evidence (
    id             TEXT PRIMARY KEY,
    dissolution_id TEXT NOT NULL REFERENCES dissolutions (id),
    kind           TEXT NOT NULL,
    reference      BYTEA,
    file_name      BYTEA,
    media_type     TEXT NOT NULL,
    size           BIGINT NOT NULL,
    sha256         TEXT NOT NULL,
    content        BYTEA,
    attested_by    TEXT NOT NULL,
    attested_at    BIGINT NOT NULL,
    decided_by     TEXT,
    decided_at     BIGINT,
    accepted       BOOLEAN NOT NULL DEFAULT FALSE,
    reason         BYTEA
);
CREATE INDEX dissolution_evidence_of ON dissolution_evidence (dissolution_id);

CREATE TABLE dissolution_objections (
    id             TEXT PRIMARY KEY,
    dissolution_id TEXT NOT NULL REFERENCES dissolutions (id),
    name           BYTEA,
    contact        BYTEA,
    words          BYTEA,
    recorded_by    TEXT,
    raised_at      BIGINT NOT NULL,
    hearing_at     BIGINT,
    outcome        TEXT,
    reason         BYTEA,
    decided_by     TEXT,
    decided_at     BIGINT
);
CREATE INDEX dissolution_objections_of ON dissolution_objections (dissolution_id);

CREATE TABLE dissolution_events (
    dissolution_id TEXT NOT NULL REFERENCES dissolutions (id),
    audit_id       TEXT NOT NULL,
    event          TEXT NOT NULL,
    at             BIGINT NOT NULL,
    PRIMARY KEY (dissolution_id, audit_id)
);

-- Written before the first row of an organisation goes, and never deleted.
CREATE TABLE dissolution_ledger (
    dissolution_id  TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL,
    pseudonym       TEXT NOT NULL,
    holders         TEXT NOT NULL,
    written_at      BIGINT NOT NULL,
    completed_at    BIGINT
);

-- The same columns as erasure_parts.
CREATE TABLE dissolution_parts (
    dissolution_id  TEXT NOT NULL REFERENCES dissolutions (id),
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
    PRIMARY KEY (dissolution_id, holder)
);
CREATE INDEX dissolution_parts_open ON dissolution_parts (next_try_at) WHERE verified_at IS NULL;

CREATE TABLE dissolution_certificates (
    id             TEXT PRIMARY KEY,
    dissolution_id TEXT NOT NULL UNIQUE REFERENCES dissolutions (id),
    file           TEXT NOT NULL,
    issued_at      BIGINT NOT NULL
);

-- +goose Down
DROP TABLE dissolution_certificates;
DROP TABLE dissolution_parts;
DROP TABLE dissolution_ledger;
DROP TABLE dissolution_events;
DROP TABLE dissolution_objections;
DROP TABLE dissolution_evidence;
DROP TABLE dissolutions;
ALTER TABLE organisations DROP COLUMN state;
