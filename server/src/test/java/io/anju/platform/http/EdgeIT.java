package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EdgeIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    @Test
    void publishes_the_catalogue_of_problems() {
        var answer = anju.http().get("/v1/problem-codes").expect(200);
        assertThat(answer.json().path("items").size()).isGreaterThan(40);
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=3600");
    }
}
