package io.anju.identity;

import io.anju.platform.http.Agency;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Office;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a session allows its owner: the content of an access token before it is signed. */
record Grant(
        Audience audience,
        UUID subjectId,
        String clientId,
        Set<String> scopes,
        @Nullable Office office,
        @Nullable Agency agency) {
    private static final Set<String> RESIDENT_SCOPES = Set.of(
            "resident.profile",
            "resident.applications",
            "resident.registration",
            "resident.complaints",
            "resident.leases",
            "resident.payments");

    static Grant resident(UUID id) {
        return new Grant(Audience.RESIDENT, id, Audience.RESIDENT.clientId(), RESIDENT_SCOPES, null, null);
    }

    /** @param bare only as much as it needs to look after the account itself */
    static Grant staff(Staff staff, boolean bare) {
        return new Grant(
                Audience.STAFF,
                staff.id(),
                Audience.STAFF.clientId(),
                bare ? Set.of(Role.OWN_ACCOUNT) : Role.scopesOf(staff.roles()),
                staff.office(),
                null);
    }

    static Grant partner(Partner partner) {
        return new Grant(Audience.PARTNER, partner.id(), partner.clientId(), partner.scopes(), null, partner.agency());
    }

    Caller caller(@Nullable UUID sessionId) {
        return new Caller(audience.callerKind(), subjectId, scopes, sessionId, office, agency);
    }
}
