package io.anju.waitinglist;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A household in the register (登记): facts that were never changed, the newest where there are several, and how it ended
 * where it has.
 *
 * @param areaCode the household's community, 12 digits
 * @param sequence number of this fact in its list, in the order of commits
 * @param appliedAt arrival of the application, which decides ties
 * @param qualifiedOn day of the notice by which it qualified: waiting counts from here
 * @param policyDigest the policy version that it is scored under
 * @param changedOn day of the newest change of life; null where nothing has changed since the registration
 * @param waivers offers that it has refused while on this list
 * @param freeze null unless frozen now
 */
public record Registration(
        UUID id,
        UUID applicationId,
        UUID residentId,
        ListKey list,
        long sequence,
        String areaCode,
        String receiptNumber,
        String maskedName,
        int householdSize,
        String category,
        Instant appliedAt,
        LocalDate qualifiedOn,
        LocalDate registeredOn,
        String policyDigest,
        @Nullable LocalDate changedOn,
        int waivers,
        @Nullable Freeze freeze,
        @Nullable Exit exit) {

    /** The district (区, 市) of the household's community, six digits. */
    public String districtCode() {
        return districtOf(areaCode);
    }

    /** The district of any area inside it. */
    static String districtOf(String areaCode) {
        return areaCode.substring(0, 6);
    }

    /** Whether it keeps its place but is offered no home. */
    public boolean isFrozen() {
        return exit == null && freeze != null;
    }

    /** One city's list under one programme. */
    public record ListKey(String cityCode, String programme) {}

    /** Why and since when a household is frozen; the reason is kept sealed. */
    public record Freeze(FreezeType type, LocalDate from) {}

    /** That and when a household left; its reason is kept sealed. */
    public record Exit(ExitType type, LocalDate occurredOn, Instant recordedAt) {}

    /**
     * Why a household left, as it is told: every one of the four belongs to a lawful decision.
     *
     * @param finding what was found (认定事实)
     * @param basis the article it rests on (依据)
     * @param evidenceNumber number of the paper that proves it (证据)
     * @param remedy what the household may do about it (救济途径)
     */
    public record Reason(String finding, String basis, String evidenceNumber, String remedy) {}

    /** The typed reasons for which a household is frozen. */
    public enum FreezeType {
        ANNUAL_REVIEW,
        UNDER_INVESTIGATION,
        OWN_REQUEST,
        UNREACHABLE,
        OTHER;

        /** The name in the contract and in the database, such as {@code own-request}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static FreezeType of(String id) {
            return Arrays.stream(values())
                    .filter(type -> type.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no freeze type: " + id));
        }
    }

    /** The home that a housed household moved into, as far as it is known. */
    public record Home(
            @Nullable String estateName, @Nullable Integer rooms) {
        static final Home UNKNOWN = new Home(null, null);

        boolean isKnown() {
            return estateName != null || rooms != null;
        }
    }

    /** The typed reasons for which a household leaves the list. */
    public enum ExitType {
        HOUSED,
        WITHDRAWN,
        NO_LONGER_ELIGIBLE,
        DECEIT,
        DECEASED,
        WAIVED,
        OTHER;

        /** The name in the contract and in the database, such as {@code no-longer-eligible}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static ExitType of(String id) {
            return find(id).orElseThrow(() -> new IllegalArgumentException("no exit type: " + id));
        }

        static Optional<ExitType> find(String id) {
            return Arrays.stream(values()).filter(type -> type.id().equals(id)).findFirst();
        }
    }
}
