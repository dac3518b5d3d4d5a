-- Events in the order of their transactions. A reader takes only rows older than every running transaction, because a
-- sequence alone would let a late commit slip in behind a reader that has already passed.
CREATE TABLE platform.outbox (
    xact       xid8        NOT NULL DEFAULT pg_current_xact_id(),
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    topic      text        NOT NULL CHECK (topic ~ '^[a-z0-9.-]{1,60}$'),
    subject_id uuid        NOT NULL,
    payload    jsonb       NOT NULL,
    PRIMARY KEY (xact, id)
);
GRANT SELECT, INSERT ON platform.outbox TO anju_app;

-- How far each consumer has read.
CREATE TABLE platform.outbox_position (
    consumer text   PRIMARY KEY CHECK (consumer ~ '^[a-z0-9.-]{1,60}$'),
    xact     xid8   NOT NULL,
    id       bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON platform.outbox_position TO anju_app;
