package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import java.util.UUID;

/**
 * Somebody with an account, of whom it is known that the operation is for them.
 *
 * <p>Only {@link Whose} and {@link InNameOf} make one: a method that takes it cannot be called for anybody else.
 */
public abstract sealed class KnownCaller extends Caller
        permits AccountCaller, ResidentCaller, AgencyCaller, StaffCaller {
    private final UUID account;

    KnownCaller(Caller caller) {
        super(caller);
        var known = caller.id();
        if (known == null) {
            throw Refusal.of(PlatformProblem.UNAUTHENTICATED);
        }
        this.account = known;
    }

    /** As {@link #KnownCaller(Caller)}, of this kind alone. */
    KnownCaller(Caller caller, Kind kind) {
        this(caller);
        if (caller.kind() != kind) {
            throw Refusal.of(PlatformProblem.FORBIDDEN);
        }
    }

    /** The resident, who is the represented one where a proxy acts; the member of staff; or the partner. */
    @Override
    public UUID id() {
        return account;
    }

    /** The account of who really acts: the proxy where there is one. */
    public UUID actorId() {
        var proxy = proxy();
        return proxy == null ? account : proxy.residentId();
    }
}
