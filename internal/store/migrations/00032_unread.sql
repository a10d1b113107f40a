-- +goose Up
-- What was written and never read. A closure waits for its review from its
-- confirmation on; an admin's words are told to the person and kept nowhere else, and who ended a session stands
-- in the audit log.
ALTER TABLE closures DROP COLUMN review_from;
ALTER TABLE sessions DROP COLUMN end_reason;
ALTER TABLE sessions DROP COLUMN ended_by;

-- +goose Down
ALTER TABLE sessions ADD COLUMN ended_by TEXT;
ALTER TABLE sessions ADD COLUMN end_reason BYTEA;
ALTER TABLE closures ADD COLUMN review_from BIGINT;
UPDATE closures SET review_from = confirmed_at WHERE review_due_at IS NOT NULL;
