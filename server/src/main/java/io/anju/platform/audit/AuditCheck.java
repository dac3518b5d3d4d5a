package io.anju.platform.audit;

import io.anju.platform.crypto.Tree;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Recomputes the whole chain from the rows. Needs only the right to read, so an auditor can run it on a copy. */
public final class AuditCheck {
    private static final int MAX_FINDINGS = 100;

    /**
     * What the check found.
     *
     * @param head hash of the last batch in hexadecimal; compare it with a copy kept elsewhere
     * @param unsealed rows that wait for the next batch
     * @param findings one sentence each; none means that the chain holds
     */
    public record Report(long batches, long rows, long unsealed, String head, List<String> findings) {
        public boolean holds() {
            return findings.isEmpty();
        }
    }

    private final Sql sql;
    private final List<String> findings = new ArrayList<>();
    private long rows;

    private AuditCheck(Sql sql) {
        this.sql = sql;
    }

    /** Reads everything once, batch by batch. */
    public static Future<Report> run(Sql sql) {
        var check = new AuditCheck(sql);
        return check.follow(AuditBatch.NONE)
                .compose(last -> AuditStore.countUnsealed(sql)
                        .map(unsealed -> new Report(
                                last.number(),
                                check.rows,
                                unsealed,
                                HexFormat.of().formatHex(last.hash()),
                                List.copyOf(check.findings))));
    }

    private Future<AuditBatch> follow(AuditBatch last) {
        return AuditStore.batchAfter(sql, last.number())
                .compose(next -> next.isEmpty() || findings.size() >= MAX_FINDINGS
                        ? Future.succeededFuture(last)
                        : AuditStore.leaves(sql, next.get()).compose(leaves -> {
                            checkChain(last, next.get());
                            checkRows(next.get(), leaves);
                            return follow(next.get());
                        }));
    }

    private void checkChain(AuditBatch last, AuditBatch batch) {
        if (batch.number() != last.number() + 1) {
            findings.add("batch " + (last.number() + 1) + " is missing");
        }
        if (!Arrays.equals(batch.previous(), last.hash())) {
            findings.add("batch " + batch.number() + " does not follow batch " + last.number());
        }
        if (!Arrays.equals(batch.hash(), batch.computedHash())) {
            findings.add("batch " + batch.number() + " was altered");
        }
    }

    private void checkRows(AuditBatch batch, List<AuditStore.Leaf> leaves) {
        for (var leaf : leaves) {
            var row = leaf.row();
            if (row == null) {
                findings.add("row " + leaf.auditId() + " of batch " + batch.number() + " is missing");
            } else if (!Arrays.equals(row.hash(), leaf.hash())) {
                findings.add("row " + leaf.auditId() + " of batch " + batch.number() + " was altered");
            }
        }
        var root = Tree.root(leaves.stream().map(AuditStore.Leaf::hash).toList());
        if (leaves.size() != batch.rowCount() || !Arrays.equals(root, batch.root())) {
            findings.add("the rows of batch " + batch.number() + " are not those that were sealed");
        }
        rows += leaves.size();
    }
}
