package io.anju.architecture.broken.application;

import io.anju.architecture.broken.review.ReviewService;
import io.anju.platform.http.Caller;
import io.anju.platform.http.InNameOf;
import io.vertx.core.http.HttpMethod;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;

/** Closes a cycle with the review, knows the web, reads the clock, and makes up who asks. */
public final class ApplicationService {
    private ApplicationService() {}

    public static String describe() {
        return HttpMethod.GET.name() + ReviewService.cases() + LocalDate.now(java.time.ZoneOffset.UTC);
    }

    public static Set<Caller> anybody(UUID id) {
        return Set.of(InNameOf.resident(id), new Caller(Caller.Kind.STAFF, id, Set.of(), null, null, null));
    }
}
