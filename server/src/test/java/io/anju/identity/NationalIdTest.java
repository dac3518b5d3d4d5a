package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GB 11643-1999. */
class NationalIdTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @ParameterizedTest
    @CsvSource({"11010519491231002X, 1949-12-31, FEMALE", "440524188001010014, 1880-01-01, MALE"})
    void reads_birth_date_and_sex_of_the_standards_examples(String text, LocalDate birthDate, Sex sex) {
        var id = NationalId.parse(text);
        assertThat(id.birthDate()).isEqualTo(birthDate);
        assertThat(id.sex()).isEqualTo(sex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "440524188001010014"})
    void refuses_every_change_of_one_character(String valid) {
        for (int place = 0; place < valid.length(); place++) {
            for (char other : "0123456789X".toCharArray()) {
                if (other != valid.charAt(place)) {
                    var changed = valid.substring(0, place) + other + valid.substring(place + 1);
                    assertThat(NationalId.check(changed, TODAY)).as(changed).isPresent();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "440524188001010014"})
    void refuses_neighbours_swapped(String valid) {
        for (int place = 0; place < 16; place++) {
            if (valid.charAt(place) != valid.charAt(place + 1)) {
                var swapped = valid.substring(0, place)
                        + valid.charAt(place + 1)
                        + valid.charAt(place)
                        + valid.substring(place + 2);
                assertThat(NationalId.check(swapped, TODAY)).as(swapped).isPresent();
            }
        }
    }

    @Test
    void takes_a_lower_case_x_and_keeps_it_upper() {
        assertThat(NationalId.check("11010519491231002x", TODAY)).isEmpty();
        assertThat(NationalId.parse("11010519491231002x").value()).isEqualTo("11010519491231002X");
    }

    @ParameterizedTest
    @CsvSource({
        "'', NATIONAL_ID_FORM",
        "1101051949123100, NATIONAL_ID_FORM",
        "110105194912310022X, NATIONAL_ID_FORM",
        "1101051949123100２X, NATIONAL_ID_FORM",
        "X1010519491231002X, NATIONAL_ID_FORM",
        "110105194912310021, NATIONAL_ID_CHECK_DIGIT",
    })
    void names_the_fault(String text, NationalIdProblem fault) {
        assertThat(NationalId.check(text, TODAY)).contains(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "11010520230229001, NATIONAL_ID_BIRTH_DATE", // no leap year
        "11010520231301001, NATIONAL_ID_BIRTH_DATE",
        "11010520230431001, NATIONAL_ID_BIRTH_DATE",
        "11010520230001001, NATIONAL_ID_BIRTH_DATE",
        "11010520261123001, NATIONAL_ID_BIRTH_DATE", // tomorrow
        "11010518761121001, NATIONAL_ID_BIRTH_DATE", // older than 150
        "00010519491231002, NATIONAL_ID_REGION",
        "99999919491231002, ",
        "11010520240229001, ", // leap day
        "11010520261122001, ", // born today
        "81000019800101001, ",
    })
    void checks_region_and_birth_date_where_the_check_character_fits(String first17, NationalIdProblem fault) {
        var text = first17 + NationalId.checkCharacter(first17);
        assertThat(NationalId.check(text, TODAY).orElse(null)).isEqualTo(fault);
    }

    @Test
    void never_shows_itself_in_full() {
        var id = NationalId.parse("11010519491231002X");
        assertThat(id.masked()).isEqualTo("1101************2X");
        assertThat(id).hasToString("1101************2X");
        assertThatThrownBy(() -> NationalId.parse("110105194912310021")).hasMessageNotContaining("1101051949");
    }
}
