package io.anju.platform.tables;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Days and numbers as people write them into tables. */
public final class TableValues {
    private static final Pattern DATE = Pattern.compile("(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?");
    /** Days since the last day of 1899, as workbooks count them. */
    private static final Pattern DAY_NUMBER = Pattern.compile("[1-9]\\d{4}(\\.0+)?");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,6})?");
    private static final int MOST_DECIMALS = 2;
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

    private TableValues() {}

    /** A day, however it is written; null where it is none. */
    public static @Nullable LocalDate day(String text) {
        if (DAY_NUMBER.matcher(text).matches()) {
            return DAY_ZERO.plusDays(Integer.parseInt(text.split("\\.", 2)[0]));
        }
        // a workbook's date as text ends in midnight
        var match = DATE.matcher(text.replaceFirst("[T ]00:00.*$", ""));
        if (!match.matches()) {
            return null;
        }
        try {
            return LocalDate.of(
                    Integer.parseInt(match.group(1)),
                    Integer.parseInt(match.group(2)),
                    Integer.parseInt(match.group(3)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A number from 0 to the greatest with at most two decimals; null where it is none. */
    public static @Nullable BigDecimal number(String text, long greatest) {
        var plain = text.replace(",", "");
        var number = NUMBER.matcher(plain).matches() ? new BigDecimal(plain).stripTrailingZeros() : null;
        return number == null || number.scale() > MOST_DECIMALS || number.compareTo(BigDecimal.valueOf(greatest)) > 0
                ? null
                : number;
    }
}
