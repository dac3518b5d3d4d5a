package io.anju.rights;

import io.anju.application.ApplicationService;
import io.anju.lease.LeaseService;
import io.anju.platform.db.Sql;
import io.anju.policy.PolicyService;
import io.anju.rights.Correction.Place;
import io.anju.rights.Correction.Subject;
import io.anju.waitinglist.WaitingListService;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose it is to put right what a resident names; empty where it is none of the resident's. */
public record Correctables(
        PolicyService policies, ApplicationService applications, WaitingListService register, LeaseService leases) {

    Future<Optional<Place>> find(
            Sql sql, UUID residentId, Subject subject, @Nullable UUID id, @Nullable String cityCode) {
        if (subject == Subject.IDENTITY) {
            return Future.succeededFuture(Optional.ofNullable(cityCode)
                    .filter(code -> id == null && policies.findCity(code).isPresent())
                    .map(Place::ofCity));
        }
        if (id == null) {
            return Future.succeededFuture(Optional.empty());
        }
        return switch (subject) {
            case APPLICATION, CONTACT -> application(sql, residentId, id);
            case REGISTRATION -> registration(sql, residentId, id);
            case LEASE -> lease(sql, residentId, id);
            case IDENTITY -> throw new IllegalStateException("has no id");
        };
    }

    /** Blind indexes of those who signed a lease, because its correction concerns them all; of other things of nobody. */
    Future<List<byte[]>> persons(Sql sql, Subject subject, @Nullable UUID id) {
        return subject == Subject.LEASE && id != null ? leases.persons(sql, id) : Future.succeededFuture(List.of());
    }

    private Future<Optional<Place>> application(Sql sql, UUID residentId, UUID id) {
        return applications
                .findCase(sql, id)
                .map(found -> found.filter(file -> residentId.equals(file.residentId()))
                        .map(file -> new Place(file.cityCode(), file.areaCode(), id)));
    }

    private Future<Optional<Place>> registration(Sql sql, UUID residentId, UUID id) {
        return register.ofResident(sql, residentId, id)
                .map(found -> found.map(registration -> new Place(
                        registration.list().cityCode(), registration.areaCode(), registration.applicationId())));
    }

    private Future<Optional<Place>> lease(Sql sql, UUID residentId, UUID id) {
        return leases.heldBy(sql, residentId)
                .compose(held -> held.contains(id) ? leases.find(sql, id) : Future.succeededFuture(Optional.empty()))
                .map(found -> found.map(file -> Place.ofCity(file.lease().cityCode())));
    }
}
