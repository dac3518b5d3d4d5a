package io.anju.rent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.UUID;

/** What can happen to bills, as others are told of it; {@code docs/events.md} says what each one holds. */
enum RentEvent {
    BILL_ISSUED,
    CREDIT_NOTE_ISSUED,
    CREDIT_USED,
    PAID,
    PAYMENT_RETURNED,
    SUBSIDY_GRANTED,
    SUBSIDY_TAKEN_BACK,
    WRITE_OFF_PROPOSED,
    WRITE_OFF_APPROVED,
    WRITE_OFF_REFUSED,
    DEPOSIT_SETTLED,
    /** The deposit and the credit of a lease are the next one's. */
    PASSED_ON,
    BILL_RUN_STARTED,
    BILL_RUN_DONE,
    BILL_RUN_FAILED,
    ADJUSTMENT_STARTED,
    ADJUSTMENT_DONE,
    ADJUSTMENT_FAILED;

    String topic() {
        return "rent." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ObjectNode about() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Tells it in the transaction that makes it true. */
    Future<Void> tell(Tx tx, UUID subject, ObjectNode about) {
        return Outbox.append(tx, topic(), subject, about.toString());
    }
}
