package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.http.Operation;
import io.anju.platform.http.Route;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the generated routes say of each operation is what the contract says. */
class GeneratedRoutesTest {
    private final Map<String, Operation> generated = GeneratedRoutes.all().stream()
            .map(Route::operation)
            .collect(Collectors.toMap(Operation::id, Function.identity()));

    @Test
    void there_is_one_route_for_each_operation() {
        assertThat(generated.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Contract.all().stream().map(ContractOperation::id).toList());
    }

    @Test
    void each_route_is_what_the_contract_says() {
        assertThat(Contract.all()).allSatisfy(declared -> {
            // another standard's writes know no Idempotency-Key
            var unsafe = declared.isOfOwnForm() ? !declared.method().equals("get") : declared.isUnsafe();
            var operation = Objects.requireNonNull(generated.get(declared.id()));
            assertThat(operation.method().name()).isEqualTo(declared.method().toUpperCase(Locale.ROOT));
            assertThat(operation.path()).isEqualTo(declared.path());
            assertThat(operation.tag()).isEqualTo(declared.node().at("/tags/0").asText());
            assertThat(operation.scopes()).isEqualTo(declared.scopes());
            assertThat(operation.anonymous()).isEqualTo(!declared.isSecured());
            assertThat(operation.unsafe()).isEqualTo(unsafe);
            assertThat(operation.conditional()).isEqualTo(declared.declares(428));
            assertThat(declared.declares(operation.status())).isTrue();
            assertThat(operation.consumes()).isEqualTo(names(declared, "/requestBody/content"));
            assertThat(operation.produces())
                    .isEqualTo(names(declared, "/responses/" + operation.status() + "/content"));
        });
    }

    private static Set<String> names(ContractOperation operation, String pointer) {
        var names = new TreeSet<String>();
        operation.node().at(pointer).fieldNames().forEachRemaining(names::add);
        return names;
    }
}
