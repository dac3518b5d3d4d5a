package io.anju.proxy;

import io.anju.platform.problem.Code;

/** Why somebody is not made a proxy, or does not end as one. */
enum ProxyProblem implements Code {
    PROXY_NEEDS_IDENTITY(409),
    PROXY_OF_MINOR(409),
    PROXY_IS_MINOR(409),
    PROXY_OF_ONESELF(409),
    TOO_MANY_PROXIES(409),
    TOO_MANY_REPRESENTED(409),
    PROXY_WORKS_ELSEWHERE(409),
    PROXY_CODE_WRONG(422),
    PROXY_EXPIRY_OUT_OF_RANGE(422),
    PROXY_PERSON_NOT_VALID(422),
    PROXY_PERSON_UNKNOWN(422),
    PROXY_EVIDENCE_NEEDED(422),
    PROXY_NEEDS_A_SECOND_PERSON(409),
    PROXY_OWN_CASE(409),
    PROXY_DECIDED(409);

    private final int status;

    ProxyProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
