-- A row that is never changed takes a new key before its sealed content, and nothing else; see platform.rewrap.
CREATE OR REPLACE FUNCTION publicity.guard_objection() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'UPDATE' AND platform.rewrapping() THEN
        RETURN NEW;
    END IF;
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION 'an objection is decided once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_decided_once';
    END IF;
    RETURN NEW;
END
$$;
