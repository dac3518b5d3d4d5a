-- A void takes the months that are unpaid on its day; those that stay unpaid later in the same case may be proposed again.
-- One that is approved stands aside, so one that waits, or that officials refused, is still alone in its case.
DROP INDEX arrears.proposal_once_in_a_case;
CREATE UNIQUE INDEX proposal_once_in_a_case ON arrears.proposal (case_id, kind)
    WHERE state <> 'lapsed' AND NOT (kind = 'subsidy-void' AND state = 'approved');
