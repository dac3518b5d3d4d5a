-- A row that is never changed takes a new key before its sealed content, and nothing else; see platform.rewrap.
CREATE OR REPLACE FUNCTION waitinglist.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'UPDATE' AND platform.rewrapping() THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'facts of the register are only ever added' USING ERRCODE = 'restrict_violation';
END
$$;
