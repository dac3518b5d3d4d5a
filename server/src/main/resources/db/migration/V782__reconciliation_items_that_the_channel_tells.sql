-- Differences that the channel tells, in notices and answers, stand on the one list with those that a comparison finds:
-- with an owner, an age and a history.
ALTER TABLE reconciliation.item
    ALTER COLUMN found_by DROP NOT NULL,
    ALTER COLUMN seen_by DROP NOT NULL,
    ADD CONSTRAINT item_found_and_seen_by_comparisons CHECK (num_nulls(found_by, seen_by) <> 1);
CREATE UNIQUE INDEX item_told_once ON reconciliation.item (kind, subject) WHERE found_by IS NULL;
COMMENT ON COLUMN reconciliation.item.found_by IS 'the comparison; none where the channel told it in a notice or an answer';
COMMENT ON COLUMN reconciliation.item.bill_date IS 'the day of the bill, or the day on which the channel told it';

INSERT INTO reconciliation.item
       (item_id, channel, bill_date, kind, subject, city_code, theirs, difference_fen, found_at, state, resolution, reason,
        resolved_by, resolved_at)
SELECT id, 'wechat', (raised_at AT TIME ZONE 'Asia/Shanghai')::date, kind, subject, city_code, amount_fen || ' fen', 0,
       raised_at,
       CASE WHEN resolved_at IS NULL THEN 'open' ELSE 'resolved' END,
       CASE WHEN resolved_at IS NULL THEN NULL ELSE 'explained' END,
       CASE WHEN resolution = '' THEN '-' ELSE resolution END,
       resolved_by, resolved_at
  FROM payment.item;
INSERT INTO reconciliation.item_event (item_id, at, action)
SELECT id, raised_at, 'found'
  FROM payment.item;
INSERT INTO reconciliation.item_event (item_id, at, actor_id, action, note)
SELECT id, resolved_at, resolved_by, 'explained', resolution
  FROM payment.item
 WHERE resolved_at IS NOT NULL;

DROP TABLE payment.item;
DROP FUNCTION payment.guard_resolution();
