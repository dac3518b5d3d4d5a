package io.anju.waitinglist;

import io.anju.platform.tables.TableSource;
import io.anju.platform.tables.TableValues;
import io.anju.waitinglist.ImportReader.Fault;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one row, with everything that was found wrong with them so far. */
final class ImportFields {
    private final Map<ImportColumn, String> row;
    private final List<Fault> faults = new ArrayList<>();

    ImportFields(Map<ImportColumn, String> row) {
        this.row = row;
        for (var column : ImportColumn.values()) {
            check(column, row.getOrDefault(column, ""));
        }
    }

    private void check(ImportColumn column, String value) {
        if (value.length() > TableSource.MOST_CHARS) {
            fault(column, ImportFault.TOO_LONG);
        } else if (value.chars().anyMatch(one -> Character.isISOControl(one) || one == '\ufffd')) {
            fault(column, ImportFault.NOT_TEXT);
        } else if (column.isRequired() && value.isBlank()) {
            fault(column, ImportFault.REQUIRED);
        }
    }

    List<Fault> faults() {
        return faults;
    }

    void fault(ImportColumn column, ImportFault fault) {
        var one = new Fault(column, fault);
        if (!faults.contains(one)) {
            faults.add(one);
        }
    }

    /** Empty where there is none. */
    String text(ImportColumn column) {
        return row.getOrDefault(column, "").strip();
    }

    /** Null where there is none, or it is no day. */
    @Nullable
    LocalDate date(ImportColumn column) {
        var text = text(column);
        var day = text.isEmpty() ? null : TableValues.day(text);
        if (day == null && !text.isEmpty()) {
            fault(column, ImportFault.NOT_A_DATE);
        }
        return day;
    }

    /** Null where there is none, or it is no number from 0 to the greatest. */
    @Nullable
    BigDecimal number(ImportColumn column, long greatest) {
        var text = text(column);
        var number = text.isEmpty() ? null : TableValues.number(text, greatest);
        if (number == null && !text.isEmpty()) {
            fault(column, ImportFault.NOT_A_NUMBER);
        }
        return number;
    }

    void notBefore(ImportColumn column, @Nullable LocalDate day, @Nullable LocalDate earliest, ImportFault fault) {
        if (day != null && earliest != null && day.isBefore(earliest)) {
            fault(column, fault);
        }
    }

    void notAfter(ImportColumn column, @Nullable LocalDate day, LocalDate latest) {
        if (day != null && day.isAfter(latest)) {
            fault(column, ImportFault.DATE_IN_FUTURE);
        }
    }
}
