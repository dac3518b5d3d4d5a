-- Events go when their period is over and every consumer has read them, and in no other way.
CREATE FUNCTION platform.erase_events(before timestamptz, most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    erased integer;
BEGIN
    DELETE FROM platform.outbox
     WHERE ctid = ANY (ARRAY(SELECT o.ctid
                               FROM platform.outbox AS o
                              WHERE o.at < before
                                AND NOT EXISTS (SELECT
                                                  FROM platform.outbox_position AS p
                                                 WHERE (p.xact, p.id) < (o.xact, o.id))
                              LIMIT most));
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
END
$$;
REVOKE ALL ON FUNCTION platform.erase_events(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.erase_events(timestamptz, integer) TO anju_app;
