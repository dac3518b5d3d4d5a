package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Late fees with payments between, computed by hand from the samples' rules and named with them. */
class LateFeeVectorsTest {
    private static final MoneyRules GUANGZHOU =
            Samples.document("440100", "public-rental", "2026-1").money();
    private static final MoneyRules XIAMEN =
            Samples.document("350200", "public-rental", "2026-1").money();
    private static final MoneyRules XUZHOU = Samples.xuzhou().money();

    /** Five days cost nothing, then 0.5 ‰ a day; never more than what was overdue. */
    @ParameterizedTest(name = "{0}: {1} fen")
    @CsvSource({
        "39980x5, 0",
        // 399.80 × 0.0005 = 0.1999
        "39980x6, 20",
        // 24 days: 4.7976
        "39980x29, 480",
        // 4 days of 399.80 and 20 of 299.80: 0.7996 + 2.998 = 3.7976
        "39980x9 29980x20, 380",
        // grace is used up across two stretches: 1 day of 299.80 = 0.1499
        "39980x3 29980x3, 15",
        // 2000 days counted are the whole debt, more are not charged
        "39980x2005, 39980",
        "39980x2006, 39980",
        // a leap year: 366 − 5 days of 399.80: 72.1639
        "39980x366, 7216"
    })
    void guangzhou_2026_1(String stretches, long fen) {
        var fee = GUANGZHOU.lateFee(read(stretches), 99_950).orElseThrow();
        assertThat(fee.fen()).isEqualTo(fen);
        assertThat(fee.capFen()).isEqualTo(39_980);
    }

    /** 3 ‰ a day from the first day on; the rule sets no cap. */
    @ParameterizedTest(name = "{0}: {1} fen")
    @CsvSource({
        // 901.20 × 0.003 = 2.7036
        "90120x1, 270",
        // half a fen goes up: 0.50 × 0.003 × 10 = 0.015
        "50x10, 2",
        "90120x400, 108144",
        // 10 days of 901.20 and 5 of 1.20: 27.036 + 0.018
        "90120x10 120x5, 2705"
    })
    void xiamen_2026_1(String stretches, long fen) {
        var fee = XIAMEN.lateFee(read(stretches), 150_200).orElseThrow();
        assertThat(fee.fen()).isEqualTo(fen);
        assertThat(fee.capFen()).isNull();
    }

    /** 2 % of the monthly rent a day as long as anything is overdue; never more than the most that was. */
    @ParameterizedTest(name = "{0}: {1} fen")
    @CsvSource({"84000x10 100x10, 11200", "84000x149 1x1, 84000", "84000x200, 84000", "84000x10 0x90, 5600"})
    void xuzhou_2026_1(String stretches, long fen) {
        assertThat(XUZHOU.lateFee(read(stretches), 28_000).orElseThrow().fen()).isEqualTo(fen);
    }

    @Test
    void instalments_come_to_the_debt_and_the_first_to_its_share() {
        var rules = new ArrearsRelief.Instalments(12, 10, 10);
        var first = LocalDate.of(2028, 1, 31);
        var parts = ArrearsRelief.parts(rules, 100_001, 3, first);
        assertThat(parts).extracting(ArrearsRelief.Part::fen).containsExactly(33_333L, 33_334L, 33_334L);
        assertThat(parts)
                .extracting(part -> part.dueOn().toString())
                .containsExactly("2028-01-31", "2028-02-29", "2028-03-31");
        var half = ArrearsRelief.parts(new ArrearsRelief.Instalments(12, 50, 10), 100_001, 3, first);
        assertThat(half).extracting(ArrearsRelief.Part::fen).containsExactly(50_001L, 25_000L, 25_000L);
        assertThatThrownBy(() -> ArrearsRelief.parts(rules, 100_001, 13, first))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<OverdueStretch> read(String stretches) {
        var read = new ArrayList<OverdueStretch>();
        for (var one : stretches.split(" ")) {
            var parts = one.split("x");
            read.add(new OverdueStretch(Long.parseLong(parts[0]), Integer.parseInt(parts[1])));
        }
        return read;
    }
}
