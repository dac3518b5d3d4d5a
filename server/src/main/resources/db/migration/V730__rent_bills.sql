-- What is billed for homes: plans that many leases share, bills, what became of them, and the runs that issue them.
CREATE SCHEMA rent;
GRANT USAGE ON SCHEMA rent TO anju_app;

CREATE FUNCTION rent.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

-- Everything that the lines of a lease's bills follow from; leases of the same terms share one, and its lines are
-- computed once for all of them.
CREATE TABLE rent.plan (
    plan_id       uuid NOT NULL,
    content       text NOT NULL,
    policy_digest text NOT NULL,
    CONSTRAINT plan_pkey PRIMARY KEY (plan_id)
);
CREATE UNIQUE INDEX plan_once ON rent.plan (sha256(content::bytea));
GRANT SELECT, INSERT ON rent.plan TO anju_app;

-- The lines of a plan as far as they were asked for: without a gap, from its first day on.
CREATE TABLE rent.plan_line (
    plan_id    uuid    NOT NULL REFERENCES rent.plan,
    from_date  date    NOT NULL,
    to_date    date    NOT NULL CHECK (to_date >= from_date),
    due_on     date    NOT NULL,
    amount_fen bigint  NOT NULL CHECK (amount_fen >= 0),
    subsidy_fen bigint NOT NULL CHECK (subsidy_fen BETWEEN 0 AND amount_fen),
    -- whether the figures are known for all of its days
    known      boolean NOT NULL,
    CONSTRAINT plan_line_pkey PRIMARY KEY (plan_id, from_date)
);
GRANT SELECT, INSERT ON rent.plan_line TO anju_app;

-- One row for each lease: how far it is billed, and its credit as the ledger has it.
CREATE TABLE rent.account (
    lease_id     uuid   NOT NULL,
    lease_number text   NOT NULL,
    city_code    text   NOT NULL,
    programme    text   NOT NULL,
    provider     text   NOT NULL,
    plan_id      uuid   NOT NULL REFERENCES rent.plan,
    billed_to    date   NOT NULL,
    -- due day of the first line that was not billed; none where all were
    next_due_on  date,
    credit_fen   bigint NOT NULL DEFAULT 0,
    CONSTRAINT account_pkey PRIMARY KEY (lease_id),
    CONSTRAINT account_credit_not_negative CHECK (credit_fen >= 0)
);
CREATE INDEX account_due ON rent.account (city_code, programme, lease_id) INCLUDE (next_due_on);
GRANT SELECT, INSERT ON rent.account TO anju_app;
GRANT UPDATE (plan_id, billed_to, next_due_on, credit_fen) ON rent.account TO anju_app;

CREATE TABLE rent.run (
    run_id       uuid        NOT NULL,
    city_code    text        NOT NULL,
    programme    text        NOT NULL,
    month        date        NOT NULL CHECK (extract(day FROM month) = 1),
    dry_run      boolean     NOT NULL,
    state        text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
    leases       integer     NOT NULL,
    leases_done  integer     NOT NULL DEFAULT 0,
    bills        integer     NOT NULL DEFAULT 0,
    amount_fen   bigint      NOT NULL DEFAULT 0,
    exceptions   integer     NOT NULL DEFAULT 0,
    after_lease  uuid,
    requested_by uuid,
    requested_at timestamptz NOT NULL,
    finished_at  timestamptz,
    CONSTRAINT run_pkey PRIMARY KEY (run_id)
);
CREATE UNIQUE INDEX bill_run_runs_alone ON rent.run (city_code, programme) WHERE state = 'running';
GRANT SELECT, INSERT ON rent.run TO anju_app;
GRANT UPDATE (state, leases_done, bills, amount_fen, exceptions, after_lease, finished_at) ON rent.run TO anju_app;

CREATE TABLE rent.run_exception (
    run_id       uuid NOT NULL REFERENCES rent.run,
    lease_id     uuid NOT NULL,
    lease_number text NOT NULL,
    code         text NOT NULL CHECK (code IN ('figure-missing')),
    CONSTRAINT run_exception_pkey PRIMARY KEY (run_id, lease_id)
);
GRANT SELECT, INSERT ON rent.run_exception TO anju_app;

CREATE TABLE rent.bill (
    bill_id              uuid        NOT NULL,
    lease_id             uuid        NOT NULL,
    city_code            text        NOT NULL,
    charge               text        NOT NULL CHECK (charge IN ('rent', 'deposit', 'after-end')),
    -- empty for the bill of a period; names what led to a further one for days that had one
    occasion             text        NOT NULL DEFAULT '',
    from_date            date        NOT NULL,
    to_date              date        NOT NULL CHECK (to_date >= from_date),
    due_on               date        NOT NULL,
    amount_fen           bigint      NOT NULL CHECK (amount_fen > 0),
    subsidy_fen          bigint      NOT NULL CHECK (subsidy_fen BETWEEN 0 AND amount_fen),
    -- the subsidy follows the payment of the own share
    subsidy_state        text        NOT NULL CHECK (subsidy_state IN ('none', 'pending', 'granted', 'void')),
    paid_fen             bigint      NOT NULL DEFAULT 0 CHECK (paid_fen >= 0),
    credited_fen         bigint      NOT NULL DEFAULT 0 CHECK (credited_fen >= 0),
    subsidy_credited_fen bigint      NOT NULL DEFAULT 0 CHECK (subsidy_credited_fen >= 0),
    written_off_fen      bigint      NOT NULL DEFAULT 0 CHECK (written_off_fen >= 0),
    reason               text,
    run_id               uuid,
    issued_at            timestamptz NOT NULL,
    CONSTRAINT bill_pkey PRIMARY KEY (bill_id),
    CONSTRAINT bill_once UNIQUE (lease_id, charge, from_date, occasion),
    CONSTRAINT bill_subsidy_credited_within CHECK (subsidy_credited_fen <= subsidy_fen),
    CONSTRAINT bill_credited_within CHECK (credited_fen - subsidy_credited_fen <= amount_fen - subsidy_fen
        AND credited_fen <= amount_fen),
    CONSTRAINT bill_settled_once CHECK (
        paid_fen + credited_fen + written_off_fen
            + CASE subsidy_state WHEN 'granted' THEN subsidy_fen - subsidy_credited_fen ELSE 0 END <= amount_fen)
);
GRANT SELECT, INSERT ON rent.bill TO anju_app;
GRANT UPDATE (paid_fen, credited_fen, subsidy_credited_fen, written_off_fen, subsidy_state) ON rent.bill TO anju_app;
CREATE TRIGGER bill_stays BEFORE DELETE OR TRUNCATE ON rent.bill
    FOR EACH STATEMENT EXECUTE FUNCTION rent.refuse_change();

CREATE TABLE rent.credit_note (
    credit_note_id uuid        NOT NULL,
    bill_id        uuid        NOT NULL REFERENCES rent.bill,
    -- what led to it: the same occasion credits a bill once
    occasion       text        NOT NULL,
    amount_fen     bigint      NOT NULL CHECK (amount_fen > 0),
    subsidy_fen    bigint      NOT NULL CHECK (subsidy_fen BETWEEN 0 AND amount_fen),
    reason         text        NOT NULL,
    issued_by      uuid,
    issued_at      timestamptz NOT NULL,
    CONSTRAINT credit_note_pkey PRIMARY KEY (credit_note_id),
    CONSTRAINT credit_note_once UNIQUE (bill_id, occasion)
);
GRANT SELECT, INSERT ON rent.credit_note TO anju_app;
CREATE TRIGGER credit_note_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON rent.credit_note
    FOR EACH STATEMENT EXECUTE FUNCTION rent.refuse_change();

-- What settled a bill; below zero where it was given back.
CREATE TABLE rent.allocation (
    allocation_id uuid        NOT NULL,
    bill_id       uuid        NOT NULL REFERENCES rent.bill,
    source        text        NOT NULL CHECK (source IN ('payment', 'refund', 'credit', 'deposit')),
    -- the order that paid
    order_id      uuid,
    amount_fen    bigint      NOT NULL CHECK (amount_fen <> 0),
    at            timestamptz NOT NULL,
    CONSTRAINT allocation_pkey PRIMARY KEY (allocation_id)
);
CREATE INDEX allocation_of_bill ON rent.allocation (bill_id);
CREATE INDEX allocation_of_order ON rent.allocation (order_id) WHERE order_id IS NOT NULL;
GRANT SELECT, INSERT ON rent.allocation TO anju_app;
CREATE TRIGGER allocation_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON rent.allocation
    FOR EACH STATEMENT EXECUTE FUNCTION rent.refuse_change();

CREATE TABLE rent.write_off (
    write_off_id uuid        NOT NULL,
    bill_id      uuid        NOT NULL REFERENCES rent.bill,
    city_code    text        NOT NULL,
    amount_fen   bigint      NOT NULL CHECK (amount_fen > 0),
    reason       text        NOT NULL,
    state        text        NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused')),
    proposed_by  uuid        NOT NULL,
    proposed_at  timestamptz NOT NULL,
    decided_by   uuid,
    decided_at   timestamptz,
    decision     text,
    CONSTRAINT write_off_pkey PRIMARY KEY (write_off_id),
    CONSTRAINT write_off_is_two_peoples CHECK (decided_by <> proposed_by),
    CONSTRAINT write_off_decision_is_whole CHECK (
        num_nonnulls(decided_by, decided_at, decision) = CASE state WHEN 'proposed' THEN 0 ELSE 3 END)
);
CREATE UNIQUE INDEX write_off_waits_alone ON rent.write_off (bill_id) WHERE state = 'proposed';
GRANT SELECT, INSERT ON rent.write_off TO anju_app;
GRANT UPDATE (state, decided_by, decided_at, decision) ON rent.write_off TO anju_app;
