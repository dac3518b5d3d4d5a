-- Arrears: what is followed up about debts that are overdue. How much and since when is never kept here: it follows from
-- bills and the ledger.
CREATE SCHEMA arrears;
GRANT USAGE ON SCHEMA arrears TO anju_app;

CREATE FUNCTION arrears.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'UPDATE' AND platform.rewrapping() THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

-- A late fee is a bill of its own.
ALTER TABLE rent.bill DROP CONSTRAINT bill_charge_check;
ALTER TABLE rent.bill ADD CONSTRAINT bill_charge_check CHECK (charge IN ('rent', 'deposit', 'after-end', 'late-fee'));

-- What a household still owes of its rent: what is overdue is found without looking at what is paid.
CREATE INDEX bill_owed ON rent.bill (lease_id, due_on)
    WHERE charge IN ('rent', 'after-end')
      AND amount_fen - paid_fen - credited_fen - written_off_fen
          - CASE WHEN subsidy_state IN ('pending', 'granted') THEN subsidy_fen - subsidy_credited_fen ELSE 0 END > 0;
-- Bills that were paid after their day are found by the day on which they were paid.
CREATE INDEX allocation_by_time ON rent.allocation (at);

CREATE TABLE arrears.arrears_case (
    case_id       uuid        NOT NULL,
    lease_id      uuid        NOT NULL,
    city_code     text        NOT NULL CHECK (city_code ~ '^[0-9]{6}$'),
    programme     text        NOT NULL,
    policy_digest text        NOT NULL,
    opened_on     date        NOT NULL,
    opened_at     timestamptz NOT NULL,
    -- of the last step that was taken; none before the first
    stage         text,
    office        text,
    closed_on     date,
    CONSTRAINT arrears_case_pkey PRIMARY KEY (case_id),
    CONSTRAINT arrears_case_closed_after_opened CHECK (closed_on >= opened_on)
);
CREATE UNIQUE INDEX arrears_case_one_open ON arrears.arrears_case (lease_id) WHERE closed_on IS NULL;
CREATE INDEX arrears_case_of_city ON arrears.arrears_case (city_code, case_id DESC) WHERE closed_on IS NULL;
CREATE INDEX arrears_case_of_lease ON arrears.arrears_case (lease_id, case_id DESC);
GRANT SELECT, INSERT ON arrears.arrears_case TO anju_app;
GRANT UPDATE (stage, office, closed_on) ON arrears.arrears_case TO anju_app;

-- A step of the ladder, with what was owed when it was taken. Each is taken once in a case, and one a day.
CREATE TABLE arrears.step (
    step_id      uuid        NOT NULL,
    case_id      uuid        NOT NULL REFERENCES arrears.arrears_case,
    rung         text        NOT NULL,
    action       text        NOT NULL,
    office       text        NOT NULL,
    channels     text[]      NOT NULL,
    due_on       date        NOT NULL,
    taken_on     date        NOT NULL CHECK (taken_on >= due_on),
    unpaid_since date        NOT NULL,
    overdue_fen  bigint      NOT NULL CHECK (overdue_fen > 0),
    text_zh      text        NOT NULL,
    text_en      text        NOT NULL,
    taken_at     timestamptz NOT NULL,
    CONSTRAINT step_pkey PRIMARY KEY (step_id),
    CONSTRAINT step_taken_once UNIQUE (case_id, rung),
    CONSTRAINT step_one_a_day UNIQUE (case_id, taken_on)
);
GRANT SELECT, INSERT ON arrears.step TO anju_app;
CREATE TRIGGER step_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON arrears.step
    FOR EACH STATEMENT EXECUTE FUNCTION arrears.refuse_change();

-- When a notice reached the household, for each way that it was sent.
CREATE TABLE arrears.delivery (
    step_id      uuid        NOT NULL REFERENCES arrears.step,
    channel      text        NOT NULL CHECK (channel IN ('app', 'letter', 'visit')),
    delivered_on date        NOT NULL,
    note         text,
    -- none where the resident opened it
    recorded_by  uuid,
    recorded_at  timestamptz NOT NULL,
    CONSTRAINT delivery_once PRIMARY KEY (step_id, channel)
);
GRANT SELECT, INSERT ON arrears.delivery TO anju_app;
CREATE TRIGGER delivery_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON arrears.delivery
    FOR EACH STATEMENT EXECUTE FUNCTION arrears.refuse_change();

-- Days on which nothing is done and no late fee grows.
CREATE TABLE arrears.pause (
    pause_id   uuid        NOT NULL,
    lease_id   uuid        NOT NULL,
    city_code  text        NOT NULL,
    reason     text        NOT NULL CHECK (reason IN ('complaint', 'deferral', 'plan', 'hospital', 'death', 'other')),
    from_date  date        NOT NULL,
    to_date    date        NOT NULL CHECK (to_date >= from_date),
    note       text        NOT NULL,
    -- the request or the complaint that it follows from
    source_id  uuid,
    set_by     uuid,
    set_at     timestamptz NOT NULL,
    -- first day that is no longer paused
    ended_on   date        CHECK (ended_on >= from_date),
    ended_by   uuid,
    end_note   text,
    CONSTRAINT pause_pkey PRIMARY KEY (pause_id),
    CONSTRAINT pause_once_per_source UNIQUE (source_id),
    CONSTRAINT pause_end_is_whole CHECK ((ended_on IS NULL) = (end_note IS NULL))
);
CREATE INDEX pause_of_lease ON arrears.pause (lease_id, from_date);
GRANT SELECT, INSERT ON arrears.pause TO anju_app;
GRANT UPDATE (ended_on, ended_by, end_note) ON arrears.pause TO anju_app;

-- Bills that were overdue at some time, until their late fee is final.
CREATE TABLE arrears.late_bill (
    bill_id  uuid NOT NULL,
    lease_id uuid NOT NULL,
    final_on date,
    CONSTRAINT late_bill_pkey PRIMARY KEY (bill_id)
);
CREATE INDEX late_bill_open ON arrears.late_bill (lease_id) WHERE final_on IS NULL;
GRANT SELECT, INSERT ON arrears.late_bill TO anju_app;
GRANT UPDATE (final_on) ON arrears.late_bill TO anju_app;

-- What was charged for being late with a bill, up to a day: each row brings what was charged before to what the rule gives.
CREATE TABLE arrears.late_fee (
    bill_id     uuid        NOT NULL REFERENCES arrears.late_bill,
    through     date        NOT NULL,
    accrued_fen bigint      NOT NULL CHECK (accrued_fen >= 0),
    -- none where the rules set no cap
    cap_fen     bigint,
    -- below zero where a debt turned out smaller
    charged_fen bigint      NOT NULL,
    fee_bill_id uuid,
    text_zh     text        NOT NULL,
    text_en     text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT late_fee_pkey PRIMARY KEY (bill_id, through),
    CONSTRAINT late_fee_within_cap CHECK (accrued_fen <= cap_fen),
    CONSTRAINT late_fee_has_bill CHECK ((fee_bill_id IS NOT NULL) = (charged_fen > 0))
);
CREATE UNIQUE INDEX late_fee_of_bill ON arrears.late_fee (fee_bill_id) WHERE fee_bill_id IS NOT NULL;
GRANT SELECT, INSERT ON arrears.late_fee TO anju_app;
CREATE TRIGGER late_fee_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON arrears.late_fee
    FOR EACH STATEMENT EXECUTE FUNCTION arrears.refuse_change();

-- One row for each day on which arrears were followed up, with how far that has come.
CREATE TABLE arrears.night (
    day         date        NOT NULL,
    after_lease uuid,
    leases      integer     NOT NULL DEFAULT 0,
    steps       integer     NOT NULL DEFAULT 0,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT night_pkey PRIMARY KEY (day)
);
GRANT SELECT, INSERT ON arrears.night TO anju_app;
GRANT UPDATE (after_lease, leases, steps, finished_at) ON arrears.night TO anju_app;

-- What waits for an answer about a lease pauses its arrears.
CREATE INDEX complaint_pending_about_lease ON complaint.complaint (subject_id)
    WHERE subject_type = 'lease' AND state IN ('received', 'handling', 'in_review');
