package io.anju.platform.problem;

/** Problems that any operation may answer, and the codes of findings about a request's form. */
public enum PlatformProblem implements Code {
    MALFORMED_HTTP(400),
    MALFORMED_JSON(400),
    INVALID_REQUEST(400),
    UNAUTHENTICATED(401),
    TOKEN_EXPIRED(401),
    FORBIDDEN(403),
    CITY_OFFICE_ONLY(403),
    PROXY_NOT_VALID(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REQUEST_TIMEOUT(408),
    REQUEST_IN_PROGRESS(409),
    PRECONDITION_FAILED(412),
    PAYLOAD_TOO_LARGE(413),
    URI_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    AREA_OUTSIDE_OFFICE(422),
    IDEMPOTENCY_KEY_REUSED(422),
    FILE_INFECTED(422),
    PRECONDITION_REQUIRED(428),
    TOO_MANY_REQUESTS(429),
    HEADERS_TOO_LARGE(431),
    INTERNAL_ERROR(500),
    UNAVAILABLE(503);

    private final int status;

    PlatformProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
