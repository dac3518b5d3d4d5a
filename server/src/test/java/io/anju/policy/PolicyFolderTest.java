package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anju.policy.yaml.InvalidPolicyException;
import io.anju.policy.yaml.PolicyFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFolderTest {
    @TempDir
    Path root = Path.of("");

    @BeforeEach
    void copyQingdao() throws IOException {
        copy("370200/city.yaml");
        copy("370200/public-rental-2012.yaml");
    }

    @Test
    void ships_the_sample_cities() {
        var shipped = PolicyFolder.shipped();
        assertThat(shipped.cities()).extracting(City::code).containsExactly("320300", "350200", "370200", "440100");
        assertThat(shipped.documents())
                .extracting(PolicyDocument::cityCode)
                .contains("320300", "350200", "370200", "440100");
        var qingdao = shipped.city("370200").orElseThrow();
        assertThat(qingdao.districts()).hasSize(10);
        assertThat(qingdao.agencies()).hasSize(6);
        assertThat(qingdao.community("370202001001")).isPresent();
        assertThat(qingdao.community("320302001001")).isEmpty();
        assertThat(qingdao.areaName("370202").map(Text::zh)).contains("市南区");
        assertThat(qingdao.areaName("370202001").map(Text::en)).contains("Dongyuan Street (sample)");
        assertThat(qingdao.areaName("370202001001").map(Text::zh)).contains("海棠社区（示例）");
    }

    @Test
    void asks_all_six_agencies_in_qingdao() {
        var asked = Samples.qingdao().pipeline().stream()
                .flatMap(step -> step.verification().stream())
                .map(VerificationRequirement::agency)
                .distinct()
                .toList();
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "housing", "civil-affairs", "public-security", "human-resources", "provident-fund", "tax");
    }

    @Test
    void takes_a_new_version_after_the_old_one() throws IOException {
        edit(
                "public-rental-2012.yaml",
                "effectiveFrom: 2012-12-01",
                "effectiveFrom: 2012-12-01\neffectiveTo: 2026-12-31");
        newVersion("2027-01-01");
        assertThat(PolicyFolder.read(root).documents())
                .extracting(PolicyDocument::version)
                .containsExactly("2012-528", "2027-1");
    }

    @Test
    void refuses_two_versions_on_one_day() throws IOException {
        newVersion("2027-01-01");
        assertThat(faults()).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo("370200/public-rental-2027.yaml");
            assertThat(fault.reason()).contains("overlap").contains("give it the last day 2026-12-31");
        });
    }

    @Test
    void refuses_a_day_without_rules() throws IOException {
        edit(
                "public-rental-2012.yaml",
                "effectiveFrom: 2012-12-01",
                "effectiveFrom: 2012-12-01\neffectiveTo: 2026-12-30");
        newVersion("2027-01-01");
        assertThat(faults())
                .singleElement()
                .extracting(PolicyFault::reason)
                .asString()
                .contains("gap: nothing is in force from 2026-12-31 to 2026-12-31");
    }

    @Test
    void takes_a_gap_that_the_later_document_owns_up_to() throws IOException {
        edit(
                "public-rental-2012.yaml",
                "effectiveFrom: 2012-12-01",
                "effectiveFrom: 2012-12-01\neffectiveTo: 2026-12-30");
        newVersion("2027-01-01");
        edit("public-rental-2027.yaml", "effectiveFrom: 2027-01-01", "effectiveFrom: 2027-01-01\ngapBefore: true");
        assertThat(PolicyFolder.read(root).documents()).hasSize(2);
        edit("public-rental-2012.yaml", "effectiveTo: 2026-12-30", "effectiveTo: 2026-12-31");
        assertThat(faults())
                .singleElement()
                .extracting(PolicyFault::reason)
                .asString()
                .contains("says gapBefore");
    }

    @Test
    void refuses_the_same_version_twice() throws IOException {
        edit(
                "public-rental-2012.yaml",
                "effectiveFrom: 2012-12-01",
                "effectiveFrom: 2012-12-01\neffectiveTo: 2026-12-31");
        newVersion("2027-01-01");
        edit("public-rental-2027.yaml", "version: \"2027-1\"", "version: \"2012-528\"");
        assertThat(faults())
                .singleElement()
                .extracting(PolicyFault::reason)
                .asString()
                .contains("same version");
    }

    @Test
    void refuses_the_whole_folder_for_one_bad_file() throws IOException {
        copy("320300/city.yaml");
        copy("320300/public-rental-2023.yaml");
        edit("public-rental-2012.yaml", "line: 13", "line: 0");
        assertThat(faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.line()).isGreaterThan(100));
    }

    @Test
    void refuses_a_document_in_another_citys_folder() throws IOException {
        copy("320300/city.yaml");
        Files.move(root.resolve("370200/public-rental-2012.yaml"), root.resolve("320300/public-rental-2012.yaml"));
        assertThat(faults())
                .extracting(PolicyFault::reason)
                .anyMatch(reason -> reason.contains("belongs in the folder 370200"));
    }

    @Test
    void refuses_areas_outside_their_parent() throws IOException {
        edit("city.yaml", "\"370202001001\"", "\"370203001001\"");
        assertThat(faults())
                .extracting(PolicyFault::reason)
                .contains("code 370203001001 does not lie within 370202001");
    }

    @Test
    void refuses_a_folder_without_its_city() throws IOException {
        Files.delete(root.resolve("370200/city.yaml"));
        assertThat(faults()).singleElement().extracting(PolicyFault::reason).isEqualTo("the file is missing");
    }

    @Test
    void an_own_folder_takes_the_place_of_the_sample_city() throws IOException {
        edit("public-rental-2012.yaml", "version: \"2012-528\"", "version: \"2012-own\"");
        var folder = PolicyFolder.shippedAnd(root);
        assertThat(folder.documents())
                .extracting(PolicyDocument::version)
                .contains("2012-own", "2023-1")
                .doesNotContain("2012-528");
    }

    private List<PolicyFault> faults() {
        var refusal = catchThrowableOfType(InvalidPolicyException.class, () -> PolicyFolder.read(root));
        assertThat(refusal).as("nothing was refused").isNotNull();
        return refusal.faults();
    }

    private void newVersion(String from) throws IOException {
        var text = Files.readString(root.resolve("370200/public-rental-2012.yaml"))
                .replace("effectiveTo: 2026-12-31\n", "")
                .replace("effectiveTo: 2026-12-30\n", "")
                .replace("effectiveFrom: 2012-12-01", "effectiveFrom: " + from)
                .replace("2012-528", "2027-1");
        Files.writeString(root.resolve("370200/public-rental-2027.yaml"), text);
    }

    private void edit(String file, String old, String replacement) throws IOException {
        var path = root.resolve("370200").resolve(file);
        var text = Files.readString(path);
        assertThat(text).contains(old);
        Files.writeString(path, text.replace(old, replacement));
    }

    private void copy(String file) throws IOException {
        var target = root.resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in = PolicyFolder.class.getResourceAsStream("/policies/" + file)) {
            assertThat(in).isNotNull();
            // here the rules have not ended yet
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("effectiveTo: 2025-12-31\n", "");
            Files.writeString(target, text);
        }
    }
}
