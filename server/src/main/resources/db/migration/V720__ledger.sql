-- The ledger: accounts, postings, entries. Rows are only ever added; what an account holds is kept with a version beside
-- it, and every entry keeps the version and the balance that it led to.
CREATE SCHEMA ledger;
GRANT USAGE ON SCHEMA ledger TO anju_app;

-- What kinds of accounts there are, and between which balances each must stay at every instant (debit is positive).
CREATE TABLE ledger.account_kind (
    kind      text   NOT NULL CHECK (kind ~ '^[a-z]+(_[a-z]+)*$'),
    least_fen bigint,
    most_fen  bigint,
    CONSTRAINT account_kind_pkey PRIMARY KEY (kind)
);
GRANT SELECT ON ledger.account_kind TO anju_app;

INSERT INTO ledger.account_kind (kind, least_fen, most_fen)
VALUES ('receivable', 0, NULL),
       ('tenant_credit', NULL, 0),
       ('deposit', NULL, 0),
       ('subsidy_payable', NULL, 0),
       ('rent_income', NULL, NULL),
       ('late_fee_income', NULL, NULL),
       ('subsidy_expense', NULL, NULL),
       ('write_off', NULL, NULL),
       ('clearing', NULL, NULL),
       ('refunds_pending', NULL, 0),
       ('bank', NULL, NULL),
       ('channel_fee', NULL, NULL),
       ('unexplained', NULL, NULL);

CREATE TABLE ledger.account (
    id          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    city_code   text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    kind        text        NOT NULL REFERENCES ledger.account_kind,
    owner       text        NOT NULL CHECK (length(owner) BETWEEN 1 AND 80),
    version     bigint      NOT NULL DEFAULT 0 CHECK (version >= 0),
    balance_fen bigint      NOT NULL DEFAULT 0,
    posted_at   timestamptz,
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_once UNIQUE (city_code, kind, owner)
);
COMMENT ON COLUMN ledger.account.posted_at IS 'of its last entry; within one account time never goes back';
-- an account opens empty: version and balance are not for the opener to say
GRANT SELECT, INSERT (city_code, kind, owner), UPDATE (version, balance_fen, posted_at) ON ledger.account TO anju_app;

CREATE TABLE ledger.posting (
    id           uuid        NOT NULL DEFAULT uuidv7(),
    number       bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    city_code    text        NOT NULL,
    business_key text        NOT NULL CHECK (length(business_key) BETWEEN 1 AND 120),
    kind         text        NOT NULL CHECK (kind ~ '^[a-z]+(_[a-z]+)*$'),
    value_date   date        NOT NULL,
    posted_at    timestamptz NOT NULL,
    about        jsonb       NOT NULL,
    digest       bytea       NOT NULL CHECK (length(digest) = 32),
    reverses     uuid        REFERENCES ledger.posting,
    CONSTRAINT posting_pkey PRIMARY KEY (id),
    CONSTRAINT posting_once_per_business_key UNIQUE (business_key),
    CONSTRAINT posting_number_once UNIQUE (number)
);
CREATE UNIQUE INDEX posting_reversed_once ON ledger.posting (reverses) WHERE reverses IS NOT NULL;
COMMENT ON COLUMN ledger.posting.digest IS 'SHA-256 of the entries, so that a repeat under the same key can be told from a mistake';
GRANT SELECT, INSERT (city_code, business_key, kind, value_date, posted_at, about, digest, reverses)
    ON ledger.posting TO anju_app;

CREATE TABLE ledger.entry (
    account_id  bigint      NOT NULL,
    version     bigint      NOT NULL CHECK (version > 0),
    posting_id  uuid        NOT NULL,
    amount_fen  bigint      NOT NULL CHECK (amount_fen <> 0),
    balance_fen bigint      NOT NULL,
    posted_at   timestamptz NOT NULL,
    CONSTRAINT entry_pkey PRIMARY KEY (account_id, version),
    CONSTRAINT entry_of_posting UNIQUE (posting_id, account_id)
);
CREATE INDEX entry_by_time ON ledger.entry (account_id, posted_at, version);
COMMENT ON TABLE ledger.entry IS
    'its account and its posting are checked by set when it is added, and neither can go: a foreign key would ask row by row';
GRANT SELECT, INSERT ON ledger.entry TO anju_app;

-- Grants keep the application from changes; the triggers keep everyone else from them too.
CREATE FUNCTION ledger.refuse_change() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER posting_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER account_stays BEFORE DELETE OR TRUNCATE ON ledger.account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- What one statement adds must be whole: each posting sums to nothing, each entry follows the one before it.
CREATE FUNCTION ledger.check_entries() RETURNS trigger
    LANGUAGE plpgsql AS
$$
DECLARE
    broken text;
BEGIN
    SELECT 'ledger_posting_balances' INTO broken
      FROM added
     GROUP BY posting_id
    HAVING sum(amount_fen) <> 0 OR count(*) < 2
     LIMIT 1;
    IF broken IS NULL THEN
        SELECT CASE
                   WHEN a.id IS NULL OR p.id IS NULL OR p.city_code <> a.city_code OR p.posted_at <> e.posted_at
                       THEN 'ledger_entry_belongs'
                   WHEN e.balance_fen <> coalesce(before.balance_fen, 0) + e.amount_fen
                       OR (before.version IS NULL AND e.version > 1)
                       OR before.posted_at > e.posted_at
                       OR a.version < e.version
                       THEN 'ledger_versions_without_gap'
                   ELSE 'ledger_account_limit'
               END INTO broken
          FROM added e
          LEFT JOIN ledger.account a ON a.id = e.account_id
          LEFT JOIN ledger.account_kind k USING (kind)
          LEFT JOIN ledger.posting p ON p.id = e.posting_id
          LEFT JOIN ledger.entry before ON before.account_id = e.account_id AND before.version = e.version - 1
         WHERE a.id IS NULL OR p.id IS NULL OR p.city_code <> a.city_code OR p.posted_at <> e.posted_at
            OR e.balance_fen <> coalesce(before.balance_fen, 0) + e.amount_fen
            OR (before.version IS NULL AND e.version > 1)
            OR before.posted_at > e.posted_at
            OR a.version < e.version
            OR e.balance_fen < k.least_fen OR e.balance_fen > k.most_fen
         LIMIT 1;
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'the ledger refuses these entries: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER entries_are_whole AFTER INSERT ON ledger.entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.check_entries();

CREATE FUNCTION ledger.check_postings() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF EXISTS (SELECT
                 FROM added p
                WHERE NOT EXISTS (SELECT FROM ledger.entry e WHERE e.posting_id = p.id)) THEN
        RAISE EXCEPTION 'a posting has entries'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_posting_has_entries';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER postings_are_whole AFTER INSERT ON ledger.posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.check_postings();

-- An account says what its last entry says, nothing else.
CREATE FUNCTION ledger.check_accounts() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    IF EXISTS (SELECT
                 FROM changed a
                 LEFT JOIN ledger.entry e ON e.account_id = a.id AND e.version = a.version
                WHERE e.version IS NULL OR e.balance_fen <> a.balance_fen OR e.posted_at IS DISTINCT FROM a.posted_at)
        OR EXISTS (SELECT
                     FROM changed a
                     JOIN ledger.entry e ON e.account_id = a.id AND e.version = a.version + 1) THEN
        RAISE EXCEPTION 'an account says what its last entry says'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_account_follows_entries';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER accounts_follow_entries AFTER UPDATE ON ledger.account
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ledger.check_accounts();
