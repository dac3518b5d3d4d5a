package io.anju.platform.http;

import io.vertx.core.http.HttpMethod;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the contract, as far as the edge needs to know it.
 *
 * @param id the contract's {@code operationId}
 * @param tag the contract's tag, which is the domain
 * @param path as in the contract, e.g. {@code /v1/applications/{applicationId}}
 * @param scopes all of which a token must hold; empty where {@code anonymous}
 * @param anonymous no token is needed, and one that is sent is not looked at
 * @param unsafe changes something: takes an {@code Idempotency-Key} and must pass {@link Once}
 * @param owner whose things it is about ({@code x-anju-owner})
 * @param proxyGroup the group that a proxy must have been given ({@code x-anju-proxy}); none where only oneself may call
 * @param storesNothing unsafe by its method alone ({@code x-anju-stores-nothing}): there is no effect to happen once
 * @param leavesNoTrace whoever calls it must not be found ({@code x-anju-leaves-no-trace}): neither log nor measurement
 *     says when it was called
 * @param costly anonymous, and guessable or dear ({@code x-anju-costly}): counted by address exactly, over all instances
 * @param conditional takes {@code If-Match}; without it the answer is 428
 * @param revalidates takes {@code If-None-Match}; where that names what it would answer, the answer is 304
 * @param status the one 2xx status that the contract declares
 * @param consumes media types of the request's body, empty where it takes none
 * @param produces media types of the 2xx answer's body, empty where it has none
 */
public record Operation(
        String id,
        String tag,
        HttpMethod method,
        String path,
        Set<String> scopes,
        boolean anonymous,
        Owner owner,
        @Nullable String proxyGroup,
        boolean unsafe,
        boolean storesNothing,
        boolean leavesNoTrace,
        boolean costly,
        boolean conditional,
        boolean revalidates,
        int status,
        Set<String> consumes,
        Set<String> produces) {
    /** Whose things an operation is about; what is of others is for it as if it were not there. */
    public enum Owner {
        /** Nobody's: open to all. */
        ANYBODY,
        /** Of the caller's own account, or of no account at all. */
        ACCOUNT,
        /** Of the resident who calls, or whom the caller stands in for. */
        RESIDENT,
        /** What the caller's agency was asked. */
        AGENCY,
        /** Work of the caller's own office. */
        OFFICE,
        /** Of the area that the caller's office is in charge of. */
        AREA,
        /** Of a whole city: for the offices of the city itself, and for none of its districts or streets. */
        CITY
    }

    public Operation {
        scopes = Set.copyOf(scopes);
        consumes = Set.copyOf(consumes);
        produces = Set.copyOf(produces);
    }
}
