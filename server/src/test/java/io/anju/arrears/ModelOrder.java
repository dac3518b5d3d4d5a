package io.anju.arrears;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A payment in {@link YearModel} that may be asked back. */
final class ModelOrder {
    final String paymentId;
    /** What it settled of which bill and was not given back. */
    final Map<UUID, Long> settled = new LinkedHashMap<>();
    /** What may still be asked back. */
    long leftFen;

    long givenBackFen;

    ModelOrder(String paymentId, long fen) {
        this.paymentId = paymentId;
        this.leftFen = fen;
    }

    long settledFen(UUID billId) {
        return settled.getOrDefault(billId, 0L);
    }

    /** As the database orders their ids. */
    List<UUID> newestFirst() {
        return settled.keySet().stream()
                .sorted(Comparator.comparing(UUID::toString).reversed())
                .toList();
    }
}
