package io.anju.ledger;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Re-adds the whole ledger, with the rules that other rooms bring for what they post.
 *
 * @param rules of everybody, the ledger's own first
 */
public record LedgerAudit(List<LedgerRule> rules) {
    public LedgerAudit {
        rules = List.copyOf(rules);
    }

    /** The ledger's own rules, and these. */
    public static LedgerAudit with(List<LedgerRule> others) {
        var rules = new ArrayList<>(LedgerRuleStore.RULES);
        rules.addAll(others);
        return new LedgerAudit(rules);
    }

    /** Checks one rule after the other; takes as long as reading all entries a few times. */
    public Future<LedgerReport> run(Sql sql) {
        var lines = new ArrayList<LedgerReport.Line>();
        Future<Void> done = Future.succeededFuture();
        for (var rule : rules) {
            done = done.compose(before -> LedgerRuleStore.count(sql, rule))
                    .onSuccess(lines::add)
                    .mapEmpty();
        }
        return done.map(all -> new LedgerReport(lines));
    }
}
