package io.anju.application;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of state or step that is about to be made.
 *
 * @param stepIndex the step afterwards; null leaves it as it is
 */
record Move(
        Event.Kind kind,
        ApplicationState to,
        @Nullable Integer stepIndex,
        Actor actor,
        List<String> reasonCodes,
        @Nullable String note,
        Instant at) {

    Move {
        reasonCodes = List.copyOf(reasonCodes);
    }

    static Move of(Event.Kind kind, ApplicationState to, Actor actor, @Nullable String note, Instant at) {
        return new Move(kind, to, null, actor, List.of(), note, at);
    }

    Move to(ApplicationState state) {
        return new Move(kind, state, stepIndex, actor, reasonCodes, note, at);
    }

    Move toStep(int index) {
        return new Move(kind, to, index, actor, reasonCodes, note, at);
    }

    Move because(List<String> codes) {
        return new Move(kind, to, stepIndex, actor, codes, note, at);
    }
}
