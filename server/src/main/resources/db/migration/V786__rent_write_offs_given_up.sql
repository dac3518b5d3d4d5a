-- What a decision really gave up: a debt that was paid meanwhile is given up for less than was proposed, or not at all.
ALTER TABLE rent.write_off ADD COLUMN given_up_fen bigint;

UPDATE rent.write_off w
   SET given_up_fen = coalesce((SELECT sum(e.amount_fen)
                                  FROM ledger.posting p
                                  JOIN ledger.entry e ON e.posting_id = p.id
                                  JOIN ledger.account a ON a.id = e.account_id
                                 WHERE p.business_key = 'write-off:' || w.write_off_id AND a.kind = 'write_off'), 0)
 WHERE w.state = 'approved';

ALTER TABLE rent.write_off ADD CONSTRAINT write_off_given_up_once_approved CHECK (
    CASE state WHEN 'approved' THEN given_up_fen IS NOT NULL AND given_up_fen BETWEEN 0 AND amount_fen
               ELSE given_up_fen IS NULL END);
GRANT UPDATE (given_up_fen) ON rent.write_off TO anju_app;

-- Late fees ask for what was given up of a bill.
CREATE INDEX write_off_of_bill ON rent.write_off (bill_id) WHERE state = 'approved';
