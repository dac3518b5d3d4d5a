package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-05, 7,  2026-03-12",
        "2026-02-25, 10, 2026-03-07",
        "2028-02-25, 10, 2028-03-06",
        "2026-12-28, 7,  2027-01-04",
    })
    void the_day_of_the_event_is_not_counted(LocalDate start, int days, LocalDate last) {
        assertThat(Deadline.lastDay(start, days)).isEqualTo(last);
        assertThat(Deadline.calendar("pipeline/notice", new Text("公示", "Notice"), start, days)
                        .on())
                .isEqualTo(last);
    }
}
