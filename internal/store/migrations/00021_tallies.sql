-- +goose Up
-- What happened on each day, counted from the audit log. No account is in it.
CREATE TABLE tallies (
    organisation_id TEXT NOT NULL, -- '' for the whole installation
    day             TEXT NOT NULL, -- as 2026-11-26
    figure          TEXT NOT NULL,
    detail          TEXT NOT NULL,
    n               BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, day, figure, detail)
);

-- One row: the place of the first audit entry that is not counted yet.
CREATE TABLE tallied (
    id   BIGINT PRIMARY KEY CHECK (id = 1),
    next BIGINT NOT NULL
);
INSERT INTO tallied (id, next) VALUES (1, 0);

-- Which organisations a closure concerns, by the memberships at its request.
CREATE TABLE tallied_closures (
    closure_id      TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    PRIMARY KEY (closure_id, organisation_id)
);

-- +goose Down
DROP TABLE tallied_closures;
DROP TABLE tallied;
DROP TABLE tallies;
