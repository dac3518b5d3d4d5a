package io.anju.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a late fee has come to.
 *
 * @param capFen the most that it can come to, rounded up; null where nothing limits it
 */
public record AccruedFee(MoneyStep step, @Nullable Long capFen) {
    public long fen() {
        return Objects.requireNonNull(step.fen());
    }
}
