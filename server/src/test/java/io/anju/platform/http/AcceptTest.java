package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
    private static final Set<String> JSON = Set.of("application/json");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    application/json                       | true
                    Application/JSON                       | true
                    application/json;charset=utf-8;q=0.1   | true
                    application/*                          | true
                    text/html, */*;q=0.1                   | true
                    text/html                              | false
                    text/html, image/*                     | false
                    application/json;q=0                   | false
                    application/json;q=0.000, */*          | false
                    application/*;q=0, application/json    | true
                    */*;q=0                                | false
                    application/problem+json               | false
                    ,;q=,//                                | false
                    ''                                     | true
                    """)
    void the_closest_range_decides(String header, boolean admitted) {
        assertThat(Accept.admits(header, JSON)).isEqualTo(admitted);
    }
}
