-- One row for every unsafe request that took effect: same key and same request, same answer, for as long as what it
-- made is kept. Rows are only ever added: the answer is written once, in the transaction of the effect itself.
CREATE TABLE platform.idempotency (
    scope       text        NOT NULL CHECK (length(scope) <= 64),
    operation   text        NOT NULL CHECK (length(operation) <= 64),
    key         text        NOT NULL CHECK (key ~ '^[A-Za-z0-9_-]{16,64}$'),
    digest      bytea       NOT NULL CHECK (length(digest) = 32),
    answer      bytea       NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (scope, operation, key)
);

COMMENT ON COLUMN platform.idempotency.scope IS 'kind and id of the caller; anonymous callers share one';
COMMENT ON COLUMN platform.idempotency.digest IS 'SHA-256 of method, operation, parameters and body';
COMMENT ON COLUMN platform.idempotency.answer IS 'media type, headers and body, sealed: answers hold tokens and personal data';

GRANT SELECT, INSERT ON platform.idempotency TO anju_app;

-- Takes the key for this transaction and then looks for its answer. A function and not one SELECT, because each
-- statement of a volatile function has its own snapshot: the look happens after the lock is held, so a request that
-- has just been committed beside us is seen.
CREATE FUNCTION platform.begin_once(wanted_scope text, wanted_operation text, wanted_key text)
    RETURNS TABLE (locked boolean, digest bytea, answer bytea)
    LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(
            hashtextextended(concat_ws(E'\n', 'once', wanted_scope, wanted_operation, wanted_key), 0)) THEN
        RETURN QUERY SELECT false, NULL::bytea, NULL::bytea;
        RETURN;
    END IF;
    RETURN QUERY
        SELECT true, stored.digest, stored.answer
          FROM (VALUES (1)) AS one (row)
          LEFT JOIN platform.idempotency AS stored
            ON stored.scope = wanted_scope AND stored.operation = wanted_operation AND stored.key = wanted_key;
END
$$;

GRANT EXECUTE ON FUNCTION platform.begin_once(text, text, text) TO anju_app;
