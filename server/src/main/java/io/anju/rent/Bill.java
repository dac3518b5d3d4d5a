package io.anju.rent;

import io.anju.lease.Tenancy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bill (账单) and what became of it.
 *
 * @param occasion empty for the bill of a period; names what led to a further one for days that had one
 * @param ownedOn whose tenant of this day owes it: its first day, or that of the bill that was paid late
 * @param subsidyFen the part of the amount that the subsidy bears, less what was taken back of it
 * @param creditedFen what was taken back, the subsidy's part with it
 * @param reason why a further bill was issued
 */
public record Bill(
        UUID id,
        UUID leaseId,
        String leaseNumber,
        String cityCode,
        Charge charge,
        String occasion,
        LocalDate from,
        LocalDate to,
        LocalDate dueOn,
        LocalDate ownedOn,
        long amountFen,
        long subsidyFen,
        SubsidyState subsidyState,
        long paidFen,
        long creditedFen,
        long writtenOffFen,
        Instant issuedAt,
        @Nullable String reason) {

    /** What a bill is for. */
    public enum Charge {
        RENT,
        DEPOSIT,
        AFTER_END,
        /** For having paid another bill late (滞纳金). */
        LATE_FEE;

        /** The name in the contract and in the database, such as {@code after-end}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Charge of(String id) {
            return Arrays.stream(values())
                    .filter(charge -> charge.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("nothing is billed as " + id));
        }
    }

    /** Where the subsidy of a bill stands: it follows the payment of the own share (先交后补). */
    public enum SubsidyState {
        NONE,
        PENDING,
        GRANTED,
        /** The whole rent is due. */
        VOID;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static SubsidyState of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** What the ledger still has as a debt: the subsidy too while it is not granted. */
    public long openFen() {
        var granted = subsidyState == SubsidyState.GRANTED ? subsidyFen : 0;
        return amountFen - paidFen - creditedFen - writtenOffFen - granted;
    }

    /** What a credit note may still take back: neither taken back already nor written off. */
    public long creditableFen() {
        return amountFen - creditedFen - writtenOffFen;
    }

    /**
     * How much of what is taken back the subsidy bears: never less than what the own share does not come to.
     *
     * @param fen at most {@link #creditableFen}
     * @param wantedFen null for no more than that
     */
    long subsidyOf(long fen, @Nullable Long wantedFen) {
        var ownFen = Math.max(0, creditableFen() - subsidyFen);
        var leastFen = Math.max(0, fen - ownFen);
        return wantedFen == null ? leastFen : Math.max(leastFen, Math.min(wantedFen, Math.min(fen, subsidyFen)));
    }

    /** What the household itself still has to pay. */
    public long dueFen() {
        var bornByOthers = subsidyState == SubsidyState.PENDING ? subsidyFen : 0;
        return Math.max(openFen() - bornByOthers, 0);
    }

    /** Whether it is for days that are somebody's own. */
    boolean isOf(Tenancy own) {
        return own.leaseId().equals(leaseId) && own.includes(ownedOn);
    }

    /** Whether somebody owes it whose days were over before this one. */
    boolean isOfBefore(LocalDate day) {
        return ownedOn.isBefore(day);
    }

    /** As it is with this much more paid. */
    Bill paid(long fen) {
        return new Bill(
                id,
                leaseId,
                leaseNumber,
                cityCode,
                charge,
                occasion,
                from,
                to,
                dueOn,
                ownedOn,
                amountFen,
                subsidyFen,
                subsidyState,
                paidFen + fen,
                creditedFen,
                writtenOffFen,
                issuedAt,
                reason);
    }

    /** Whether the own share is settled and the subsidy can follow. */
    boolean earnsSubsidy() {
        return subsidyState == SubsidyState.PENDING && subsidyFen > 0 && dueFen() == 0;
    }
}
