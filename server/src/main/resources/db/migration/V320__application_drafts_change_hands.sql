-- A draft goes along when its account is joined to another; what was handed in stays with who handed it in.
CREATE OR REPLACE FUNCTION application.guard_move() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' OR NEW.submissions <> 0 THEN
            RAISE EXCEPTION 'an application begins as a draft'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'application_legal_move';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.state <> OLD.state OR NEW.step_index IS DISTINCT FROM OLD.step_index)
        AND NOT EXISTS (
            SELECT FROM application.legal_move WHERE from_state = OLD.state AND to_state = NEW.state) THEN
        RAISE EXCEPTION 'no application moves from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'application_legal_move';
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'every change counts the version up by one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'application_version_without_gap';
    END IF;
    IF (NEW.id, NEW.city_code, NEW.programme, NEW.created_at)
            IS DISTINCT FROM (OLD.id, OLD.city_code, OLD.programme, OLD.created_at)
        OR (OLD.submissions > 0
            AND (NEW.resident_id, NEW.policy_digest, NEW.receipt_number, NEW.submitted_at)
                IS DISTINCT FROM (OLD.resident_id, OLD.policy_digest, OLD.receipt_number, OLD.submitted_at)) THEN
        RAISE EXCEPTION 'what an application was handed in as does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
