-- Everything that arrears may lead to is decided by two people, is proposed anew where it had lapsed, and is withdrawn
-- where the debt is paid after all.
ALTER TABLE arrears.proposal
    DROP CONSTRAINT proposal_once_in_a_case,
    DROP CONSTRAINT proposal_state_check,
    DROP CONSTRAINT proposal_hard_ones_are_endorsed,
    DROP CONSTRAINT proposal_file_is_kept,
    DROP CONSTRAINT proposal_decision_is_whole,
    ADD COLUMN withdrawn_on date,
    ADD CONSTRAINT proposal_state_check
        CHECK (state IN ('proposed', 'endorsed', 'approved', 'refused', 'lapsed', 'withdrawn')),
    ADD CONSTRAINT proposal_file_is_kept CHECK ((state IN ('approved', 'withdrawn')) = (file IS NOT NULL)),
    ADD CONSTRAINT proposal_decision_is_whole CHECK (
        num_nonnulls(decided_by, decision) = CASE WHEN state IN ('approved', 'refused', 'withdrawn') THEN 2 ELSE 0 END
        AND (decided_on IS NOT NULL) = (state IN ('approved', 'refused', 'lapsed', 'withdrawn'))),
    ADD CONSTRAINT proposal_withdrawal_is_whole CHECK ((state = 'withdrawn') = (withdrawn_on IS NOT NULL)),
    -- what one person approved before stays as it is
    ADD CONSTRAINT proposal_is_endorsed
        CHECK (state NOT IN ('endorsed', 'approved') OR endorsed_by IS NOT NULL) NOT VALID;
CREATE UNIQUE INDEX proposal_once_in_a_case ON arrears.proposal (case_id, kind) WHERE state <> 'lapsed';
CREATE INDEX proposal_open ON arrears.proposal (case_id) WHERE state IN ('proposed', 'endorsed');
GRANT UPDATE (withdrawn_on) ON arrears.proposal TO anju_app;

-- Leases that a night could not follow up; it went on without them, and the next one tries again.
CREATE TABLE arrears.exception (
    day         date        NOT NULL,
    lease_id    uuid        NOT NULL,
    city_code   text        NOT NULL,
    -- the kind of failure and where it happened; never what somebody entered
    reason      text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT exception_pkey PRIMARY KEY (day, lease_id)
);
CREATE INDEX exception_of_city ON arrears.exception (city_code, day DESC, lease_id);
GRANT SELECT, INSERT ON arrears.exception TO anju_app;
