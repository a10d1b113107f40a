-- +goose Up
-- A closure waits for its review from its confirmation on.
ALTER TABLE closures DROP COLUMN review_from;

-- +goose Down
ALTER TABLE closures ADD COLUMN review_from BIGINT;
UPDATE closures SET review_from = confirmed_at WHERE review_due_at IS NOT NULL;
