package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.http.Office;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaffPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "district, 370202, street, 370202001, ADMINISTRATOR, true",
        "district, 370202, district, 370202, ADMINISTRATOR, false",
        "district, 370202, district, 370202, REVIEWER, true",
        "district, 370202, street, 370202001, AUDITOR, false",
        "city, 3702, city, 3702, AUDITOR, true",
        "city, 3702, city, 3702, ADMINISTRATOR, false",
        "city, 3702, district, 370202, ADMINISTRATOR, true",
    })
    void administrators_are_made_by_those_above_and_auditors_by_a_city(
            String level, String area, String otherLevel, String otherArea, Role role, boolean may) {
        assertThat(StaffPolicy.mayGive(office(level, area), office(otherLevel, otherArea), Set.of(role)))
                .isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({"city, 3702, true", "city, 370202, false", "street, 370202001, true", "community, 370202001, false"})
    void an_area_has_the_digits_of_its_level(String level, String area, boolean fits) {
        assertThat(StaffPolicy.fits(level, area)).isEqualTo(fits);
    }

    private static Office office(String level, String area) {
        return new Office("370200", level, area, "测试");
    }
}
