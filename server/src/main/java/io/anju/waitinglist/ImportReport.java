package io.anju.waitinglist;

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
        var text = ImportFault.of(fault.code()).text().in(languageTag);
        return fault.row() + "," + fault.column() + "," + fault.code() + ",\"" + text.replace("\"", "\"\"") + "\"";
    }
}
