-- +goose Up
-- A page of a department's members, and the few who are at rest among any number.
CREATE INDEX members_tree ON members (department_id, account_id);
DROP INDEX members_department;
CREATE INDEX accounts_resting ON accounts (id) WHERE state IN ('paused', 'erasing');

-- +goose Down
DROP INDEX accounts_resting;
CREATE INDEX members_department ON members (department_id);
DROP INDEX members_tree;
