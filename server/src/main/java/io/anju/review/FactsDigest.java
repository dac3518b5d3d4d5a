package io.anju.review;

import io.anju.platform.crypto.Sha256;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.Person;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The fingerprint of the facts that a decision rests on. The submission keeps the facts themselves; whoever recomputes
 * a decision years later can show that they are the same. Bound to the application, so that two households with equal
 * facts do not have equal fingerprints.
 */
final class FactsDigest {
    private static final char END = '\n';

    private FactsDigest() {}

    /** SHA-256 in hex of one line per fact, in a fixed order. */
    static String of(UUID applicationId, HouseholdFacts facts) {
        var text = new StringBuilder();
        text.append(applicationId).append(END).append(facts.cityCode()).append(END);
        facts.members().forEach(member -> append(text, member));
        text.append(facts.ownedAreaSqm().stripTrailingZeros().toPlainString()).append(END);
        text.append(facts.monthlyIncomeFen()).append(END);
        text.append(facts.assetsFen()).append(END);
        text.append(String.join(",", new TreeSet<>(facts.specialGroups()))).append(END);
        text.append(facts.qualifiedOn()).append(END);
        var known = facts.onFile();
        text.append(known.appliedOn())
                .append('|')
                .append(known.earlierQualifiedOn())
                .append('|')
                .append(known.waiverCount())
                .append('|')
                .append(known.deceitFoundOn())
                .append('|')
                .append(known.districtCode())
                .append(END);
        return Sha256.hex(text.toString());
    }

    private static void append(StringBuilder text, Person member) {
        text.append(member.relation())
                .append('|')
                .append(member.birthDate())
                .append('|')
                .append(member.hukouCityCode())
                .append('|')
                .append(member.hukouSince())
                .append('|')
                .append(member.sex())
                .append(END);
    }
}
