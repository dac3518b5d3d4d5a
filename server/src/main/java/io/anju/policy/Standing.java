package io.anju.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What the order of a waiting list can be made of.
 *
 * @param priority place of the household's priority class from 1; {@link #LAST_CLASS} for the rest
 * @param since the earliest of the dates that the order names
 * @param draw the household's lot
 */
public record Standing(BigDecimal score, Entry entry, int priority, LocalDate since, Draw draw) {
    static final int LAST_CLASS = Integer.MAX_VALUE;

    /** What the register itself knows of an entry. */
    public record Entry(Instant appliedAt, Instant registeredAt, String receiptNumber) {}

    /** The keys of an order that asks for nothing else. */
    public Standing(BigDecimal score, Instant appliedAt, Instant registeredAt, String receiptNumber) {
        this(score, new Entry(appliedAt, registeredAt, receiptNumber), LAST_CLASS, LocalDate.MAX, Draw.NONE);
    }

    public Instant appliedAt() {
        return entry.appliedAt();
    }

    public Instant registeredAt() {
        return entry.registeredAt();
    }

    public String receiptNumber() {
        return entry.receiptNumber();
    }

    /** @param place from 1; 0 belongs to no class */
    Standing inClass(int place) {
        return new Standing(score, entry, place == 0 ? LAST_CLASS : place, since, draw);
    }

    Standing since(LocalDate earliest) {
        return new Standing(score, entry, priority, earliest, draw);
    }

    Standing drawn(Draw lot) {
        return new Standing(score, entry, priority, since, lot);
    }
}
