package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anju.policy.yaml.InvalidPolicyException;
import io.anju.policy.yaml.PolicyFault;
import io.anju.policy.yaml.SchemaCheck;
import java.util.List;

/** Documents for tests that say something about money and nothing else. */
final class MoneyDocument {
    private static final String HEAD = """
            format: 1
            city: "990100"
            programme: public-rental
            version: "1"
            title: {zh: 规则, en: Rules}
            programmeName: {zh: 公共租赁住房, en: Public rental housing}
            source: invented for the test
            asSeenAt: 2026-11
            confidence: C
            effectiveFrom: 2026-01-01
            figures:
              - name: lineYuan
                values:
                  - {from: 2026-01-01, value: 1000}
                  - {from: 2027-01-01, value: 1200}
            eligibility: []
            """;

    private MoneyDocument() {}

    static PolicyDocument read(String sections) {
        return DocumentReader.read("good.yaml", HEAD + sections, null);
    }

    /** Every fault of a document, none of which is without its file and a line of it. */
    static List<String> faults(String sections) {
        var text = HEAD + sections;
        var refusal =
                catchThrowableOfType(InvalidPolicyException.class, () -> DocumentReader.read("bad.yaml", text, null));
        assertThat(refusal).as("nothing was refused").isNotNull();
        assertThat(refusal.faults()).allSatisfy(fault -> {
            assertThat(fault.file()).isEqualTo("bad.yaml");
            // what is missing altogether is told of the first line, everything else of its own
            assertThat(fault.reason().endsWith("is missing")
                            || fault.line() > HEAD.lines().count())
                    .as(fault.toString())
                    .isTrue();
            assertThat(fault.line()).isBetween(1, (int) text.lines().count());
        });
        return refusal.faults().stream().map(PolicyFault::reason).toList();
    }

    /** What the published schema finds. */
    static List<PolicyFault> schemaFaults(String sections) {
        return SchemaCheck.DOCUMENT.faults("f", HEAD + sections);
    }
}
