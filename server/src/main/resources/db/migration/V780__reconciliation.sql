-- Reconciliation: what a channel's bill of a day says, compared line by line with what we hold. Every difference is an
-- item with a name, and stays until somebody has said what became of it.
CREATE SCHEMA reconciliation;
GRANT USAGE ON SCHEMA reconciliation TO anju_app;

-- One comparison of one day. A day may be compared again; each comparison counts on from the one before.
CREATE TABLE reconciliation.run (
    run_id       uuid        NOT NULL,
    channel      text        NOT NULL CHECK (channel ~ '^[a-z]{2,20}$'),
    bill_date    date        NOT NULL,
    number       integer     NOT NULL CHECK (number > 0),
    requested_by uuid,
    requested_at timestamptz NOT NULL,
    state        text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
    stage        text        NOT NULL DEFAULT 'fetch' CHECK (stage IN ('fetch', 'gather', 'compare')),
    failure      text,
    finished_at  timestamptz,
    line_count   integer     CHECK (line_count >= 0),
    value_fen    bigint      CHECK (value_fen >= 0),
    verified_fen bigint      CHECK (verified_fen >= 0 AND verified_fen <= value_fen),
    found        integer     CHECK (found >= 0),
    CONSTRAINT run_pkey PRIMARY KEY (run_id),
    CONSTRAINT run_numbers_count UNIQUE (channel, bill_date, number),
    CONSTRAINT run_finished_when_ended CHECK ((state = 'running') = (finished_at IS NULL)),
    CONSTRAINT run_result_when_done
        CHECK (num_nulls(line_count, value_fen, verified_fen, found) = CASE state WHEN 'done' THEN 0 ELSE 4 END),
    CONSTRAINT run_failure_when_failed CHECK ((state = 'failed') = (failure IS NOT NULL))
);
CREATE UNIQUE INDEX run_one_at_a_time ON reconciliation.run (channel, bill_date) WHERE state = 'running';
COMMENT ON COLUMN reconciliation.run.requested_by IS 'none for the daily one';
COMMENT ON COLUMN reconciliation.run.value_fen IS 'of everything that either side lists, payments and refunds alike';
GRANT SELECT, INSERT ON reconciliation.run TO anju_app;
GRANT UPDATE (state, stage, failure, finished_at, line_count, value_fen, verified_fen, found)
    ON reconciliation.run TO anju_app;

-- The bill's lines, without what tells of the payer. Those of the newest comparison of a day stay.
CREATE TABLE reconciliation.line (
    run_id         uuid        NOT NULL,
    number         integer     NOT NULL,
    kind           text        NOT NULL CHECK (kind IN ('payment', 'refund')),
    subject        text        NOT NULL,
    channel_number text        NOT NULL,
    at             timestamptz NOT NULL,
    merchant_id    text        NOT NULL,
    app_id         text        NOT NULL,
    currency       text        NOT NULL,
    amount_fen     bigint      NOT NULL,
    fee_fen        bigint      NOT NULL,
    refund_state   text        NOT NULL,
    CONSTRAINT line_pkey PRIMARY KEY (run_id, number)
);
CREATE INDEX line_of_subject ON reconciliation.line (kind, subject);
COMMENT ON COLUMN reconciliation.line.subject IS 'our own number of the order or the refund';
GRANT SELECT, INSERT, DELETE, MAINTAIN ON reconciliation.line TO anju_app;

-- Lines that cannot be read, by their place; what they say is not kept.
CREATE TABLE reconciliation.unreadable_line (
    run_id uuid    NOT NULL,
    number integer NOT NULL,
    reason text    NOT NULL,
    CONSTRAINT unreadable_line_pkey PRIMARY KEY (run_id, number)
);
GRANT SELECT, INSERT, DELETE ON reconciliation.unreadable_line TO anju_app;

-- What we held when the comparison was made; goes when it is done.
CREATE TABLE reconciliation.movement (
    run_id         uuid    NOT NULL,
    kind           text    NOT NULL CHECK (kind IN ('payment', 'refund')),
    subject        text    NOT NULL,
    city_code      text    NOT NULL,
    amount_fen     bigint  NOT NULL,
    done_at        timestamptz,
    channel_number text,
    posted_fen     bigint  NOT NULL,
    CONSTRAINT movement_pkey PRIMARY KEY (run_id, kind, subject)
);
COMMENT ON COLUMN reconciliation.movement.done_at IS 'when the money moved, by the channel''s clock; none where it has not';
COMMENT ON COLUMN reconciliation.movement.posted_fen IS 'what the ledger has on the channel''s clearing account for it';
GRANT SELECT, INSERT, DELETE, MAINTAIN ON reconciliation.movement TO anju_app;

-- A difference. It is found once: another comparison that finds it again changes nothing but when it was last seen.
CREATE TABLE reconciliation.item (
    item_id        uuid        NOT NULL,
    channel        text        NOT NULL,
    bill_date      date        NOT NULL,
    kind           text        NOT NULL CHECK (kind ~ '^[a-z]+(-[a-z]+)*$'),
    subject        text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 100),
    city_code      text        CHECK (city_code ~ '^\d{6}$'),
    ours           text,
    theirs         text,
    difference_fen bigint      NOT NULL,
    found_at       timestamptz NOT NULL,
    found_by       uuid        NOT NULL REFERENCES reconciliation.run,
    seen_by        uuid        NOT NULL REFERENCES reconciliation.run,
    state          text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'proposed', 'resolved')),
    owner_id       uuid,
    resolution     text        CHECK (resolution IN ('explained', 'booked', 'vanished')),
    reason         text        CHECK (length(reason) BETWEEN 1 AND 500),
    proposed_by    uuid,
    resolved_by    uuid,
    resolved_at    timestamptz,
    posting_id     uuid,
    CONSTRAINT item_pkey PRIMARY KEY (item_id),
    CONSTRAINT item_once UNIQUE (channel, bill_date, kind, subject),
    CONSTRAINT item_resolved_whole CHECK ((state = 'resolved') = (resolved_at IS NOT NULL)),
    CONSTRAINT item_answered_by_a_resolution CHECK ((state = 'open') = (resolution IS NULL AND reason IS NULL)),
    -- money moves only when two people have looked at it
    CONSTRAINT item_booked_by_two CHECK (resolution IS DISTINCT FROM 'booked' OR (proposed_by IS NOT NULL
        AND (state = 'proposed' OR (resolved_by IS NOT NULL AND resolved_by <> proposed_by)))),
    CONSTRAINT item_booked_has_its_posting
        CHECK ((posting_id IS NOT NULL) = (resolution IS NOT DISTINCT FROM 'booked' AND state = 'resolved'))
);
CREATE INDEX item_listed ON reconciliation.item (found_at DESC, item_id DESC);
CREATE INDEX item_unresolved ON reconciliation.item (found_at) WHERE state <> 'resolved';
COMMENT ON COLUMN reconciliation.item.city_code IS 'none where only the channel knows the subject';
COMMENT ON COLUMN reconciliation.item.difference_fen IS 'what the channel has more than we, seen from the clearing account';
COMMENT ON COLUMN reconciliation.item.owner_id IS 'none: the finance office as a whole';
GRANT SELECT, INSERT ON reconciliation.item TO anju_app;
GRANT UPDATE (seen_by, state, owner_id, resolution, reason, proposed_by, resolved_by, resolved_at, posting_id)
    ON reconciliation.item TO anju_app;

-- What happened to an item, and who did it.
CREATE TABLE reconciliation.item_event (
    event_id uuid        NOT NULL DEFAULT uuidv7(),
    item_id  uuid        NOT NULL REFERENCES reconciliation.item,
    at       timestamptz NOT NULL,
    actor_id uuid,
    action   text        NOT NULL CHECK (action IN
                 ('found', 'found-again', 'assigned', 'explained', 'proposed', 'booked', 'rejected', 'vanished')),
    note     text,
    CONSTRAINT item_event_pkey PRIMARY KEY (event_id)
);
CREATE INDEX item_event_of_item ON reconciliation.item_event (item_id, event_id);
GRANT SELECT, INSERT ON reconciliation.item_event TO anju_app;

-- Grants keep the application from changes; the trigger keeps everyone else from them too.
CREATE FUNCTION reconciliation.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'rows of % stay', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER item_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON reconciliation.item_event
    FOR EACH STATEMENT EXECUTE FUNCTION reconciliation.refuse_change();
CREATE TRIGGER item_stays BEFORE DELETE OR TRUNCATE ON reconciliation.item
    FOR EACH STATEMENT EXECUTE FUNCTION reconciliation.refuse_change();
CREATE TRIGGER run_stays BEFORE DELETE OR TRUNCATE ON reconciliation.run
    FOR EACH STATEMENT EXECUTE FUNCTION reconciliation.refuse_change();
