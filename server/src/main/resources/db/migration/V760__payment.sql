-- Payments: orders at a channel, refunds, and differences that somebody must look at.
CREATE SCHEMA payment;
GRANT USAGE ON SCHEMA payment TO anju_app;

-- The tables of legal moves, the same as PaymentState and RefundState in the program.
CREATE TABLE payment.legal_move (
    thing      text NOT NULL CHECK (thing IN ('payment', 'refund')),
    from_state text NOT NULL,
    to_state   text NOT NULL,
    CONSTRAINT legal_move_pkey PRIMARY KEY (thing, from_state, to_state)
);
GRANT SELECT ON payment.legal_move TO anju_app;

INSERT INTO payment.legal_move (thing, from_state, to_state)
VALUES ('payment', 'created', 'open'),
       ('payment', 'created', 'closing'),
       ('payment', 'created', 'paid'),
       ('payment', 'created', 'failed'),
       ('payment', 'open', 'closing'),
       ('payment', 'open', 'paid'),
       ('payment', 'open', 'closed'),
       ('payment', 'closing', 'paid'),
       ('payment', 'closing', 'closed'),
       ('payment', 'closed', 'paid_late'),
       ('payment', 'failed', 'paid_late'),
       ('refund', 'requested', 'approved'),
       ('refund', 'requested', 'rejected'),
       ('refund', 'approved', 'processing'),
       ('refund', 'approved', 'succeeded'),
       ('refund', 'approved', 'failed'),
       ('refund', 'approved', 'abnormal'),
       ('refund', 'processing', 'succeeded'),
       ('refund', 'processing', 'failed'),
       ('refund', 'processing', 'abnormal'),
       ('refund', 'abnormal', 'succeeded'),
       ('refund', 'abnormal', 'failed');

CREATE TABLE payment.payment (
    id             uuid        NOT NULL,
    city_code      text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    resident_id    uuid        NOT NULL,
    lease_id       uuid        NOT NULL,
    channel        text        NOT NULL CHECK (channel ~ '^[a-z]{2,20}$'),
    out_trade_no   text        NOT NULL CHECK (out_trade_no ~ '^[0-9A-Za-z_|*-]{6,32}$'),
    request_key    text        NOT NULL CHECK (length(request_key) BETWEEN 16 AND 64),
    bill_ids       uuid[]      NOT NULL CHECK (cardinality(bill_ids) BETWEEN 1 AND 50),
    title          text        NOT NULL CHECK (length(title) BETWEEN 1 AND 127),
    amount_fen     bigint      NOT NULL CHECK (amount_fen > 0),
    state          text        NOT NULL DEFAULT 'created',
    version        bigint      NOT NULL DEFAULT 1 CHECK (version > 0),
    created_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    prepay_id      text        CHECK (length(prepay_id) <= 64),
    transaction_id text        CHECK (length(transaction_id) <= 64),
    paid_at        timestamptz,
    -- what refunds that may still be made, and those that were made, come to
    reserved_fen   bigint      NOT NULL DEFAULT 0,
    refunded_fen   bigint      NOT NULL DEFAULT 0,
    refunds        integer     NOT NULL DEFAULT 0,
    look_at        timestamptz,
    looks          integer     NOT NULL DEFAULT 0,
    CONSTRAINT payment_pkey PRIMARY KEY (id),
    CONSTRAINT payment_number_once UNIQUE (out_trade_no),
    CONSTRAINT payment_once_per_request UNIQUE (resident_id, request_key),
    CONSTRAINT payment_transaction_once UNIQUE (channel, transaction_id),
    CONSTRAINT payment_paid_is_whole
        CHECK ((state IN ('paid', 'paid_late')) = (transaction_id IS NOT NULL AND paid_at IS NOT NULL)),
    CONSTRAINT payment_refunds_within_payment CHECK (0 <= refunded_fen AND refunded_fen <= reserved_fen
        AND reserved_fen <= amount_fen),
    CONSTRAINT payment_refunds_only_of_paid CHECK (refunds = 0 OR state IN ('paid', 'paid_late')),
    CONSTRAINT payment_at_most_50_refunds CHECK (refunds BETWEEN 0 AND 50)
);
CREATE INDEX payment_of_resident ON payment.payment (resident_id, id DESC);
CREATE INDEX payment_of_city ON payment.payment (city_code, id DESC);
CREATE INDEX payment_to_look_at ON payment.payment (look_at) WHERE look_at IS NOT NULL;
COMMENT ON COLUMN payment.payment.request_key IS 'the Idempotency-Key: a repeat after a crash finds its order';
COMMENT ON COLUMN payment.payment.look_at IS 'when to ask the channel next, or to close the order; none where nothing is left to ask';
GRANT SELECT, INSERT ON payment.payment TO anju_app;
GRANT UPDATE (state, version, prepay_id, transaction_id, paid_at, reserved_fen, refunded_fen, refunds, look_at, looks)
    ON payment.payment TO anju_app;

-- One open order per bill, whoever pays: the key is the guard.
CREATE TABLE payment.open_bill (
    bill_id    uuid NOT NULL,
    payment_id uuid NOT NULL REFERENCES payment.payment,
    CONSTRAINT bill_in_one_open_payment PRIMARY KEY (bill_id)
);
CREATE INDEX open_bill_of_payment ON payment.open_bill (payment_id);
GRANT SELECT, INSERT, DELETE ON payment.open_bill TO anju_app;

CREATE TABLE payment.refund (
    id               uuid        NOT NULL,
    payment_id       uuid        NOT NULL REFERENCES payment.payment,
    city_code        text        NOT NULL,
    out_refund_no    text        NOT NULL CHECK (out_refund_no ~ '^[0-9A-Za-z_|*@-]{6,64}$'),
    amount_fen       bigint      NOT NULL CHECK (amount_fen > 0),
    state            text        NOT NULL,
    version          bigint      NOT NULL DEFAULT 1 CHECK (version > 0),
    origin           text        NOT NULL CHECK (origin IN ('resident', 'staff', 'late')),
    requested_by     uuid,
    requested_at     timestamptz NOT NULL,
    reason_sealed    bytea,
    approvals_needed integer     NOT NULL CHECK (approvals_needed BETWEEN 0 AND 2),
    approvals        integer     NOT NULL DEFAULT 0 CHECK (approvals BETWEEN 0 AND 2),
    decided_by       uuid,
    decision_sealed  bytea,
    channel_refund   text        CHECK (length(channel_refund) <= 64),
    succeeded_at     timestamptz,
    look_at          timestamptz,
    looks            integer     NOT NULL DEFAULT 0,
    CONSTRAINT refund_pkey PRIMARY KEY (id),
    CONSTRAINT refund_number_once UNIQUE (out_refund_no),
    CONSTRAINT refund_succeeded_is_whole CHECK ((state = 'succeeded') = (succeeded_at IS NOT NULL))
);
CREATE INDEX refund_of_payment ON payment.refund (payment_id, id);
CREATE INDEX refund_of_city ON payment.refund (city_code, state, id);
CREATE INDEX refund_to_look_at ON payment.refund (look_at) WHERE look_at IS NOT NULL;
CREATE UNIQUE INDEX refund_of_late_payment_once ON payment.refund (payment_id) WHERE origin = 'late' AND state <> 'failed';
GRANT SELECT, INSERT ON payment.refund TO anju_app;
GRANT UPDATE (state, version, approvals, decided_by, decision_sealed, channel_refund, succeeded_at, look_at, looks)
    ON payment.refund TO anju_app;

-- Who agreed to a refund; nobody twice.
CREATE TABLE payment.refund_approval (
    refund_id   uuid        NOT NULL REFERENCES payment.refund,
    staff_id    uuid        NOT NULL,
    approved_at timestamptz NOT NULL,
    CONSTRAINT refund_approved_once_by_each PRIMARY KEY (refund_id, staff_id)
);
GRANT SELECT, INSERT ON payment.refund_approval TO anju_app;

-- What payments could not settle by themselves.
CREATE TABLE payment.item (
    id          uuid        NOT NULL DEFAULT uuidv7(),
    city_code   text        CHECK (city_code ~ '^\d{6}$'),
    kind        text        NOT NULL CHECK (kind ~ '^[a-z]+(-[a-z]+)*$'),
    subject     text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 100),
    amount_fen  bigint,
    about       jsonb       NOT NULL,
    raised_at   timestamptz NOT NULL,
    resolved_at timestamptz,
    resolved_by uuid,
    resolution  text        CHECK (length(resolution) <= 500),
    CONSTRAINT item_pkey PRIMARY KEY (id),
    CONSTRAINT item_once_per_subject UNIQUE (kind, subject),
    CONSTRAINT item_resolved_whole CHECK (num_nonnulls(resolved_at, resolved_by, resolution) IN (0, 3))
);
CREATE INDEX item_of_city ON payment.item (city_code, id);
CREATE INDEX item_open ON payment.item (raised_at) WHERE resolved_at IS NULL;
COMMENT ON COLUMN payment.item.city_code IS 'none where the number says nothing about whose it is';
GRANT SELECT, INSERT, UPDATE (resolved_at, resolved_by, resolution) ON payment.item TO anju_app;

CREATE FUNCTION payment.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER refund_approval_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON payment.refund_approval
    FOR EACH STATEMENT EXECUTE FUNCTION payment.refuse_change();
CREATE TRIGGER payment_stays BEFORE DELETE OR TRUNCATE ON payment.payment
    FOR EACH STATEMENT EXECUTE FUNCTION payment.refuse_change();
CREATE TRIGGER refund_stays BEFORE DELETE OR TRUNCATE ON payment.refund
    FOR EACH STATEMENT EXECUTE FUNCTION payment.refuse_change();
CREATE TRIGGER item_stays BEFORE DELETE OR TRUNCATE ON payment.item
    FOR EACH STATEMENT EXECUTE FUNCTION payment.refuse_change();

-- Every move is on the table of legal ones and counts the version up; what an order was made as does not change.
CREATE FUNCTION payment.guard_payment() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF NEW.state <> OLD.state AND NOT EXISTS (
        SELECT FROM payment.legal_move
         WHERE thing = 'payment' AND from_state = OLD.state AND to_state = NEW.state) THEN
        RAISE EXCEPTION 'no payment moves from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_legal_move';
    END IF;
    IF NEW.state <> OLD.state AND NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'every move counts the version up by one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_version_without_gap';
    END IF;
    IF (NEW.id, NEW.city_code, NEW.resident_id, NEW.lease_id, NEW.channel, NEW.out_trade_no, NEW.bill_ids,
        NEW.amount_fen, NEW.created_at, NEW.expires_at)
           IS DISTINCT FROM (OLD.id, OLD.city_code, OLD.resident_id, OLD.lease_id, OLD.channel, OLD.out_trade_no,
        OLD.bill_ids, OLD.amount_fen, OLD.created_at, OLD.expires_at)
        OR (OLD.transaction_id IS NOT NULL
            AND (NEW.transaction_id, NEW.paid_at) IS DISTINCT FROM (OLD.transaction_id, OLD.paid_at))
        OR NEW.refunded_fen < OLD.refunded_fen THEN
        RAISE EXCEPTION 'what a payment was made as does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER payment_moves_legally BEFORE UPDATE ON payment.payment
    FOR EACH ROW EXECUTE FUNCTION payment.guard_payment();

-- The same for refunds; none goes out with fewer approvals, by as many people, than it needs.
CREATE FUNCTION payment.guard_refund() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF NEW.state <> OLD.state AND NOT EXISTS (
        SELECT FROM payment.legal_move
         WHERE thing = 'refund' AND from_state = OLD.state AND to_state = NEW.state) THEN
        RAISE EXCEPTION 'no refund moves from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_legal_move';
    END IF;
    IF NEW.state <> OLD.state AND NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'every move counts the version up by one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_version_without_gap';
    END IF;
    IF NEW.state = 'approved' AND OLD.state <> 'approved' AND NEW.approvals_needed > (
        SELECT count(*) FROM payment.refund_approval WHERE refund_id = NEW.id) THEN
        RAISE EXCEPTION 'refund % has too few approvals', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_four_eyes';
    END IF;
    IF (NEW.id, NEW.payment_id, NEW.out_refund_no, NEW.amount_fen, NEW.origin, NEW.approvals_needed)
           IS DISTINCT FROM (OLD.id, OLD.payment_id, OLD.out_refund_no, OLD.amount_fen, OLD.origin, OLD.approvals_needed)
    THEN
        RAISE EXCEPTION 'what a refund was asked as does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER refund_moves_legally BEFORE UPDATE ON payment.refund
    FOR EACH ROW EXECUTE FUNCTION payment.guard_refund();

CREATE FUNCTION payment.guard_resolution() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.resolved_at IS NOT NULL THEN
        RAISE EXCEPTION 'an item is resolved once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'item_resolved_once';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER item_resolved_once BEFORE UPDATE ON payment.item
    FOR EACH ROW EXECUTE FUNCTION payment.guard_resolution();
