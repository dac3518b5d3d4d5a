-- Stored answers go in two ways only: when their period is over, and with the account that they were given to.
REVOKE DELETE ON platform.idempotency FROM anju_app;

CREATE FUNCTION platform.erase_answers(before timestamptz, of_operations text[], most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    erased integer;
BEGIN
    DELETE FROM platform.idempotency
     WHERE ctid = ANY (ARRAY(SELECT ctid
                               FROM platform.idempotency
                              WHERE created_at < before
                                AND (of_operations IS NULL OR operation = ANY (of_operations))
                              LIMIT most));
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
END
$$;

CREATE FUNCTION platform.forget_answers(of_scope text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
    DELETE FROM platform.idempotency WHERE scope = of_scope;
$$;

REVOKE ALL ON FUNCTION platform.erase_answers(timestamptz, text[], integer), platform.forget_answers(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.erase_answers(timestamptz, text[], integer), platform.forget_answers(text) TO anju_app;
