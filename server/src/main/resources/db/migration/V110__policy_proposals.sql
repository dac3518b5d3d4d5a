-- Rules that somebody wants to put in force: one person proposes, another decides. What was proposed is never changed.
CREATE TABLE policy.proposal (
    proposal_id     uuid        PRIMARY KEY,
    digest          text        NOT NULL,
    city_code       text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    programme       text        NOT NULL,
    version         text        NOT NULL CHECK (version <> ''),
    effective       daterange   NOT NULL CHECK (NOT isempty(effective) AND NOT lower_inf(effective)),
    content         text        NOT NULL,
    written         text        NOT NULL,
    reason          text        NOT NULL CHECK (reason <> ''),
    proposed_by     uuid        NOT NULL,
    proposer_office text        NOT NULL,
    proposed_at     timestamptz NOT NULL,
    state           text        NOT NULL DEFAULT 'proposed'
                                CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn')),
    decided_by      uuid,
    decided_at      timestamptz,
    decision_reason text        CHECK (decision_reason <> ''),
    CONSTRAINT proposal_digest_of_content CHECK (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
    CONSTRAINT proposal_decided_as_a_whole
        CHECK (num_nulls(decided_by, decided_at, decision_reason) = CASE state WHEN 'proposed' THEN 3 ELSE 0 END),
    CONSTRAINT proposal_needs_a_second_person
        CHECK (state NOT IN ('approved', 'rejected') OR decided_by <> proposed_by),
    CONSTRAINT proposal_withdrawn_by_its_proposer CHECK (state <> 'withdrawn' OR decided_by = proposed_by)
);

COMMENT ON COLUMN policy.proposal.written IS 'The YAML as it was sent, comments included; content is its canonical text.';

-- the same rules wait for a decision once
CREATE UNIQUE INDEX proposal_waits_once ON policy.proposal (digest) WHERE state = 'proposed';
CREATE INDEX proposal_of_city ON policy.proposal (city_code, proposal_id DESC);

-- Grants keep the application from edits; the trigger keeps everyone else from them too.
CREATE FUNCTION policy.refuse_proposal_edit() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'UPDATE'
        AND OLD.state = 'proposed'
        AND NEW.state <> 'proposed'
        AND (NEW.proposal_id, NEW.digest, NEW.city_code, NEW.programme, NEW.version, NEW.effective, NEW.content,
             NEW.written, NEW.reason, NEW.proposed_by, NEW.proposer_office, NEW.proposed_at)
          = (OLD.proposal_id, OLD.digest, OLD.city_code, OLD.programme, OLD.version, OLD.effective, OLD.content,
             OLD.written, OLD.reason, OLD.proposed_by, OLD.proposer_office, OLD.proposed_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a proposal is decided once and never changed' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER proposal_stays_as_it_is
    BEFORE UPDATE OR DELETE ON policy.proposal
    FOR EACH ROW EXECUTE FUNCTION policy.refuse_proposal_edit();

CREATE TRIGGER proposals_stay
    BEFORE TRUNCATE ON policy.proposal
    FOR EACH STATEMENT EXECUTE FUNCTION policy.refuse_proposal_edit();

GRANT SELECT, INSERT ON policy.proposal TO anju_app;
GRANT UPDATE (state, decided_by, decided_at, decision_reason) ON policy.proposal TO anju_app;
