package io.anju.identity;

import io.anju.platform.problem.Code;

/** Why a log-in, a refresh or a binding is declined. */
enum IdentityProblem implements Code {
    WECHAT_CODE_INVALID(422),
    WECHAT_USER_BLOCKED(403),
    WECHAT_TOO_OFTEN(429),
    WECHAT_UNAVAILABLE(503),
    INVALID_PHONE(422),
    TOO_MANY_CODES(429),
    ONE_TIME_CODE_WRONG(422),
    SMS_UNAVAILABLE(503),
    WRONG_CREDENTIALS(401),
    TOO_MANY_LOG_INS(429),
    REFRESH_TOKEN_INVALID(401),
    REFRESH_TOKEN_REUSED(401),
    IDENTITY_NOT_VALID(422),
    REAL_NAME_INVALID(422),
    IDENTITY_ALREADY_BOUND(409),
    PERSON_HAS_ACCOUNT(409),
    TOO_MANY_BINDINGS(429),
    LOG_IN_METHOD_TAKEN(409),
    TOO_MANY_LOG_IN_METHODS(409),
    ADDRESS_NOT_ALLOWED(403),
    ONE_CREDENTIAL_NEEDED(422),
    TOTP_REQUIRED(401),
    TOTP_REFUSED(401),
    TOTP_WRONG(422),
    TOTP_ENROLLED(409),
    TOTP_NOT_BEGUN(409),
    LOG_IN_AGAIN(403),
    TOO_MANY_DATA_REQUESTS(429),
    TOO_MANY_PROXY_CODES(429),
    PERSON_UNKNOWN(422),
    OWN_ACCOUNT(403),
    ROLE_NOT_YOURS_TO_GIVE(403),
    ROLE_UNKNOWN(422),
    OFFICE_AREA_NOT_OF_LEVEL(422),
    PASSWORD_WRONG(422),
    PASSWORD_TOO_WEAK(422),
    USERNAME_TAKEN(409),
    CLIENT_ID_TAKEN(409);

    private final int status;

    IdentityProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
