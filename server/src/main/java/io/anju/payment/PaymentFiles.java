package io.anju.payment;

import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What payments keep of a resident. Money's papers are kept by law, so nothing of it is erased. */
public final class PaymentFiles implements ResidentFiles {
    private final PaymentFileStore store = new PaymentFileStore();

    @Override
    public Set<String> tables() {
        return Set.of("payment.payment", "payment.refund");
    }

    @Override
    public Map<String, String> kept() {
        return Map.of("payments", "accounts", "refunds", "accounts");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return Future.all(store.payments(sql, owner.id()), store.refunds(sql, owner.id()))
                .map(read -> List.of(new Held("payments", read.resultAt(0)), new Held("refunds", read.resultAt(1))));
    }

    @Override
    public Future<List<String>> goingOn(Tx tx, UUID residentId) {
        return store.isWaiting(tx, residentId).map(waiting -> waiting ? List.of("payments") : List.of());
    }
}
