package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComplaintStateTest {
    private static final Set<ComplaintState> ENDS =
            EnumSet.of(ComplaintState.CLOSED, ComplaintState.REFUSED, ComplaintState.WITHDRAWN);

    @Test
    void every_state_can_be_reached_from_the_first() {
        assertThat(reachableFrom(ComplaintState.RECEIVED)).containsExactlyInAnyOrder(ComplaintState.values());
    }

    @ParameterizedTest
    @EnumSource(ComplaintState.class)
    void from_every_state_it_can_come_to_an_end(ComplaintState state) {
        assertThat(reachableFrom(state)).containsAnyElementsOf(ENDS);
    }

    @ParameterizedTest
    @EnumSource(ComplaintState.class)
    void nothing_is_closed_that_was_not_answered(ComplaintState state) {
        assertThat(state.mayMoveTo(ComplaintState.CLOSED)).isEqualTo(state == ComplaintState.ANSWERED);
    }

    @ParameterizedTest
    @EnumSource(ComplaintState.class)
    void the_name_in_the_contract_reads_back(ComplaintState state) {
        assertThat(ComplaintState.of(state.id())).isEqualTo(state);
        assertThat(io.anju.api.model.ComplaintState.of(state.id()).name()).isEqualTo(state.name());
    }

    private static Set<ComplaintState> reachableFrom(ComplaintState start) {
        var reached = EnumSet.of(start);
        var open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (ComplaintState next : open.remove().nextStates()) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }
}
