package io.anju.policy.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodsTest {
    @ParameterizedTest(name = "{0} to {1}, every {2} months: {3}")
    @CsvSource({
        "2020-03-10, 2025-03-09, 12, 4",
        "2020-03-10, 2025-03-10, 12, 5",
        "2020-02-29, 2021-02-27, 12, 0",
        "2020-02-29, 2021-02-28, 12, 1",
        "2020-02-29, 2024-02-28, 12, 3",
        "2020-02-29, 2024-02-29, 12, 4",
        "2024-01-31, 2024-02-28, 1, 0",
        "2024-01-31, 2024-02-29, 1, 1",
        "2024-08-31, 2025-02-28, 6, 1",
        "2025-01-01, 2024-01-01, 12, 0",
        "2025-01-01, 2025-01-01, 12, 0",
    })
    void counts_full_periods(LocalDate from, LocalDate to, int months, long expected) {
        assertThat(Periods.full(from, to, months)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} to {1}: {2} years and {3}/{4}")
    @CsvSource({
        "1965-07-01, 2027-12-31, 62, 183, 366",
        "1990-05-05, 2026-05-05, 36, 0, 365",
        "1990-05-05, 2026-05-04, 35, 364, 365",
        "2000-02-29, 2001-02-28, 1, 0, 365",
        "2026-11-22, 2026-11-22, 0, 0, 365",
    })
    void counts_years_to_the_day(LocalDate from, LocalDate to, long years, long days, long daysOfYear) {
        assertThat(Periods.exactYears(from, to)).isEqualTo(Rational.of(years).plus(Rational.of(days, daysOfYear)));
    }

    @Test
    void refuses_an_age_before_birth() {
        var day = LocalDate.of(2026, 11, 22);
        assertThatThrownBy(() -> Periods.exactYears(day.plusDays(1), day)).isInstanceOf(IllegalArgumentException.class);
    }
}
