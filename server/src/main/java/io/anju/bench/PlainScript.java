package io.anju.bench;

import io.anju.bench.PaymentOrders.Order;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a notice's transaction, as the server ran them for one order, with names where values stand: the same
 * ones for every other order. Only what follows from locked rows is worked out on the way: the accounts' next versions and
 * balances.
 *
 * @param values the text of each name's value for the recorded order
 * @param posting the id of the recorded order's posting
 */
record PlainScript(List<Statement> statements, Map<String, String> values, Order recorded, UUID posting) {
    private static final Pattern SLOT = Pattern.compile("\\$(\\d+)");
    private static final String LOCKS_ACCOUNTS = "FOR NO KEY UPDATE OF a";
    private static final String POSTS = "INSERT INTO ledger.entry";

    /** {@code :name} stands for a value; {@code learns} whether the columns of its one row become names. */
    record Statement(String sql, boolean learns) {}

    /** What the plain run knows of the two accounts of a payment. */
    private static final String LEARN = """
            SELECT max(id) FILTER (WHERE kind = 'receivable') AS debt_id,
                   max(version) FILTER (WHERE kind = 'receivable') AS debt_version,
                   max(balance_fen) FILTER (WHERE kind = 'receivable') AS debt_fen,
                   max(id) FILTER (WHERE kind = 'clearing') AS channel_id,
                   max(version) FILTER (WHERE kind = 'clearing') AS channel_version,
                   max(balance_fen) FILTER (WHERE kind = 'clearing') AS channel_fen
              FROM (%s) locked
            """;

    /** The slots of the posting that follow from the accounts: first the bill's debt, then the channel. */
    private static final Map<Integer, String> FROM_ACCOUNTS = Map.of(
            10, "ARRAY[:debt_id::bigint, :channel_id::bigint]",
            11, "ARRAY[:debt_version::bigint + 1, :channel_version::bigint + 1]",
            13, "ARRAY[- :fen::bigint, :fen::bigint]",
            14, "ARRAY[:debt_fen::bigint - :fen::bigint, :channel_fen::bigint + :fen::bigint]",
            15, "ARRAY[:debt_id::bigint, :channel_id::bigint]",
            16, "ARRAY[:debt_version::bigint + 1, :channel_version::bigint + 1]",
            17, "ARRAY[:debt_fen::bigint - :fen::bigint, :channel_fen::bigint + :fen::bigint]");

    int size() {
        return statements.size();
    }

    /** From what was recorded: all of it is one transaction. */
    static PlainScript of(List<Script.Step> steps, Order order) {
        var statements = new ArrayList<Statement>();
        var values = new LinkedHashMap<String, String>();
        values.put("fen", Long.toString(order.fen()));
        statements.add(new Statement("BEGIN", false));
        for (int i = 0; i < steps.size(); i++) {
            statements.add(statement(i, steps.get(i), values));
        }
        statements.add(new Statement("COMMIT", false));
        return new PlainScript(List.copyOf(statements), values, order, postingOf(steps));
    }

    private static Statement statement(int number, Script.Step step, Map<String, String> values) {
        boolean posts = step.sql().contains(POSTS);
        boolean locks = step.sql().contains(LOCKS_ACCOUNTS);
        var row = step.values().get(0);
        if (posts) {
            requireDebtFirst((Long[]) row.get(12));
        }
        var sql = SLOT.matcher(step.sql()).replaceAll(slot -> {
            int at = Integer.parseInt(slot.group(1));
            var fromAccounts = posts ? FROM_ACCOUNTS.get(at) : null;
            if (fromAccounts != null) {
                return fromAccounts;
            }
            var value = row.get(at - 1);
            if (value == null) {
                return "NULL";
            }
            var name = "v" + number + "_" + at;
            values.put(name, text(value));
            return ":" + name;
        });
        return new Statement(locks ? LEARN.formatted(sql) : sql, locks);
    }

    private static UUID postingOf(List<Script.Step> steps) {
        return steps.stream()
                .filter(step -> step.sql().contains(POSTS))
                .map(step -> ((UUID[]) step.values().get(0).get(2))[0])
                .findFirst()
                .orElseThrow();
    }

    private static void requireDebtFirst(Long[] amounts) {
        if (amounts.length != 2 || amounts[0] > 0) {
            throw new IllegalStateException("a payment posts other entries now: " + Arrays.toString(amounts));
        }
    }

    /** The values for another order: whatever named the recorded one names this one. */
    List<String> valuesFor(Order order) {
        var fresh = UUID.randomUUID().toString();
        return values.values().stream()
                .map(text -> text.replace(recorded.number(), order.number())
                        .replace(recorded.transactionId(), order.transactionId())
                        .replace(recorded.id().toString(), order.id().toString())
                        .replace(recorded.leaseId().toString(), order.leaseId().toString())
                        .replace(recorded.billId().toString(), order.billId().toString())
                        .replace(posting.toString(), fresh))
                .map(text -> isRecordedAmount(text)
                        ? text.replace(Long.toString(recorded.fen()), Long.toString(order.fen()))
                        : text)
                .toList();
    }

    /** Alone, or as the one element of a list. */
    private boolean isRecordedAmount(String text) {
        var fen = Long.toString(recorded.fen());
        return text.equals(fen) || text.equals(text(new String[] {fen}));
    }

    /** As PostgreSQL reads it, whatever its type. */
    private static String text(@Nullable Object value) {
        if (value instanceof Buffer buffer) {
            return "\\x" + HexFormat.of().formatHex(buffer.getBytes());
        }
        if (value instanceof Object[] array) {
            return Arrays.stream(array)
                    .map(one -> one == null
                            ? "NULL"
                            : "\"" + text(one).replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return String.valueOf(value);
    }
}
