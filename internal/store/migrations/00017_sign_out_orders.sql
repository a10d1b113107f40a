-- +goose Up
-- Sign-outs by order that wait for a second person. The reason is sealed.
CREATE TABLE sign_out_orders (
    id              TEXT PRIMARY KEY,
    scope           TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    target          TEXT NOT NULL,
    account_id      TEXT NOT NULL,
    reason          BYTEA NOT NULL,
    ordered_kind    TEXT NOT NULL,
    ordered_by      TEXT NOT NULL,
    ordered_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    state           TEXT NOT NULL,
    decided_by      TEXT NOT NULL DEFAULT '',
    decided_at      BIGINT
);
CREATE INDEX sign_out_orders_list ON sign_out_orders (organisation_id, id);
CREATE INDEX sign_out_orders_waiting ON sign_out_orders (expires_at) WHERE state = 'waiting';
CREATE INDEX sign_out_orders_account ON sign_out_orders (account_id);
CREATE INDEX sign_out_orders_by ON sign_out_orders (ordered_by);

-- The few who decide, among any number of members.
CREATE INDEX members_admins ON members (organisation_id, account_id) WHERE role <> 'member';

-- +goose Down
DROP INDEX members_admins;
DROP TABLE sign_out_orders;
