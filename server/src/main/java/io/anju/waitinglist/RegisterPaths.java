package io.anju.waitinglist;

import io.anju.waitinglist.RegisterFilter.Traits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of a filter on rows of the register, and the indexes that lead along all rows which can meet them. */
final class RegisterPaths {
    /** A path that does not lead to the newest first is walked only if it is no longer than this. */
    static final int SHORT = 2_000;

    private static final int DISTRICT = 6;
    private static final int STREET = 9;
    private static final int COMMUNITY = 12;

    /**
     * An index that leads to every registration of a filter.
     *
     * @param order of the index after what all its rows have in common
     */
    record Path(RegisterTerm rows, String order) {
        private static final String NEWEST_FIRST = "k.registration_id DESC";

        private boolean isInOrder() {
            return order.equals(NEWEST_FIRST);
        }

        /** The rows to walk: by the index of their ids where their own index does not lead to the newest first. */
        RegisterTerm walk() {
            return isInOrder() ? rows : rows.within("""
                    k.registration_id = ANY (ARRAY(
                       SELECT k.registration_id
                         FROM waitinglist.register k
                        WHERE %s))""");
        }
    }

    private static final String BY_RECEIPT = "k.receipt_number";
    private static final String BY_DAY = "k.registered_on";

    private final RegisterTerm city;
    private final List<RegisterTerm> conditions = new ArrayList<>();
    private final List<Path> paths = new ArrayList<>();

    private RegisterPaths(String cityCode) {
        city = RegisterTerm.of("k.city_code = ?", cityCode);
        conditions.add(city);
    }

    /** In the order of how narrow they mostly are: where all are long, the first is walked. */
    static RegisterPaths of(RegisterFilter filter) {
        var all = new RegisterPaths(filter.area().cityCode());
        var traits = filter.traits();
        if (filter.programme() != null) {
            all.conditions.add(RegisterTerm.of("k.programme = ?", filter.programme()));
        }
        if (filter.receiptNumber() != null) {
            all.add(RegisterTerm.of("k.receipt_number = ?", filter.receiptNumber()), BY_RECEIPT);
        }
        all.addReceipts(traits.receiptPrefix());
        all.addDays(traits);
        boolean isInDistrict = filter.area().code().length() == DISTRICT;
        if (!isInDistrict) {
            all.addArea(filter);
        }
        all.addOfCity("k.exit_type = ?", filter.exitType());
        all.addState(filter.state());
        all.addOfCity("k.category = ?", traits.category());
        all.addOfCity("k.household_size = ?", traits.householdSize());
        if (isInDistrict) {
            all.addArea(filter);
        }
        return all;
    }

    RegisterTerm conditions() {
        return RegisterTerm.allOf(conditions);
    }

    /** Those that may be better than the whole city. */
    List<Path> narrower() {
        return paths;
    }

    /** @param rows of each of the narrower paths, counted no further than one above {@link #SHORT} */
    Path shortest(List<Long> rows) {
        var shortest = new Path(city, Path.NEWEST_FIRST);
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < paths.size(); i++) {
            boolean canBeWalked = paths.get(i).isInOrder() || rows.get(i) <= SHORT;
            if (canBeWalked && rows.get(i) < fewest) {
                shortest = paths.get(i);
                fewest = rows.get(i);
            }
        }
        return shortest;
    }

    private void add(RegisterTerm condition, String order) {
        conditions.add(condition);
        paths.add(new Path(condition, order));
    }

    private void addOfCity(String condition, @Nullable Object value) {
        if (value != null) {
            addOfCity(RegisterTerm.of(condition, value), Path.NEWEST_FIRST);
        }
    }

    private void addOfCity(RegisterTerm condition, String order) {
        conditions.add(condition);
        paths.add(new Path(city.and(condition), order));
    }

    /** A range, because an index knows no beginnings. */
    private void addReceipts(@Nullable String prefix) {
        if (prefix != null) {
            add(
                    RegisterTerm.of("k.receipt_number >= ?", prefix)
                            .and(RegisterTerm.of("k.receipt_number < ?", prefix + '\u007f')),
                    BY_RECEIPT);
        }
    }

    private void addDays(Traits traits) {
        var days = new ArrayList<RegisterTerm>();
        if (traits.registeredFrom() != null) {
            days.add(RegisterTerm.of("k.registered_on >= ?", traits.registeredFrom()));
        }
        if (traits.registeredTo() != null) {
            days.add(RegisterTerm.of("k.registered_on <= ?", traits.registeredTo()));
        }
        if (!days.isEmpty()) {
            addOfCity(RegisterTerm.allOf(days), BY_DAY);
        }
    }

    /** A city's own code is no narrower than the city; below it each level has an index of its own. */
    private void addArea(RegisterFilter filter) {
        var prefix = filter.area().code();
        if (filter.area().cityCode().startsWith(prefix)) {
            return;
        }
        switch (prefix.length()) {
            case DISTRICT -> add(RegisterTerm.of("left(k.area_code, 6) = ?", prefix), Path.NEWEST_FIRST);
            case STREET -> add(RegisterTerm.of("left(k.area_code, 9) = ?", prefix), Path.NEWEST_FIRST);
            case COMMUNITY -> add(RegisterTerm.of("k.area_code = ?", prefix), Path.NEWEST_FIRST);
            default -> conditions.add(RegisterTerm.of("starts_with(k.area_code, ?)", prefix));
        }
    }

    /** Written out, as few are frozen or have left, and the indexes hold only those. */
    private void addState(@Nullable String state) {
        if (state != null) {
            switch (state) {
                case "frozen" -> addOfCity(RegisterTerm.of("k.state = 'frozen'"), Path.NEWEST_FIRST);
                case "exited" -> addOfCity(RegisterTerm.of("k.state = 'exited'"), Path.NEWEST_FIRST);
                default -> conditions.add(RegisterTerm.of("k.state = 'waiting'"));
            }
        }
    }
}
