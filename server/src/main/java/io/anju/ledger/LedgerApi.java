package io.anju.ledger;

import io.anju.api.LedgerOperations;
import io.anju.api.model.LedgerAccountKind;
import io.anju.api.model.LedgerCheck;
import io.anju.api.model.TrialBalanceLine;
import io.anju.platform.db.Db;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What auditors see of the ledger over HTTP. */
public final class LedgerApi implements LedgerOperations {
    private final LedgerService ledger;
    private final LedgerAudit audit;
    private final Db db;

    public LedgerApi(LedgerService ledger, LedgerAudit audit, Db db) {
        this.ledger = ledger;
        this.audit = audit;
        this.db = db;
    }

    @Override
    public Future<Reply<io.anju.api.model.TrialBalance>> getTrialBalance(
            Request request, CityCaller caller, @Nullable Instant at) {
        var cityCode = caller.office().cityCode();
        return ledger.trialBalance(db, cityCode, at)
                .map(trial -> Reply.of(new io.anju.api.model.TrialBalance(
                        cityCode,
                        trial.at(),
                        trial.debitFen(),
                        trial.creditFen(),
                        trial.lines().stream().map(LedgerApi::line).toList())));
    }

    private static TrialBalanceLine line(TrialBalance.Line line) {
        return new TrialBalanceLine(
                LedgerAccountKind.of(line.kind().id()), line.accounts(), line.debitFen(), line.creditFen());
    }

    @Override
    public Future<Reply<LedgerCheck>> checkLedger(Request request, CityCaller caller) {
        return audit.run(db)
                .map(report -> Reply.of(new LedgerCheck(
                        report.holds(),
                        request.now(),
                        report.lines().stream().map(LedgerApi::line).toList())));
    }

    private static io.anju.api.model.LedgerRule line(LedgerReport.Line line) {
        return new io.anju.api.model.LedgerRule(line.rule().name(), line.rule().meaning(), line.faults(), line.first());
    }
}
