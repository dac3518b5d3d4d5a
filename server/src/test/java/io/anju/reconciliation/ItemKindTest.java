package io.anju.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.api.model.ReconciliationItemKind;
import io.anju.payment.Difference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ItemKindTest {
    @Test
    void the_contract_names_what_comparisons_find_and_what_channels_tell_and_nothing_twice() {
        var ours = Stream.concat(
                Stream.of(ItemKind.values()).map(ItemKind::id),
                Stream.of(Difference.Kind.values()).map(Difference.Kind::id));
        assertThat(ours)
                .containsExactlyInAnyOrderElementsOf(Stream.of(ReconciliationItemKind.values())
                        .map(ReconciliationItemKind::wire)
                        .toList());
    }
}
