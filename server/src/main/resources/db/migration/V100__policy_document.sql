-- Policy documents: what a decision was made under stays readable and unchanged for as long as the decision.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE SCHEMA policy;
GRANT USAGE ON SCHEMA policy TO anju_app;

CREATE TABLE policy.document (
    digest     text        NOT NULL,
    city_code  text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    programme  text        NOT NULL CHECK (programme ~ '^[a-z][a-z0-9-]{1,39}$'),
    version    text        NOT NULL CHECK (version <> ''),
    effective  daterange   NOT NULL CHECK (NOT isempty(effective) AND NOT lower_inf(effective)),
    content    text        NOT NULL,
    loaded_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT policy_document_pkey PRIMARY KEY (digest),
    CONSTRAINT policy_digest_of_content CHECK (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
    CONSTRAINT policy_version_named_once UNIQUE (city_code, programme, version),
    CONSTRAINT one_policy_at_a_time
        EXCLUDE USING gist (city_code WITH =, programme WITH =, effective WITH &&)
);

COMMENT ON TABLE policy.document IS
    'Rules by content digest. The content leaves the end of the period out: a period ends when the next rule is issued.';

-- Grants keep the application from edits; the trigger keeps everyone else from them too.
CREATE FUNCTION policy.refuse_edit() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'UPDATE'
        AND upper_inf(OLD.effective)
        AND NOT upper_inf(NEW.effective)
        AND lower(NEW.effective) = lower(OLD.effective)
        AND (NEW.digest, NEW.city_code, NEW.programme, NEW.version, NEW.content, NEW.loaded_at)
          = (OLD.digest, OLD.city_code, OLD.programme, OLD.version, OLD.content, OLD.loaded_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a policy document is never changed' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER document_stays_as_it_is
    BEFORE UPDATE OR DELETE ON policy.document
    FOR EACH ROW EXECUTE FUNCTION policy.refuse_edit();

CREATE TRIGGER documents_stay
    BEFORE TRUNCATE ON policy.document
    FOR EACH STATEMENT EXECUTE FUNCTION policy.refuse_edit();

-- The one thing that may happen to a rule in force: it is given an end, once.
CREATE FUNCTION policy.end_period(document_digest text, last_day date) RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = policy, pg_temp AS
$$
BEGIN
    UPDATE policy.document
       SET effective = daterange(lower(effective), last_day, '[]')
     WHERE digest = document_digest
       AND upper_inf(effective);
    RETURN FOUND;
END
$$;

REVOKE ALL ON FUNCTION policy.end_period(text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION policy.end_period(text, date) TO anju_app;
GRANT SELECT, INSERT ON policy.document TO anju_app;
