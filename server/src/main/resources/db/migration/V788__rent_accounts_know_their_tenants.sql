-- Whose a bill is decides what a refund, credit and the deposit may pay: the account, which is locked for all of them, says who came when.
ALTER TABLE rent.account ADD COLUMN later_tenants_from date[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN rent.account.later_tenants_from IS
    'first days of those who became the tenant later, in their order; none who was to come after the last day';

UPDATE rent.account a
   SET later_tenants_from = later.days
  FROM (SELECT p.lease_id, array_agg(p.from_date ORDER BY p.from_date) AS days
          FROM lease.party p
          JOIN lease.lease l USING (lease_id)
         WHERE p.role = 'tenant' AND p.from_date <= coalesce(l.last_day, l.to_date)
           AND p.from_date > (SELECT min(f.from_date) FROM lease.party f WHERE f.lease_id = p.lease_id AND f.role = 'tenant')
         GROUP BY p.lease_id) later
 WHERE a.lease_id = later.lease_id;

GRANT UPDATE (later_tenants_from) ON rent.account TO anju_app;
