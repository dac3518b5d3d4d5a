package io.anju.message;

import java.time.LocalDate;
import java.util.UUID;

/**
 * Something that a resident may be told of, once, if there is consent.
 *
 * @param eventId of the outbox's event
 * @param thing what it is about; names nobody
 * @param amountFen how much
 * @param day the day by which something is due, or on which it happened
 */
record Occasion(long eventId, MessageKind kind, UUID residentId, String thing, long amountFen, LocalDate day) {}
