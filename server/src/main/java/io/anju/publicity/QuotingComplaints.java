package io.anju.publicity;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Tells what complaints quote an objection; the room that keeps complaints gives it. */
@FunctionalInterface
public interface QuotingComplaints {
    /**
     * As much as whoever objected may know.
     *
     * @param state a word of the contract
     */
    record Quote(String number, String state) {}

    Future<List<Quote>> quoting(Sql sql, UUID objectionId);
}
