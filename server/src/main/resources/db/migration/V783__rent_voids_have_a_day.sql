-- The whole rent of a bill is due from the day on which its subsidy became void, and late fees count it from the next one.
ALTER TABLE rent.bill ADD COLUMN subsidy_void_on date;
COMMENT ON COLUMN rent.bill.subsidy_void_on IS 'the day on which two officials made the subsidy void';

-- A void takes every bill that is overdue on its day. In a new database arrears are not there yet, and no bill is.
DO $$
BEGIN
    IF to_regclass('arrears.proposal') IS NOT NULL THEN
        UPDATE rent.bill b
           SET subsidy_void_on = (SELECT min(p.decided_on)
                                    FROM arrears.proposal p
                                   WHERE p.lease_id = b.lease_id AND p.kind = 'subsidy-void'
                                     AND p.state = 'approved' AND p.decided_on > b.due_on)
         WHERE b.subsidy_state = 'void';
    END IF;
END
$$;

ALTER TABLE rent.bill ADD CONSTRAINT bill_void_has_a_day
    CHECK ((subsidy_state = 'void') = (subsidy_void_on IS NOT NULL));
GRANT UPDATE (subsidy_void_on) ON rent.bill TO anju_app;
