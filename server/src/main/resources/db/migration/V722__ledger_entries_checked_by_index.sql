-- Checked by look-ups again: a plan stays as it was first made in a session, and one that was made for few entries joined
-- the sets of a run each row with each.
CREATE OR REPLACE FUNCTION ledger.check_entries() RETURNS trigger
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
ALTER FUNCTION ledger.check_entries() SET enable_seqscan = off;
