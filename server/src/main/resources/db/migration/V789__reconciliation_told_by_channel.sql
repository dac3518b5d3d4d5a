-- Two channels may tell the same of one number, or name two things alike: each is told once by each of them.
DROP INDEX reconciliation.item_told_once;
CREATE UNIQUE INDEX item_told_once ON reconciliation.item (channel, kind, subject) WHERE found_by IS NULL;
