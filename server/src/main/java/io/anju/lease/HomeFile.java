package io.anju.lease;

import io.anju.lease.HomeRows.Row;
import io.anju.lease.HomeStore.EstateRate;
import io.anju.platform.problem.Refusal;
import io.anju.platform.tables.TableSource;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file of homes that was read to its end and found faultless. It is read again, page by page, to be entered: what the heap
 * holds of it does not grow with its rows, but for the names of its homes.
 *
 * @param rows how many it has
 * @param estates the first row of each
 */
record HomeFile(byte[] bytes, int rows, Map<String, Row> estates, Set<EstateRate> rates) {

    /** Refuses a file with every fault. Blocks: for worker threads. */
    static HomeFile check(Buffer file) {
        var bytes = file.getBytes();
        var estates = new LinkedHashMap<String, Row>();
        var rates = new LinkedHashSet<EstateRate>();
        var seen = new HashSet<List<String>>();
        try (var rows = open(bytes)) {
            var count = 0;
            for (var row = rows.next(); row != null; row = rows.next()) {
                count++;
                if (!seen.add(List.of(row.estateName(), row.building(), row.number()))) {
                    rows.addTwice();
                }
                estates.putIfAbsent(row.estateName(), row);
                if (row.rates() != null) {
                    rates.add(new EstateRate(row.estateName(), row.rates()));
                }
            }
            rows.requireFaultless();
            return new HomeFile(bytes, count, estates, rates);
        } catch (IOException e) {
            throw Refusal.of(LeaseProblem.HOMES_UNREADABLE);
        }
    }

    private static HomeRows open(byte[] bytes) throws IOException {
        return HomeRows.of(TableSource.open(() -> new ByteArrayInputStream(bytes)));
    }

    /** From its first row on again. */
    Pages pages() {
        try {
            return new Pages(open(bytes));
        } catch (IOException e) {
            throw Refusal.of(LeaseProblem.HOMES_UNREADABLE);
        }
    }

    /** Some rows at a time. Blocks: for worker threads. */
    static final class Pages {
        private final HomeRows rows;

        private Pages(HomeRows rows) {
            this.rows = rows;
        }

        /** The next rows; none after the last, when the file is closed. */
        List<Row> next(int most) {
            try {
                var page = new ArrayList<Row>();
                while (page.size() < most) {
                    var row = rows.next();
                    if (row == null) {
                        break;
                    }
                    page.add(row);
                }
                if (page.isEmpty()) {
                    rows.close();
                }
                return page;
            } catch (IOException e) {
                throw Refusal.of(LeaseProblem.HOMES_UNREADABLE);
            }
        }
    }
}
