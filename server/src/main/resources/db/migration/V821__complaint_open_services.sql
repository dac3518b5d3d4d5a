-- Requests that partners' programs filed for open services. The fingerprint is a keyed one of the whole form, so that a
-- form that is sent twice is answered twice and filed once.
CREATE TABLE complaint.service_filing (
    complaint_id uuid        NOT NULL REFERENCES complaint.complaint,
    partner_id   uuid        NOT NULL REFERENCES identity.partner,
    fingerprint  bytea       NOT NULL,
    filed_at     timestamptz NOT NULL,
    CONSTRAINT service_filing_pkey PRIMARY KEY (complaint_id)
);
CREATE INDEX service_filing_alike ON complaint.service_filing (partner_id, fingerprint, filed_at);
CREATE INDEX service_filing_of_day ON complaint.service_filing (partner_id, filed_at);
GRANT SELECT, INSERT ON complaint.service_filing TO anju_app;

-- The public list is read by the day of filing; reports and petitions are not even in the index.
CREATE INDEX complaint_open_by_day ON complaint.complaint (city_code, filed_on DESC, id DESC)
    WHERE kind IN ('complaint', 'repair', 'consultation');
