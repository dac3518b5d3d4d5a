package io.anju.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.problem.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files of homes, large ones too: read to their end before anything is entered, and then page by page. */
class HomeFileTest {
    private static final String HEAD =
            "estateName,building,homeNumber,areaSqm,rooms,provider,projectStandardYuanPerSqm,ratesFrom\n";

    private static Buffer file(int rows, String last) {
        return Buffer.buffer(HEAD
                + IntStream.range(0, rows)
                        .mapToObj(i -> "苑" + i % 3 + ",1," + i + ",50,2,公司," + (10 + i % 3) + ",2026-01-01\n")
                        .collect(Collectors.joining())
                + last);
    }

    private static String codeOf(Throwable refusal) {
        return ((Refusal) refusal).code().id();
    }

    @Test
    void a_file_of_many_pages_is_read_twice_and_each_row_comes_once() {
        var checked = HomeFile.check(file(12_001, ""));
        assertThat(checked.rows()).isEqualTo(12_001);
        assertThat(checked.estates().keySet()).containsExactly("苑0", "苑1", "苑2");
        assertThat(checked.rates()).hasSize(3);
        var pages = checked.pages();
        Set<String> numbers = new HashSet<>();
        for (var page = pages.next(5_000); !page.isEmpty(); page = pages.next(5_000)) {
            page.forEach(row -> numbers.add(row.number()));
        }
        assertThat(numbers).hasSize(12_001);
    }

    @Test
    void more_rows_than_are_taken_in_are_refused_before_anything_is_entered() {
        var most = HomeRows.MOST_ROWS;
        assertThatThrownBy(() -> HomeFile.check(Buffer.buffer(HEAD + "x\n".repeat(most + 1))))
                .satisfies(refusal -> assertThat(codeOf(refusal)).isEqualTo("too-many-homes"));
    }

    @Test
    void a_fault_in_the_last_row_refuses_the_whole_file() {
        assertThatThrownBy(() -> HomeFile.check(file(6_000, "苑1,1,7,50,2,公司,11,2026-01-01\n")))
                .satisfies(refusal -> {
                    assertThat(codeOf(refusal)).isEqualTo("faulty-homes");
                    assertThat(((Refusal) refusal).findings())
                            .singleElement()
                            .satisfies(finding -> assertThat(finding.pointer()).isEqualTo("/rows/6002"));
                });
    }
}
