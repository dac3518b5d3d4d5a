-- A row that is never changed takes a new key before its sealed content, and nothing else; see platform.rewrap.
CREATE OR REPLACE FUNCTION application.refuse_edit() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'UPDATE' AND platform.rewrapping() THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE FUNCTION application.keep_handed_in() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.handed_in AND NOT (TG_OP = 'UPDATE' AND platform.rewrapping()) THEN
        RAISE EXCEPTION 'a document that was handed in stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
