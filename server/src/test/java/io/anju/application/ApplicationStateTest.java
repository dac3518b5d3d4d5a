package io.anju.application;

import static io.anju.application.ApplicationState.DRAFT;
import static io.anju.application.ApplicationState.IN_RE_REVIEW;
import static io.anju.application.ApplicationState.REFUSED;
import static io.anju.application.ApplicationState.REGISTERED;
import static io.anju.application.ApplicationState.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApplicationStateTest {
    @Test
    void every_state_can_be_reached_from_a_draft() {
        assertThat(reachableFrom(DRAFT)).containsExactlyInAnyOrder(ApplicationState.values());
    }

    @ParameterizedTest
    @EnumSource(ApplicationState.class)
    void from_every_state_the_application_can_come_to_an_end(ApplicationState state) {
        assertThat(reachableFrom(state)).containsAnyOf(REGISTERED, WITHDRAWN);
    }

    @Test
    void nothing_leads_out_of_an_end_or_back_into_a_draft() {
        assertThat(REGISTERED.nextStates()).isEmpty();
        assertThat(WITHDRAWN.nextStates()).isEmpty();
        for (ApplicationState state : ApplicationState.values()) {
            assertThat(state.mayMoveTo(DRAFT)).isFalse();
        }
    }

    @Test
    void a_refusal_is_only_left_by_re_review() {
        assertThat(REFUSED.nextStates()).containsExactly(IN_RE_REVIEW);
    }

    @ParameterizedTest
    @EnumSource(ApplicationState.class)
    void the_name_in_the_contract_reads_back(ApplicationState state) {
        assertThat(ApplicationState.of(state.id())).isEqualTo(state);
        assertThat(io.anju.api.model.ApplicationState.of(state.id()).name()).isEqualTo(state.name());
    }

    private static Set<ApplicationState> reachableFrom(ApplicationState start) {
        var reached = EnumSet.of(start);
        var open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (ApplicationState next : open.remove().nextStates()) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }
}
