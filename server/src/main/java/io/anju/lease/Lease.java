package io.anju.lease;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lease (租赁合同) without what is sealed of it.
 *
 * @param provider who gets the rent, as it was when the lease was signed
 * @param from first day of the term
 * @param to last day of the term
 * @param end null while the contract goes on
 * @param policyDigest the rules that it was signed under
 * @param registrationId the household's place on the waiting list; null for one that was not on it
 * @param follows the lease that it renews
 * @param tenant the newest one
 * @param rent by the newest terms
 * @param termination the newest wish to leave before the term is over
 */
public record Lease(
        UUID id,
        String number,
        String cityCode,
        String programme,
        Home home,
        String provider,
        LeaseState state,
        long version,
        LocalDate from,
        LocalDate to,
        Course course,
        @Nullable End end,
        long depositFen,
        String policyDigest,
        @Nullable UUID registrationId,
        @Nullable UUID follows,
        Tenant tenant,
        Rent rent,
        @Nullable Renewal renewal,
        @Nullable Termination termination) {

    /** As it was for a tenant whom another has followed; what the later one asked for is not told. */
    Lease leftBy(Tenant tenant, Rent rent) {
        return new Lease(
                id,
                number,
                cityCode,
                programme,
                home,
                provider,
                state,
                version,
                from,
                to,
                course,
                end,
                depositFen,
                policyDigest,
                registrationId,
                follows,
                tenant,
                rent,
                null,
                null);
    }

    /** What has happened so far; null for what has not. */
    public record Course(
            LocalDate signedOn,
            @Nullable LocalDate handedOverOn,
            @Nullable LocalDate movedInOn,
            @Nullable String filingNumber,
            @Nullable LocalDate filedOn) {}

    /**
     * How the contract ended.
     *
     * @param lastDay of the contract; the day before its first for one that was taken back
     * @param returnedOn the last day that the household had the home; null while it stays on
     */
    public record End(
            LocalDate lastDay, Ground ground, @Nullable LocalDate returnedOn) {}

    /**
     * Who rents.
     *
     * @param from first day as the tenant
     */
    public record Tenant(String maskedName, LocalDate from) {}

    /** Fen per month. */
    public record Rent(long monthlyFen, long subsidyFen) {}

    /**
     * The request that the lease be followed by another.
     *
     * @param decision null while there is none
     */
    public record Renewal(
            LocalDate requestedOn,
            @Nullable Decision decision,
            @Nullable UUID nextLeaseId) {
        public record Decision(boolean approved, LocalDate decidedOn, String reason) {}
    }

    /**
     * The household's wish that the lease end.
     *
     * @param decision null while there is none
     */
    public record Termination(
            LocalDate requestedOn,
            LocalDate wishedLastDay,
            State state,
            @Nullable Decision decision) {
        /** @param lastDay null where it was refused */
        public record Decision(
                LocalDate decidedOn, @Nullable LocalDate lastDay, String reason) {}

        public enum State {
            ASKED,
            WITHDRAWN,
            APPROVED,
            REFUSED,
            /** The lease ended otherwise before anybody had decided. */
            LAPSED;

            String id() {
                return name().toLowerCase(Locale.ROOT);
            }

            static State of(String id) {
                return valueOf(id.toUpperCase(Locale.ROOT));
            }
        }
    }

    /** Why a lease ends. */
    public enum Ground {
        TERM_OVER,
        AGREEMENT,
        OWN_WISH,
        NOT_ELIGIBLE,
        ARREARS,
        BREACH,
        DECEIT,
        DEATH;

        /** The name in the contract and in the database, such as {@code own-wish}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Ground of(String id) {
            return Arrays.stream(values())
                    .filter(ground -> ground.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no lease ends by " + id));
        }
    }

    /** The last day of the contract as it stands. */
    public LocalDate lastDay() {
        return end == null ? to : end.lastDay();
    }
}
