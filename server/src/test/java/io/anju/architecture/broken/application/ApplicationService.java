package io.anju.architecture.broken.application;

import io.anju.architecture.broken.review.ReviewService;
import io.vertx.core.http.HttpMethod;
import java.time.LocalDate;

/** Closes a cycle with the review, knows the web, and reads the clock. */
public final class ApplicationService {
    private ApplicationService() {}

    public static String describe() {
        return HttpMethod.GET.name() + ReviewService.cases() + LocalDate.now(java.time.ZoneOffset.UTC);
    }
}
