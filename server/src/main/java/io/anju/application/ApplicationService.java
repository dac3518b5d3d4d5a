package io.anju.application;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.policy.HouseholdFacts;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The door through which the other domains move applications along the policy's pipeline.
 *
 * <p>Every move takes a file that {@link #lockCase} gave in the same transaction, writes one event into the timeline
 * and one into the outbox, and gives the file as it stands afterwards. A move that the state does not allow is refused
 * with 409 {@code move-not-allowed}.
 */
public final class ApplicationService {
    /** Locks a submitted application until the transaction ends; refuses with 404 where there is none. */
    public Future<CaseFile> lockCase(Tx tx, UUID applicationId) {
        throw new UnsupportedOperationException();
    }

    public Future<Optional<CaseFile>> findCase(Sql sql, UUID applicationId) {
        throw new UnsupportedOperationException();
    }

    /** Finds by receipt number, written in upper or lower case. */
    public Future<Optional<CaseFile>> findByReceipt(Sql sql, String receiptNumber) {
        throw new UnsupportedOperationException();
    }

    /** The current step is passed: on to the next one, or into the register after the last. */
    public Future<CaseFile> passStep(Tx tx, CaseFile file, Actor actor, @Nullable String note, Instant now) {
        throw new UnsupportedOperationException();
    }

    /** Refuses with at least one reason; ends the members' claims on a place. */
    public Future<CaseFile> refuse(
            Tx tx, CaseFile file, Actor actor, List<String> reasonCodes, @Nullable String note, Instant now) {
        throw new UnsupportedOperationException();
    }

    /** Sends the file back to an earlier review step. */
    public Future<CaseFile> sendBack(Tx tx, CaseFile file, Actor actor, int toStep, String reason, Instant now) {
        throw new UnsupportedOperationException();
    }

    /** Tells the household once, in writing, everything that is missing (一次性告知); refuses a second time. */
    public Future<CaseFile> requestCorrection(
            Tx tx, CaseFile file, Actor actor, List<CorrectionItem> items, LocalDate dueOn, Instant now) {
        throw new UnsupportedOperationException();
    }

    /** The file is on a published notice now. */
    public Future<CaseFile> publicityOpened(Tx tx, CaseFile file, Actor actor, Instant now) {
        throw new UnsupportedOperationException();
    }

    /** The household as last handed in, opened; the caller has written an audit row. */
    public Future<Household> household(Sql sql, UUID applicationId) {
        throw new UnsupportedOperationException();
    }

    /** The facts that rules use: no names and no IDs. */
    public Future<HouseholdFacts> facts(Sql sql, UUID applicationId) {
        throw new UnsupportedOperationException();
    }

    /** The members of this application live in a home of the city from this day; they cannot apply there again. */
    public Future<Void> recordHoused(Tx tx, UUID applicationId, LocalDate on) {
        throw new UnsupportedOperationException();
    }

    /** The registered household left the waiting list: its members may apply again. */
    public Future<Void> releaseMembers(Tx tx, UUID applicationId) {
        throw new UnsupportedOperationException();
    }
}
