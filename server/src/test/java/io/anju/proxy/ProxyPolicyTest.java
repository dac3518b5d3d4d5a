package io.anju.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.identity.NationalId;
import io.anju.testing.People;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyPolicyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 4);

    @ParameterizedTest
    @CsvSource({
        // of age on the eighteenth birthday, and not a day before (民法典 art. 17); 29 February counts on the 28th
        "2008-03-04, false",
        "2008-03-05, true",
        "2010-01-01, true",
        "1950-01-01, false",
    })
    void of_age_from_eighteen_on(LocalDate born, boolean minor) {
        assertThat(ProxyPolicy.isMinor(person(born, 1), TODAY)).isEqualTo(minor);
    }

    @ParameterizedTest
    @CsvSource({
        "GUARDIAN, 2008-05-01, 2026-04-30",
        "GUARDIAN, 2015-01-01, 2029-03-04",
        "GUARDIAN, 1940-01-01, 2029-03-04",
        "COMMUNITY_WORKER, 1940-01-01, 2027-03-04",
        "RELATIVE, 1940-01-01, 2027-03-04",
        "COMMUNITY_WORKER, 2008-05-01, 2026-04-30",
    })
    void a_mandate_ends_with_childhood_at_the_latest(Mandate.Kind kind, LocalDate born, LocalDate latest) {
        assertThat(ProxyPolicy.latest(kind, person(born, 1), TODAY)).isEqualTo(latest);
    }

    @Test
    void nobody_is_their_own_proxy_and_no_minor_is_anybodys() {
        var elder = person(LocalDate.of(1940, 1, 1), 1);
        assertThat(ProxyPolicy.againstActing(elder, elder, TODAY)).contains(ProxyProblem.PROXY_OF_ONESELF);
        assertThat(ProxyPolicy.againstActing(person(LocalDate.of(2010, 1, 1), 2), elder, TODAY))
                .contains(ProxyProblem.PROXY_IS_MINOR);
        assertThat(ProxyPolicy.againstActing(person(LocalDate.of(1980, 1, 1), 3), elder, TODAY))
                .isEmpty();
    }

    @Test
    void codes_have_one_spelling_and_are_never_alike() {
        var code = ProxyCode.next();
        assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}");
        assertThat(ProxyCode.normalised(code.toLowerCase(Locale.ROOT).replace("-", "")))
                .isEqualTo(ProxyCode.normalised(code));
        assertThat(ProxyCode.normalised("OIL0-0000-0000-0000")).isEqualTo("0110000000000000");
        assertThat(ProxyCode.next()).isNotEqualTo(code);
    }

    private static NationalId person(LocalDate born, int sequence) {
        return NationalId.parse(People.nationalId(born, sequence));
    }
}
