package io.anju.lease;

import io.anju.lease.HomeRows.Rates;
import io.anju.lease.HomeRows.Row;
import io.anju.platform.problem.Finding;
import io.anju.platform.tables.TableValues;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one row of a file of homes; what is wrong is written down. */
final class HomeFields {
    private static final int MOST_AREA_SQM = 1_000;
    private static final int MOST_YUAN_PER_SQM = 10_000;
    private static final int MOST_ROOMS = 9;
    private static final int FEN_PER_YUAN = 100;
    private static final Map<HomeColumn, Integer> MOST_CHARS = Map.of(
            HomeColumn.ESTATE_NAME, 60, HomeColumn.PROVIDER, 60, HomeColumn.BUILDING, 40, HomeColumn.HOME_NUMBER, 40);

    private final int number;
    private final Map<HomeColumn, String> values;
    private final List<Finding> findings;

    /** @param findings where what is wrong is added */
    HomeFields(int number, Map<HomeColumn, String> values, List<Finding> findings) {
        this.number = number;
        this.values = Map.copyOf(values);
        this.findings = findings;
    }

    @Nullable
    Row row() {
        var estate = text(HomeColumn.ESTATE_NAME);
        var provider = text(HomeColumn.PROVIDER);
        var building = text(HomeColumn.BUILDING);
        var home = text(HomeColumn.HOME_NUMBER);
        var area = number(HomeColumn.AREA_SQM, MOST_AREA_SQM);
        var rooms = number(HomeColumn.ROOMS, MOST_ROOMS);
        var rates = rates();
        if (area != null && area.signum() == 0) {
            wrong(HomeColumn.AREA_SQM);
        }
        if (rooms != null && (rooms.scale() > 0 || rooms.signum() == 0)) {
            wrong(HomeColumn.ROOMS);
        }
        return area == null || rooms == null
                ? null
                : new Row(estate, provider, building, home, area, rooms.intValue(), rates);
    }

    private @Nullable Rates rates() {
        var standard = number(HomeColumn.PROJECT_STANDARD, MOST_YUAN_PER_SQM);
        var market = number(HomeColumn.MARKET_RENT, MOST_YUAN_PER_SQM);
        var from = day(HomeColumn.RATES_FROM);
        var to = day(HomeColumn.RATES_TO);
        if (standard == null && market == null) {
            return null;
        }
        if (from == null || (to != null && to.isBefore(from))) {
            wrong(from == null ? HomeColumn.RATES_FROM : HomeColumn.RATES_TO);
            return null;
        }
        return new Rates(from, to, fen(standard), fen(market));
    }

    private static @Nullable Long fen(@Nullable BigDecimal yuan) {
        return yuan == null
                ? null
                : yuan.multiply(BigDecimal.valueOf(FEN_PER_YUAN)).longValueExact();
    }

    private String text(HomeColumn column) {
        var text = values.getOrDefault(column, "");
        if (text.isEmpty()
                || text.length() > MOST_CHARS.getOrDefault(column, 0)
                || text.chars().anyMatch(Character::isISOControl)) {
            wrong(column);
        }
        return text;
    }

    private @Nullable BigDecimal number(HomeColumn column, int most) {
        var text = values.getOrDefault(column, "");
        if (text.isEmpty() && !column.isRequired()) {
            return null;
        }
        var number = TableValues.number(text, most);
        if (number == null) {
            wrong(column);
        }
        return number;
    }

    private @Nullable LocalDate day(HomeColumn column) {
        var text = values.getOrDefault(column, "");
        var day = text.isEmpty() ? null : TableValues.day(text);
        if (day == null && !text.isEmpty()) {
            wrong(column);
        }
        return day;
    }

    private void wrong(HomeColumn column) {
        findings.add(new Finding(
                "/rows/" + number + "/" + column.label(),
                LeaseProblem.HOME_FIELD_WRONG,
                Map.of("row", Integer.toString(number), "column", column.label())));
    }
}
