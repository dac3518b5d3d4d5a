-- Keys that are replaced while the service works: several at once, each with the suite that it belongs to.
ALTER TABLE platform.keyset
    ADD COLUMN suite        text        NOT NULL DEFAULT 'aes-256-gcm' CHECK (suite IN ('aes-256-gcm', 'sm4-gcm')),
    ADD COLUMN key_id       integer,
    ADD COLUMN own_form     boolean     NOT NULL DEFAULT false,
    ADD COLUMN encryption   text        NOT NULL DEFAULT 'file' CHECK (length(encryption) <= 200),
    ADD COLUMN primary_from timestamptz,
    ADD COLUMN retired_at   timestamptz;
COMMENT ON COLUMN platform.keyset.key_id IS 'stands in whatever the key sealed; none for keysets that the library sealed';
COMMENT ON COLUMN platform.keyset.encryption IS 'where the key lies that seals this one';
COMMENT ON COLUMN platform.keyset.primary_from IS 'when it begins to seal; every instance knows it some time before. None: since ever';

-- One rotation at a time. Begun by the owner of the database alone: the server's role can carry it on, not start it.
CREATE TABLE platform.key_rotation (
    id           uuid        PRIMARY KEY,
    to_version   integer     NOT NULL,
    key_id       integer     NOT NULL,
    suite        text        NOT NULL,
    state        text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'stopped', 'done')),
    begun_at     timestamptz NOT NULL,
    primary_from timestamptz NOT NULL,
    -- taken when every instance seals with the new key: what was under way before must have ended
    settled_xact xid8,
    finished_at  timestamptz
);
CREATE UNIQUE INDEX key_rotation_runs_alone ON platform.key_rotation ((true)) WHERE state <> 'done';
GRANT SELECT, UPDATE (state, settled_xact, finished_at) ON platform.key_rotation TO anju_app;

-- How far a rotation is in each column, or in the files of a domain.
CREATE TABLE platform.key_rotation_part (
    rotation_id uuid    NOT NULL REFERENCES platform.key_rotation,
    part        text    NOT NULL CHECK (length(part) <= 200),
    pass        integer NOT NULL DEFAULT 1,
    -- the next page of the table, or the last file
    position    text    NOT NULL DEFAULT '',
    pages       bigint  NOT NULL DEFAULT 0,
    resealed    bigint  NOT NULL DEFAULT 0,
    is_finished boolean NOT NULL DEFAULT false,
    PRIMARY KEY (rotation_id, part)
);
GRANT SELECT, INSERT, UPDATE ON platform.key_rotation_part TO anju_app;

-- Whether two sealed fields hold the same content, for the form that rows have which are never changed: the content is
-- sealed under a key of its own, which stands before it. Only what stands before it may differ; with another key of its
-- own the content would not open.
CREATE FUNCTION platform.same_content(before bytea, after bytea) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS
$$
    SELECT length(before) > 7 AND length(after) > 7
       AND get_byte(before, 0) = 3 AND get_byte(after, 0) = 3
       AND get_byte(before, 5) = get_byte(after, 5)
       AND substring(before FROM 8 + get_byte(before, 6)) = substring(after FROM 8 + get_byte(after, 6))
$$;

-- True inside of platform.rewrap alone. Whoever can set this without it owns the tables anyway.
CREATE FUNCTION platform.rewrapping() RETURNS boolean
    LANGUAGE sql STABLE AS
$$
    SELECT coalesce(current_setting('anju.rewrapping', true), '') = 'on'
$$;

-- The one way in which the server's role may touch a row that is never changed: the key before a sealed content is
-- replaced while a rotation runs; a content never is.
CREATE FUNCTION platform.rewrap(
    in_table text, in_column text, places text[], befores bytea[], afters bytea[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    changed bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM platform.key_rotation WHERE state = 'running') THEN
        RAISE EXCEPTION 'no key rotation runs' USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM set_config('anju.rewrapping', 'on', true);
    EXECUTE format(
        'UPDATE %s AS kept SET %I = one.after'
            '  FROM unnest($1::tid[], $2, $3) AS one (place, before, after)'
            ' WHERE kept.ctid = one.place AND kept.%I = one.before AND platform.same_content(one.before, one.after)',
        in_table::regclass, in_column, in_column)
      USING places, befores, afters;
    GET DIAGNOSTICS changed = ROW_COUNT;
    PERFORM set_config('anju.rewrapping', '', true);
    RETURN changed;
END
$$;
REVOKE EXECUTE ON FUNCTION platform.rewrap(text, text, text[], bytea[], bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.rewrap(text, text, text[], bytea[], bytea[]) TO anju_app;

-- Retires the keys before the one that a finished rotation brought, and forgets them. The server's role cannot do this
-- by itself, and here not before the rotation has ended.
CREATE FUNCTION platform.retire_keys(rotation uuid, at timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    retired integer;
BEGIN
    UPDATE platform.keyset AS k
       SET retired_at = at, sealed = ''
      FROM platform.key_rotation AS r
     WHERE r.id = rotation AND r.state = 'done'
       AND k.name = 'fields' AND k.version < r.to_version AND k.retired_at IS NULL;
    GET DIAGNOSTICS retired = ROW_COUNT;
    RETURN retired;
END
$$;
REVOKE EXECUTE ON FUNCTION platform.retire_keys(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.retire_keys(uuid, timestamptz) TO anju_app;

-- For the triggers of every table whose rows are only ever added. Each domain's own function says the same.
CREATE FUNCTION platform.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'UPDATE' AND platform.rewrapping() THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

-- The id that a stored answer is sealed for: a name-based UUID over caller, operation and key.
CREATE FUNCTION platform.name_uuid(name text) RETURNS uuid
    LANGUAGE sql IMMUTABLE AS
$$
    SELECT encode(set_byte(set_byte(hash, 6, get_byte(hash, 6) & 15 | 48), 8, get_byte(hash, 8) & 63 | 128), 'hex')::uuid
      FROM (SELECT decode(md5(name), 'hex')) AS one (hash)
$$;
