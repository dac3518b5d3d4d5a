-- A late fee is owed by whoever owed the bill that was paid late, though its own days may be a later tenant's.
ALTER TABLE rent.bill ADD COLUMN late_from_date date;
COMMENT ON COLUMN rent.bill.late_from_date IS
    'of a late fee: the first day of the bill that was paid late; whose tenant of that day owes it';

UPDATE rent.bill fee
   SET late_from_date = late.from_date
  FROM rent.bill late
 WHERE fee.charge = 'late-fee' AND late.bill_id = split_part(fee.occasion, ':', 1)::uuid;

ALTER TABLE rent.bill ADD CONSTRAINT bill_late_fee_is_of_a_bill
    CHECK ((charge = 'late-fee') = (late_from_date IS NOT NULL));
