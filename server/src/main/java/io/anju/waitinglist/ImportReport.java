package io.anju.waitinglist;

import io.anju.policy.Text;
import io.anju.waitinglist.RegisterImport.Fault;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Function;

/** What is wrong with each row of a file, as lines of values with commas between them; read piece by piece. */
public final class ImportReport {
    static final int LINES_AT_ONCE = 2_000;

    /** With the mark that lets spreadsheets take it for UTF-8. */
    private static final String HEAD = "\ufeffrow,column,code,text\n";

    private static final Text UNTIL = new Text("（至 %s，含当日）", " (until %s, that day included)");

    private final Function<Fault, Future<List<Fault>>> faults;
    private final String languageTag;
    private Fault last = new Fault(-1, "", "");
    private boolean hasHead;

    ImportReport(Function<Fault, Future<List<Fault>>> faults, String languageTag) {
        this.faults = faults;
        this.languageTag = languageTag;
    }

    /** The next piece; an empty one after the last. */
    public Future<Buffer> next() {
        if (!hasHead) {
            hasHead = true;
            return Future.succeededFuture(Buffer.buffer(HEAD));
        }
        return faults.apply(last).map(page -> {
            var lines = new StringBuilder();
            for (var fault : page) {
                last = fault;
                lines.append(line(fault)).append('\n');
            }
            return Buffer.buffer(lines.toString());
        });
    }

    private String line(Fault fault) {
        var told = ImportFault.of(fault.code()).text().in(languageTag);
        var until = fault.until();
        var text = until == null ? told : told + UNTIL.in(languageTag).formatted(until);
        return fault.row() + "," + fault.column() + "," + fault.code() + ",\"" + text.replace("\"", "\"\"") + "\"";
    }
}
