package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.crypto.Vault;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {
    private final Cursors cursors = new Cursors(Vault.temporary());

    @Test
    void gives_back_what_was_sealed() {
        var id = UUID.randomUUID();
        var at = Instant.parse("2026-03-04T01:00:00.123456Z");

        var cursor = cursors.seal("listTasks", at, id, "中文", "");

        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(cursors.open("listTasks", 4, cursor)).containsExactly(at.toString(), id.toString(), "中文", "");
    }

    @Test
    void goes_on_where_a_page_ended_until_there_is_nothing_more() {
        var all = List.of(5L, 4L, 3L, 2L, 1L);

        var first = cursors.page("listTasks", all.subList(0, 3), 2, last -> last);
        assertThat(first.items()).containsExactly(5L, 4L);
        assertThat(cursors.number("listTasks", first.nextCursor())).isEqualTo(4L);

        var last = cursors.page("listTasks", all.subList(3, 5), 2, one -> one);
        assertThat(last.as(String::valueOf)).containsExactly("2", "1");
        assertThat(last.nextCursor()).isNull();
        assertThat(cursors.number("listTasks", null)).isNull();
    }

    @Test
    void opens_only_for_its_own_list() {
        refuses("listNotices", 1, cursors.seal("listTasks", 1));
    }

    @Test
    void refuses_a_cursor_with_another_number_of_values() {
        refuses("listTasks", 2, cursors.seal("listTasks", 1));
    }

    @Test
    void refuses_a_cursor_that_was_changed_anywhere() {
        var sealed = Base64.getUrlDecoder().decode(cursors.seal("listTasks", 1234));
        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            refuses("listTasks", 1, Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
        }
    }

    @Test
    void refuses_a_cursor_of_another_deployment() {
        refuses("listTasks", 1, new Cursors(Vault.temporary()).seal("listTasks", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "!!!", "AAAA", "eyJhZnRlciI6IjAxOTg3In0"})
    void refuses_nonsense(String cursor) {
        refuses("listTasks", 1, cursor);
    }

    private void refuses(String list, int count, String cursor) {
        assertThatThrownBy(() -> cursors.open(list, count, cursor)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(PlatformProblem.INVALID_REQUEST);
            assertThat(refusal.findings().get(0).pointer()).isEqualTo("/query/cursor");
        });
    }
}
