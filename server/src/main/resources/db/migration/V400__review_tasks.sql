-- Review: one task per application and step, worked on by the office in charge of the household's area.
CREATE SCHEMA review;
GRANT USAGE ON SCHEMA review TO anju_app;

CREATE TABLE review.task (
    id                uuid        NOT NULL DEFAULT uuidv7(),
    application_id    uuid        NOT NULL REFERENCES application.application,
    kind              text        NOT NULL CHECK (kind IN ('review', 're-review')),
    city_code         text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    programme         text        NOT NULL CHECK (length(programme) <= 40),
    step_index        integer     NOT NULL CHECK (step_index >= 0),
    step_id           text        NOT NULL CHECK (length(step_id) <= 60),
    step_name_zh      text        NOT NULL CHECK (length(step_name_zh) <= 60),
    step_name_en      text        NOT NULL CHECK (length(step_name_en) <= 60),
    office_level      text        NOT NULL
        CHECK (office_level IN ('community', 'street', 'civil-affairs', 'district', 'city')),
    area_code         text        NOT NULL CHECK (area_code ~ '^\d{4,12}$'),
    policy_digest     text        NOT NULL CHECK (policy_digest ~ '^[0-9a-f]{64}$'),
    receipt_number    text        NOT NULL CHECK (length(receipt_number) <= 24),
    masked_name       text        NOT NULL CHECK (length(masked_name) <= 60),
    household_size    integer     NOT NULL CHECK (household_size > 0),
    category          text        NOT NULL CHECK (length(category) <= 60),
    state             text        NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'claimed', 'decided', 'closed')),
    claimed_by        uuid,
    claimed_at        timestamptz,
    first_decider     uuid,
    first_reasons     text[]      NOT NULL DEFAULT '{}',
    opened_at         timestamptz NOT NULL,
    due_on            date        NOT NULL,
    overdue_marked_at timestamptz,
    ended_at          timestamptz,
    version           bigint      NOT NULL DEFAULT 1 CHECK (version > 0),
    CONSTRAINT task_pkey PRIMARY KEY (id),
    CONSTRAINT task_claim_is_whole CHECK ((claimed_by IS NULL) = (claimed_at IS NULL)),
    CONSTRAINT task_claimed_by_someone CHECK (state <> 'claimed' OR claimed_by IS NOT NULL),
    CONSTRAINT task_open_is_nobodys CHECK (state <> 'open' OR claimed_by IS NULL),
    CONSTRAINT task_ended_at_known CHECK ((ended_at IS NOT NULL) = (state IN ('decided', 'closed'))),
    CONSTRAINT task_four_eyes CHECK (first_decider IS NULL OR claimed_by IS DISTINCT FROM first_decider)
);
COMMENT ON COLUMN review.task.area_code IS
    'the community''s 12 digits cut to the office''s level: street 9, district and civil affairs 6, city 4';
COMMENT ON COLUMN review.task.first_reasons IS 're-review: why the application was refused, and stays so when upheld';
COMMENT ON COLUMN review.task.first_decider IS 're-review: who decided the refusal, and so may not decide it again';

CREATE UNIQUE INDEX one_undecided_task_per_application ON review.task (application_id)
    WHERE state IN ('open', 'claimed');
CREATE INDEX task_of_application ON review.task (application_id, id);
CREATE INDEX task_work_list ON review.task (city_code, office_level, area_code, due_on, id)
    WHERE state IN ('open', 'claimed');
CREATE INDEX task_of_claimant ON review.task (claimed_by, due_on, id) WHERE state = 'claimed';
CREATE INDEX task_not_yet_marked_overdue ON review.task (due_on)
    WHERE state IN ('open', 'claimed') AND overdue_marked_at IS NULL;

GRANT SELECT, INSERT ON review.task TO anju_app;
GRANT UPDATE (state, claimed_by, claimed_at, overdue_marked_at, ended_at, version) ON review.task TO anju_app;

-- A decided or closed task stays so, whoever asks.
CREATE FUNCTION review.guard_task() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.state IN ('decided', 'closed') THEN
        RAISE EXCEPTION 'a task is decided once' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_decided_once';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER task_is_decided_once BEFORE UPDATE ON review.task
    FOR EACH ROW EXECUTE FUNCTION review.guard_task();

-- Every decision, for good, with what it rests on.
CREATE TABLE review.decision (
    id            uuid        NOT NULL DEFAULT uuidv7(),
    task_id       uuid        NOT NULL REFERENCES review.task,
    verdict       text        NOT NULL
        CHECK (verdict IN ('approve', 'refuse', 'send-back', 'request-correction', 'uphold', 'overturn')),
    reason_codes  text[]      NOT NULL,
    note          bytea,
    to_step       integer,
    decided_by    uuid        NOT NULL,
    office_name   text        NOT NULL CHECK (length(office_name) <= 100),
    policy_digest text        NOT NULL CHECK (policy_digest ~ '^[0-9a-f]{64}$'),
    facts_digest  text        NOT NULL CHECK (facts_digest ~ '^[0-9a-f]{64}$'),
    decided_at    timestamptz NOT NULL,
    CONSTRAINT decision_pkey PRIMARY KEY (id),
    CONSTRAINT one_decision_per_task UNIQUE (task_id),
    CONSTRAINT refusal_has_reasons CHECK ((verdict IN ('refuse', 'uphold')) = (cardinality(reason_codes) > 0)),
    CONSTRAINT send_back_has_a_step CHECK ((verdict = 'send-back') = (to_step IS NOT NULL))
);
COMMENT ON COLUMN review.decision.note IS 'sealed: free text about persons';
COMMENT ON COLUMN review.decision.facts_digest IS 'SHA-256 of the facts that the rules saw; the submission keeps the facts';

GRANT SELECT, INSERT ON review.decision TO anju_app;

CREATE FUNCTION review.refuse_edit() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER decision_stays BEFORE UPDATE OR DELETE ON review.decision
    FOR EACH ROW EXECUTE FUNCTION review.refuse_edit();
CREATE TRIGGER decisions_stay BEFORE TRUNCATE ON review.decision
    FOR EACH STATEMENT EXECUTE FUNCTION review.refuse_edit();
