package io.anju.identity;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The account itself, as its owner may take it along. */
final class AccountFiles implements ResidentFiles {
    private final AccountFileStore store;

    AccountFiles(AccountFileStore store) {
        this.store = store;
    }

    @Override
    public Set<String> tables() {
        return Set.of("identity.resident", "identity.log_in_method", "identity.session", "identity.refresh_token");
    }

    @Override
    public Map<String, String> kept() {
        // a number and its days, which records and files go on naming
        return Map.of("account", "records", "sessions", "sessions");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return Future.all(
                        store.account(sql, owner), store.logInMethods(sql, owner.id()), store.sessions(sql, owner.id()))
                .map(read -> List.of(
                        new Held("account", read.resultAt(0)),
                        new Held("log-in-methods", read.resultAt(1)),
                        new Held("sessions", read.resultAt(2))));
    }
}
