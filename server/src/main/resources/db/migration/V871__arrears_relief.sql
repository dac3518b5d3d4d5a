-- What households in hardship ask for, and debts that are paid by instalments.
CREATE TABLE arrears.request (
    request_id    uuid        NOT NULL,
    lease_id      uuid        NOT NULL,
    city_code     text        NOT NULL,
    resident_id   uuid        NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('deferral', 'instalment-plan')),
    sealed_reason bytea       NOT NULL,
    until_date    date,
    instalments   integer,
    state         text        NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'withdrawn', 'granted', 'declined')),
    asked_on      date        NOT NULL,
    asked_at      timestamptz NOT NULL,
    decided_by    uuid,
    decided_on    date,
    decision      text,
    CONSTRAINT request_pkey PRIMARY KEY (request_id),
    CONSTRAINT request_says_what CHECK (
        (kind = 'deferral') = (until_date IS NOT NULL) AND (kind = 'instalment-plan') = (instalments IS NOT NULL)),
    CONSTRAINT request_decision_is_whole CHECK (
        num_nonnulls(decided_by, decided_on, decision) = CASE WHEN state IN ('granted', 'declined') THEN 3 ELSE 0 END)
);
CREATE UNIQUE INDEX request_waits_alone ON arrears.request (lease_id) WHERE state = 'asked';
CREATE INDEX request_of_lease ON arrears.request (lease_id, request_id DESC);
CREATE INDEX request_of_resident ON arrears.request (resident_id);
GRANT SELECT, INSERT ON arrears.request TO anju_app;
GRANT UPDATE (state, decided_by, decided_on, decision, sealed_reason) ON arrears.request TO anju_app;

CREATE TABLE arrears.plan (
    request_id uuid   NOT NULL REFERENCES arrears.request,
    lease_id   uuid   NOT NULL,
    debt_fen   bigint NOT NULL CHECK (debt_fen > 0),
    granted_on date   NOT NULL,
    state      text   NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'kept', 'breached')),
    ended_on   date,
    CONSTRAINT plan_pkey PRIMARY KEY (request_id),
    CONSTRAINT plan_end_is_whole CHECK ((state = 'running') = (ended_on IS NULL))
);
CREATE UNIQUE INDEX plan_runs_alone ON arrears.plan (lease_id) WHERE state = 'running';
GRANT SELECT, INSERT ON arrears.plan TO anju_app;
GRANT UPDATE (state, ended_on) ON arrears.plan TO anju_app;

-- The bills of a plan with what was due on them; what was paid since follows from the bills.
CREATE TABLE arrears.plan_bill (
    request_id uuid   NOT NULL REFERENCES arrears.plan,
    bill_id    uuid   NOT NULL,
    due_fen    bigint NOT NULL CHECK (due_fen > 0),
    CONSTRAINT plan_bill_pkey PRIMARY KEY (request_id, bill_id)
);
GRANT SELECT, INSERT ON arrears.plan_bill TO anju_app;
CREATE TRIGGER plan_bill_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON arrears.plan_bill
    FOR EACH STATEMENT EXECUTE FUNCTION arrears.refuse_change();

CREATE TABLE arrears.instalment (
    request_id uuid    NOT NULL REFERENCES arrears.plan,
    number     integer NOT NULL CHECK (number >= 1),
    due_on     date    NOT NULL,
    amount_fen bigint  NOT NULL CHECK (amount_fen > 0),
    CONSTRAINT instalment_pkey PRIMARY KEY (request_id, number)
);
GRANT SELECT, INSERT ON arrears.instalment TO anju_app;
CREATE TRIGGER instalment_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON arrears.instalment
    FOR EACH STATEMENT EXECUTE FUNCTION arrears.refuse_change();
