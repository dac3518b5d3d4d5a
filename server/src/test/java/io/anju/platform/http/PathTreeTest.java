package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTreeTest {
    private final PathTree tree = tree(
            "GET /v1/applications",
            "POST /v1/applications",
            "GET /v1/applications/mine",
            "GET /v1/applications/{applicationId}",
            "PUT /v1/applications/{applicationId}",
            "GET /v1/applications/{applicationId}/attachments/{attachmentId}",
            "GET /v1/applications/mine/latest");

    @ParameterizedTest
    @CsvSource({
        "/v1/applications, /v1/applications, ''",
        "/v1/applications/mine, /v1/applications/mine, ''",
        "/v1/applications/42, /v1/applications/{applicationId}, 42",
        "/v1/applications/mine/attachments/7, /v1/applications/{applicationId}/attachments/{attachmentId}, mine 7",
        "/v1/applications/a%2Fb, /v1/applications/{applicationId}, a/b",
        "/v1/applications/a+b, /v1/applications/{applicationId}, a+b",
        "/v1/applications/%E5%AE%89, /v1/applications/{applicationId}, 安"
    })
    void finds_the_operation_and_the_parameters(String path, String expected, String parameters) {
        var match = Objects.requireNonNull(tree.find(path));
        var found = Objects.requireNonNull(match.node().operation(HttpMethod.GET));

        assertThat(found.operation().path()).isEqualTo(expected);
        assertThat(String.join(" ", match.parameters())).isEqualTo(parameters);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "v1/applications",
                "/v1",
                "/v1/applications/",
                "//v1/applications",
                "/v1/applications/%",
                "/v1/applications/%zz",
                "/v1/applications/1/attachments",
                "/v2/applications",
                "/v1/applications/1/2/3/4"
            })
    void finds_nothing_where_no_operation_has_the_path(String path) {
        assertThat(tree.find(path)).isNull();
    }

    @Test
    void knows_the_methods_of_a_path() {
        var match = Objects.requireNonNull(tree.find("/v1/applications/42"));

        assertThat(match.node().operation(HttpMethod.DELETE)).isNull();
        assertThat(match.node().allowed()).isEqualTo("GET, HEAD, PUT");
    }

    @Test
    void refuses_two_operations_at_one_place() {
        assertThatThrownBy(() -> tree("GET /v1/x/{a}", "GET /v1/x/{b}")).hasMessageContaining("two operations");
    }

    private static PathTree tree(String... operations) {
        return new PathTree(Stream.of(operations).map(PathTreeTest::mounted).toList());
    }

    private static Mounted mounted(String text) {
        var words = List.of(text.split(" "));
        var operation = new Operation(
                text,
                "test",
                HttpMethod.valueOf(words.get(0)),
                words.get(1),
                Set.of(),
                true,
                Operation.Owner.ANYBODY,
                null,
                false,
                false,
                false,
                false,
                false,
                false,
                200,
                Set.of(),
                Set.of());
        return new Mounted(
                new Route(operation, request -> Future.succeededFuture(Reply.empty())), new SimpleMeterRegistry());
    }
}
