package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two instances on one database: what is open to all and costly is counted once for both, whatever is asked. */
class CostlyRequestsIT {
    private static final int LIMIT = 7;
    private static final int AT_ONCE = 24;

    @RegisterExtension
    static final Anju anju = Anju.server()
            .with("ANJU_TRUSTED_PROXIES", "1")
            .with("ANJU_COSTLY_REQUESTS_PER_HOUR", Integer.toString(LIMIT));

    @SuppressWarnings("NullAway.Init")
    private static List<ApiClient> instances;

    @BeforeAll
    static void startAnother() {
        instances = List.of(anju.http(), anju.another());
    }

    static Stream<String> costly() {
        return Contract.all().stream().filter(ContractOperation::isCostly).map(ContractOperation::id);
    }

    @ParameterizedTest
    @MethodSource("costly")
    void an_address_gets_its_allowance_of_both(String operation) {
        var answers = race(operation, "203.0.113.1");
        assertThat(answers).filteredOn(answer -> !isBeyond(answer)).hasSize(LIMIT);
        assertThat(answers).filteredOn(CostlyRequestsIT::isBeyond).allSatisfy(CostlyRequestsIT::saysWhen);
        // what others use up is theirs
        assertThat(isBeyond(ask(operation, 0, "203.0.113.2").join())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("costly")
    void what_is_left_is_told_and_comes_back(String operation) {
        var address = "198.51.100.7";
        for (int i = 0; i < LIMIT; i++) {
            var answer = ask(operation, i, address).join();
            assertThat(isBeyond(answer)).isFalse();
            assertThat(answer.header("RateLimit-Policy")).endsWith("\"costly\";q=" + LIMIT + ";w=3600");
            assertThat(answer.header("RateLimit")).contains("\"costly\";r=" + (LIMIT - 1 - i) + ";t=");
        }
        var refused = ask(operation, LIMIT, address).join().expect(429, "too-many-requests");
        anju.clock().advance(Duration.ofSeconds(Long.parseLong(refused.header("Retry-After"))));
        assertThat(isBeyond(ask(operation, 0, address).join())).isFalse();
    }

    @Test
    void one_subscriber_of_ipv6_has_one_allowance() {
        var answers = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> ask("lookUpReceipt", i, "2001:db8:1:2::" + Integer.toHexString(i)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).filteredOn(answer -> !isBeyond(answer)).hasSize(LIMIT);
    }

    /** Some have narrower budgets of their own, with codes of their own. */
    private static boolean isBeyond(Answer answer) {
        return answer.json().path("code").asText().equals("too-many-requests");
    }

    private static void saysWhen(Answer refused) {
        refused.expect(429, "too-many-requests");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 3_600L);
        assertThat(refused.header("RateLimit")).contains("\"costly\";r=0;t=" + refused.header("Retry-After"));
    }

    private static List<Answer> race(String operation, String address) {
        return IntStream.range(0, AT_ONCE).mapToObj(i -> ask(operation, i, address)).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static CompletableFuture<Answer> ask(String operation, int i, String address) {
        return Contract.byId(operation)
                .request(instances.get(i % 2))
                .header("X-Forwarded-For", address)
                .sendAsync();
    }
}
