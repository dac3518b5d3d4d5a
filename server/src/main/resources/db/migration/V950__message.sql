-- One-time subscribe messages: what residents consented to, one by one, and what was sent.
CREATE SCHEMA message;
GRANT USAGE ON SCHEMA message TO anju_app;

-- One consent is one message, so they are counted. A template that is replaced at WeChat takes its consents with it.
CREATE TABLE message.consent (
    resident_id uuid        NOT NULL REFERENCES identity.resident,
    template_id text        NOT NULL,
    unused      integer     NOT NULL CHECK (unused BETWEEN 0 AND 10),
    -- the last answer: a rejection takes nothing away that was given before
    accepted    boolean     NOT NULL,
    answered_at timestamptz NOT NULL,
    CONSTRAINT consent_pkey PRIMARY KEY (resident_id, template_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON message.consent TO anju_app;
CREATE INDEX consent_unused ON message.consent (template_id) WHERE unused > 0;

CREATE TABLE message.message (
    message_id  uuid        NOT NULL,
    resident_id uuid        NOT NULL REFERENCES identity.resident,
    -- of the outbox
    event_id    bigint      NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('rent-due', 'arrears', 'payment')),
    template_id text        NOT NULL,
    thing       text        NOT NULL CHECK (char_length(thing) BETWEEN 1 AND 20),
    amount_fen  bigint      NOT NULL CHECK (amount_fen > 0),
    day         date        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'failed', 'given-up')),
    tries       integer     NOT NULL DEFAULT 0,
    errcode     integer,
    made_at     timestamptz NOT NULL,
    ended_at    timestamptz,
    CONSTRAINT message_pkey PRIMARY KEY (message_id),
    CONSTRAINT message_one_of_an_event UNIQUE (event_id, resident_id),
    CONSTRAINT message_ended CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX message_of_resident ON message.message (resident_id, message_id);
CREATE INDEX message_by_time ON message.message (made_at);
GRANT SELECT, INSERT, DELETE ON message.message TO anju_app;
-- whose it is changes where accounts are joined
GRANT UPDATE (resident_id, state, tries, errcode, ended_at) ON message.message TO anju_app;
