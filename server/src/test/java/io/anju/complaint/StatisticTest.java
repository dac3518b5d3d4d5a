package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.complaint.Complaint.Stage;
import io.anju.complaint.Statistic.Detail;
import io.anju.complaint.Statistic.Figures;
import io.anju.policy.ComplaintKind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What small counts tell, and to whom. */
class StatisticTest {
    @ParameterizedTest
    @CsvSource({
        // category, pledges, rated, shown to everyone, stars to everyone, shown to offices
        "rent-and-fees, 4, 4, false, false, true",
        "rent-and-fees, 5, 4, true, false, true",
        "rent-and-fees, 5, 5, true, true, true",
        "report, 9, 9, false, false, false",
        "report, 10, 4, true, false, true",
        "report, 10, 5, true, true, true"
    })
    void few_are_not_told(String category, int pledges, int rated, boolean everyone, boolean stars, boolean offices) {
        var line = line(category, pledges, rated);
        var told = line.forEveryone();
        assertThat(told != null).isEqualTo(everyone);
        assertThat(told != null && told.stars() != null).isEqualTo(stars);
        assertThat(line.forOffices() != null).isEqualTo(offices);
    }

    private static Statistic line(String category, int pledges, int rated) {
        @Nullable Detail detail = category.equals("report") ? null : new Detail(ComplaintKind.COMPLAINT, Stage.HANDLE);
        return new Statistic(
                category,
                new OfficeRef("district", "370202"),
                detail,
                new Figures(pledges, pledges, 0, 0, 0, BigDecimal.ONE, 1, 1, rated, BigDecimal.TEN));
    }
}
