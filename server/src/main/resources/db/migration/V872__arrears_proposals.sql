-- What arrears may lead to: the rules propose, officials decide; and late fees that are given up by two people.
CREATE TABLE arrears.proposal (
    proposal_id uuid        NOT NULL,
    case_id     uuid        NOT NULL REFERENCES arrears.arrears_case,
    lease_id    uuid        NOT NULL,
    city_code   text        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('credit-record', 'court-file', 'subsidy-void', 'lease-end')),
    state       text        NOT NULL DEFAULT 'proposed'
        CHECK (state IN ('proposed', 'endorsed', 'approved', 'refused', 'lapsed')),
    proposed_on date        NOT NULL,
    text_zh     text        NOT NULL,
    text_en     text        NOT NULL,
    endorsed_by uuid,
    decided_by  uuid,
    decided_on  date,
    decision    text,
    -- as it stood when it was approved
    file        jsonb,
    CONSTRAINT proposal_pkey PRIMARY KEY (proposal_id),
    CONSTRAINT proposal_once_in_a_case UNIQUE (case_id, kind),
    CONSTRAINT proposal_is_two_peoples CHECK (endorsed_by <> decided_by),
    CONSTRAINT proposal_hard_ones_are_endorsed CHECK (
        state <> 'approved' OR kind IN ('credit-record', 'court-file') OR endorsed_by IS NOT NULL),
    CONSTRAINT proposal_file_is_kept CHECK ((state = 'approved') = (file IS NOT NULL)),
    CONSTRAINT proposal_decision_is_whole CHECK (
        num_nonnulls(decided_by, decision) = CASE WHEN state IN ('approved', 'refused') THEN 2 ELSE 0 END
        AND (decided_on IS NOT NULL) = (state IN ('approved', 'refused', 'lapsed')))
);
CREATE INDEX proposal_of_lease ON arrears.proposal (lease_id, proposal_id DESC);
GRANT SELECT, INSERT ON arrears.proposal TO anju_app;
GRANT UPDATE (state, endorsed_by, decided_by, decided_on, decision, file) ON arrears.proposal TO anju_app;

CREATE TABLE arrears.waiver (
    waiver_id   uuid        NOT NULL,
    bill_id     uuid        NOT NULL,
    lease_id    uuid        NOT NULL,
    city_code   text        NOT NULL,
    amount_fen  bigint      NOT NULL CHECK (amount_fen > 0),
    reason      text        NOT NULL,
    state       text        NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused')),
    proposed_by uuid        NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by  uuid,
    decided_at  timestamptz,
    decision    text,
    CONSTRAINT waiver_pkey PRIMARY KEY (waiver_id),
    CONSTRAINT waiver_is_two_peoples CHECK (decided_by <> proposed_by),
    CONSTRAINT waiver_decision_is_whole CHECK (
        num_nonnulls(decided_by, decided_at, decision) = CASE state WHEN 'proposed' THEN 0 ELSE 3 END)
);
CREATE UNIQUE INDEX waiver_waits_alone ON arrears.waiver (bill_id) WHERE state = 'proposed';
GRANT SELECT, INSERT ON arrears.waiver TO anju_app;
GRANT UPDATE (state, decided_by, decided_at, decision) ON arrears.waiver TO anju_app;
