package io.anju;

import io.anju.complaint.SubjectCheck.Found;
import io.anju.complaint.Subjects;
import io.anju.lease.LeaseService;
import io.anju.payment.PaymentService;
import java.util.Optional;
import java.util.function.Function;

/** What residents have in other rooms and may complain about: the room of complaints knows none of them. */
final class ComplaintSubjects {
    private ComplaintSubjects() {}

    /** One's own leases and payments, and the homes that one rents or rented. */
    static void tell(Subjects subjects, LeaseService leases, PaymentService payments) {
        subjects.leases((sql, residentId, cityCode, id) -> leases.findSigned(sql, residentId, id)
                        .map(found -> within(found, lease -> lease.cityCode(), cityCode)))
                .homes((sql, residentId, cityCode, id) -> leases.findSignedOf(sql, residentId, id)
                        .map(found -> within(found, lease -> lease.cityCode(), cityCode)))
                .payments((sql, residentId, cityCode, id) -> payments.findOf(sql, residentId, id)
                        .map(found -> within(found, order -> order.cityCode(), cityCode)));
    }

    /** Homes have no area of their own, so the complaint goes where the resident says, or to the city. */
    private static <T> Optional<Found> within(Optional<T> found, Function<T, String> cityOf, String cityCode) {
        return found.filter(thing -> cityOf.apply(thing).equals(cityCode)).map(thing -> new Found(null));
    }
}
