-- The server gives a posting its id, so that its entries need not be joined to what came back.
GRANT INSERT (id) ON ledger.posting TO anju_app;

-- A bill run changes every account of a city: with room on its page an account is changed there, and no index with it.
ALTER TABLE ledger.account SET (fillfactor = 50);

-- The same rules as before, by sets: a run adds thousands of entries at once, so each posting and each account is looked
-- up once, and of an account's entries only the first one looks for the entry before it.
CREATE OR REPLACE FUNCTION ledger.check_entries() RETURNS trigger
    LANGUAGE plpgsql AS
$$
DECLARE
    broken text;
BEGIN
    WITH whole AS MATERIALIZED (
        SELECT s.posting_id, s.fen, s.entries, p.city_code, p.posted_at
          FROM (SELECT posting_id, sum(amount_fen) AS fen, count(*) AS entries FROM added GROUP BY posting_id) s
          LEFT JOIN ledger.posting p ON p.id = s.posting_id),
    held AS MATERIALIZED (
        SELECT s.account_id, a.city_code, a.version, k.least_fen, k.most_fen
          FROM (SELECT DISTINCT account_id FROM added) s
          LEFT JOIN ledger.account a ON a.id = s.account_id
          LEFT JOIN ledger.account_kind k USING (kind)),
    line AS (
        SELECT posting_id, account_id, version, amount_fen, balance_fen, posted_at,
               lag(version) OVER one AS last_version, lag(balance_fen) OVER one AS last_fen,
               lag(posted_at) OVER one AS last_at
          FROM added
        WINDOW one AS (PARTITION BY account_id ORDER BY version)),
    follower AS (
        SELECT l.posting_id, l.account_id, l.version, l.amount_fen, l.balance_fen, l.posted_at,
               coalesce(l.last_version, e.version, 0) AS last_version, coalesce(l.last_fen, e.balance_fen, 0) AS last_fen,
               coalesce(l.last_at, e.posted_at) AS last_at
          FROM line l
          LEFT JOIN LATERAL (
               SELECT version, balance_fen, posted_at
                 FROM ledger.entry
                WHERE l.last_version IS NULL AND account_id = l.account_id AND version = l.version - 1) e ON true)
    SELECT CASE
               WHEN w.fen <> 0 OR w.entries < 2 THEN 'ledger_posting_balances'
               WHEN w.city_code IS NULL OR h.city_code IS NULL OR w.city_code <> h.city_code
                   OR w.posted_at <> f.posted_at THEN 'ledger_entry_belongs'
               WHEN f.version <> f.last_version + 1 OR f.balance_fen <> f.last_fen + f.amount_fen
                   OR f.last_at > f.posted_at OR h.version < f.version THEN 'ledger_versions_without_gap'
               ELSE 'ledger_account_limit'
           END INTO broken
      FROM follower f
      JOIN whole w USING (posting_id)
      JOIN held h USING (account_id)
     WHERE w.fen <> 0 OR w.entries < 2
        OR w.city_code IS NULL OR h.city_code IS NULL OR w.city_code <> h.city_code OR w.posted_at <> f.posted_at
        OR f.version <> f.last_version + 1 OR f.balance_fen <> f.last_fen + f.amount_fen
        OR f.last_at > f.posted_at OR h.version < f.version
        OR f.balance_fen < h.least_fen OR f.balance_fen > h.most_fen
     LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'the ledger refuses these entries: %', broken
            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
END
$$;

-- A trigger's plan stays as it was first made in a session, however many rows came then or come later. By an index it is
-- right for one payment and for a run alike.
ALTER FUNCTION ledger.check_entries() SET enable_seqscan = off;
ALTER FUNCTION ledger.check_postings() SET enable_seqscan = off;
ALTER FUNCTION ledger.check_accounts() SET enable_seqscan = off;
