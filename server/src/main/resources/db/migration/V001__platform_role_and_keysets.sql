-- The server owns nothing: it works as anju_app, which has only what each migration grants.
-- Roles belong to the whole cluster, so another database may have made it already; an administrator may also have made
-- and granted it beforehand where the migrating user may not create roles.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'anju_app') THEN
        CREATE ROLE anju_app NOLOGIN;
    END IF;
    IF NOT EXISTS (
        SELECT
          FROM pg_auth_members
         WHERE roleid = 'anju_app'::regrole AND member = current_user::regrole AND set_option)
       AND current_user <> 'anju_app' THEN
        EXECUTE format('GRANT anju_app TO %I', current_user);
    END IF;
EXCEPTION
    -- two databases of one cluster migrated at the same moment
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

-- The schema itself is made by Flyway, which keeps its own table in it.
GRANT USAGE ON SCHEMA platform TO anju_app;

-- Which migrations ran: asked by the readiness check.
GRANT SELECT ON platform.flyway_schema_history TO anju_app;

-- Key material, sealed under the key file; see the crypto package. A new key is a new row, never an edit.
CREATE TABLE platform.keyset (
    name       text        NOT NULL CHECK (name ~ '^[a-z-]{1,40}$'),
    version    integer     NOT NULL CHECK (version > 0),
    sealed     bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, version)
);
GRANT SELECT, INSERT ON platform.keyset TO anju_app;
