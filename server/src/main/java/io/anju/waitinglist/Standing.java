package io.anju.waitinglist;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One generation: the whole order of a list as of a day, derived from its facts up to a version.
 *
 * @param id grows with every generation of a list
 * @param asOf ages and waiting are counted to this day
 * @param version number of the last fact that went in
 * @param policyDigest the policy that gave the order's keys
 * @param total households in it
 */
public record Standing(
        long id,
        Registration.ListKey list,
        LocalDate asOf,
        long version,
        String policyDigest,
        Instant derivedAt,
        int total) {

    /** Whether neither the day nor the register has moved on. */
    boolean isCurrent(long registerVersion, LocalDate today) {
        return version == registerVersion && asOf.equals(today);
    }

    /**
     * A household's place in one generation.
     *
     * @param basis what the place was derived from
     */
    public record Line(
            UUID registrationId, int rank, String districtCode, int districtRank, BigDecimal score, Basis basis) {
        /** Households before it that are offered homes. */
        public int ahead() {
            return basis.ahead();
        }

        public boolean isFrozen() {
            return basis.frozen();
        }
    }

    /**
     * What a place was derived from.
     *
     * @param ahead households before it that are not frozen
     * @param inputs number of the newest facts; null for those of the registration
     * @param deferred number of the refusal that sent it behind the others; 0 for none
     */
    record Basis(int ahead, boolean frozen, @Nullable Long inputs, long deferred) {}
}
