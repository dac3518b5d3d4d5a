-- A change of tenant can be recorded ahead, and the lease end before its day: who was to come then never had the home.
CREATE VIEW lease.party_in_effect AS
SELECT p.party_id, p.lease_id, p.role, p.from_date, p.person_index, p.masked_name, p.sealed_name, p.sealed_national_id
  FROM lease.party p
  JOIN lease.lease l USING (lease_id)
 WHERE p.role = 'co-tenant' OR p.from_date <= greatest(l.from_date, coalesce(l.last_day, l.to_date));
COMMENT ON VIEW lease.party_in_effect IS 'everybody who signed, but for tenants who were to come after the last day';
GRANT SELECT ON lease.party_in_effect TO anju_app;
