package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;

/** A partner, who may ask about what their agency was asked ({@code x-anju-owner: agency}). */
public final class AgencyCaller extends KnownCaller {
    private final Agency agency;

    AgencyCaller(Caller caller) {
        super(caller, Kind.PARTNER);
        var known = caller.agency();
        if (known == null) {
            throw Refusal.of(PlatformProblem.FORBIDDEN);
        }
        this.agency = known;
    }

    @Override
    public Agency agency() {
        return agency;
    }
}
