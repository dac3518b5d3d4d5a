-- Arrears are each tenant's own: a case, its pauses, requests and plans belong to one tenancy of a lease, which the first
-- day of its tenant names. A server of before knows nothing of it and must not run beside this one any more.
ALTER TABLE arrears.arrears_case ADD COLUMN tenant_from date;
ALTER TABLE arrears.pause ADD COLUMN tenant_from date;
ALTER TABLE arrears.request ADD COLUMN tenant_from date;
ALTER TABLE arrears.plan ADD COLUMN tenant_from date;

-- What is there already is whose the home was on the day on which it began, or the first tenant's.
CREATE FUNCTION pg_temp.tenant_from(of_lease uuid, day date) RETURNS date
    LANGUAGE sql STABLE AS
$$
    SELECT coalesce(max(from_date) FILTER (WHERE from_date <= day), min(from_date))
      FROM lease.party
     WHERE lease_id = of_lease AND role = 'tenant'
$$;
UPDATE arrears.arrears_case SET tenant_from = pg_temp.tenant_from(lease_id, opened_on);
UPDATE arrears.pause SET tenant_from = pg_temp.tenant_from(lease_id, from_date);
UPDATE arrears.request SET tenant_from = pg_temp.tenant_from(lease_id, asked_on);
-- a plan and its pause are whose the request was
UPDATE arrears.plan p
   SET tenant_from = r.tenant_from
  FROM arrears.request r
 WHERE r.request_id = p.request_id;
UPDATE arrears.pause p
   SET tenant_from = r.tenant_from
  FROM arrears.request r
 WHERE r.request_id = p.source_id;

ALTER TABLE arrears.arrears_case ALTER COLUMN tenant_from SET NOT NULL;
ALTER TABLE arrears.pause ALTER COLUMN tenant_from SET NOT NULL;
ALTER TABLE arrears.request ALTER COLUMN tenant_from SET NOT NULL;
ALTER TABLE arrears.plan ALTER COLUMN tenant_from SET NOT NULL;

DROP INDEX arrears.arrears_case_one_open;
CREATE UNIQUE INDEX arrears_case_one_open ON arrears.arrears_case (lease_id, tenant_from) WHERE closed_on IS NULL;
DROP INDEX arrears.request_waits_alone;
CREATE UNIQUE INDEX request_waits_alone ON arrears.request (lease_id, tenant_from) WHERE state = 'asked';
DROP INDEX arrears.plan_runs_alone;
CREATE UNIQUE INDEX plan_runs_alone ON arrears.plan (lease_id, tenant_from) WHERE state = 'running';

DROP FUNCTION pg_temp.tenant_from(uuid, date);
