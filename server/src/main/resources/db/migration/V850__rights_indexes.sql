-- After the schemas of all domains: what is asked of them by the person and not by the case.
CREATE INDEX registration_of_resident ON waitinglist.registration (resident_id);
CREATE INDEX claim_of_person ON application.claim (person_index);
