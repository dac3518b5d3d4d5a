package io.anju.publicity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.testing.Anju;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table itself refuses what the program must never ask of it. */
class LineTableIT {
    private static final String INSERT = """
            INSERT INTO publicity.line
                   (notice_id, application_id, receipt_number, masked_name, household_size, district_code, district_zh,
                    district_en, category, score)
            VALUES (uuidv7(), uuidv7(), '370200-2026-0000123-K', $1, 3, '370202', '市南区', 'Shinan', $2, NULL)
            """;

    @RegisterExtension
    static final Anju anju = Anju.server();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11010519491231002X",
                "１１０１０５１９４９１２３１００２Ｘ",
                "110105491231002",
                "13900000000",
                "+8613900000000",
                "6222021234567890128"
            })
    void refuses_a_line_that_shows_a_full_identifier(String text) {
        assertThatThrownBy(() -> Anju.await(anju.db().execute(INSERT, "张*", text)))
                .hasMessageContaining("line_shows_no_identifier");
        assertThatThrownBy(() -> Anju.await(anju.db().execute(INSERT, "张*" + text, "low-income")))
                .hasMessageContaining("line_shows_no_identifier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"张三", ""})
    void refuses_a_line_whose_name_is_not_masked(String name) {
        assertThatThrownBy(() -> Anju.await(anju.db().execute(INSERT, name, "low-income")))
                .hasMessageContaining("line_name_is_masked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publicity.notice", "publicity.line", "publicity.objection", "review.task"})
    void the_program_cannot_delete_what_was_published_or_decided(String table) {
        assertThatThrownBy(() -> Anju.await(anju.db().execute("DELETE FROM " + table)))
                .hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"review.decision", "verification.answer"})
    void the_program_cannot_change_a_decision_or_an_answer(String table) {
        assertThatThrownBy(() -> Anju.await(anju.db().execute("UPDATE " + table + " SET id = uuidv7()")))
                .hasMessageContaining("permission denied");
    }
}
