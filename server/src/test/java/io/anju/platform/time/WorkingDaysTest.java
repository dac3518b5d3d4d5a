package io.anju.platform.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {
    private final WorkingDays days = WorkingDays.load();

    @ParameterizedTest(name = "{0} + {1} = {2}: {3}")
    @CsvSource({
        "2026-11-20, 1, 2026-11-23, over a weekend",
        "2026-11-22, 1, 2026-11-23, from a Sunday",
        "2026-11-23, 0, 2026-11-23, none",
        "2026-02-13, 1, 2026-02-14, the Saturday before Spring Festival 2026 is worked",
        "2026-02-14, 1, 2026-02-24, over Spring Festival 2026: off from 15 to 23 February",
        "2026-02-27, 1, 2026-02-28, the Saturday after it is worked too",
        "2025-01-27, 1, 2025-02-05, over Spring Festival 2025: off from 28 January to 4 February",
        "2024-02-09, 1, 2024-02-18, over Spring Festival 2024: back on a Sunday",
        "2025-09-30, 1, 2025-10-09, over National Day and Mid-Autumn 2025",
        "2025-10-10, 1, 2025-10-11, the Saturday after National Day 2025 is worked",
        "2026-09-18, 1, 2026-09-20, the Sunday before Mid-Autumn 2026 is worked",
        "2026-09-30, 15, 2026-10-27, the term of a re-review over National Day 2026",
        "2024-02-28, 1, 2024-02-29, a leap day is a day",
        "2024-02-29, 1, 2024-03-01, and is followed by March",
        "2025-12-31, 1, 2026-01-04, over the turn of the year: 4 January 2026 is a worked Sunday",
        "2026-12-31, 1, 2027-01-04, over New Year 2027",
        "2026-02-24, -1, 2026-02-14, backwards over Spring Festival"
    })
    void counts_working_days(LocalDate from, int workingDays, LocalDate expected, String why) {
        assertThat(days.plus(from, workingDays)).as(why).isEqualTo(expected);
    }

    @Test
    void between_is_the_other_way_round_of_plus() {
        var from = LocalDate.of(2024, 1, 1);
        IntStream.range(0, 1_400)
                .mapToObj(from::plusDays)
                .filter(days::isWorkingDay)
                .forEach(day -> {
                    assertThat(days.between(day, days.plus(day, 15))).isEqualTo(15);
                    assertThat(days.between(days.plus(day, 15), day)).isEqualTo(-15);
                });
        assertThat(days.between(from, from)).isZero();
    }

    @ParameterizedTest
    // public figures: 2025 has 248 working days and 2026 has 248; 2024, a leap year, 251
    @CsvSource({"2024, 251", "2025, 248", "2026, 248"})
    void a_year_has_the_working_days_of_its_notice(int year, int expected) {
        var first = LocalDate.of(year, 1, 1);
        assertThat(days.between(first.minusDays(1), first.withDayOfYear(first.lengthOfYear())))
                .isEqualTo(expected);
    }

    @Test
    void a_derived_year_says_so() {
        assertThat(days.isOfficial(2026)).isTrue();
        assertThat(days.isOfficial(2027)).isFalse();
        assertThat(days.lastYear()).isEqualTo(2027);
    }

    @Test
    void a_folder_replaces_and_extends_what_ships(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("2028.yaml"), """
                year: 2028
                source: a notice
                confidence: official
                holidays: [{name: 元旦, from: 2028-01-03, to: 2028-01-03}]
                workdays: [2028-01-08]
                """);
        var extended = WorkingDays.load(folder);
        assertThat(extended.isWorkingDay(LocalDate.of(2028, 1, 3))).isFalse();
        assertThat(extended.isWorkingDay(LocalDate.of(2028, 1, 8))).isTrue();
        assertThat(extended.isOfficial(2028)).isTrue();
    }

    @Test
    void a_worked_day_that_is_no_weekend_is_refused(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("2028.yaml"), """
                year: 2028
                source: a notice
                confidence: official
                holidays: []
                workdays: [2028-01-05]
                """);
        assertThatThrownBy(() -> WorkingDays.load(folder)).hasMessageContaining("cannot be read");
    }
}
