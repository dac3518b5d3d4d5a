package io.anju.policy;

import io.anju.policy.yaml.Faults;
import io.anju.policy.yaml.YamlFile;
import io.anju.policy.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.regex.Pattern;

/** Reads the facts of a household from a file, to try a document on them. */
final class FactsReader {
    private static final Pattern CITY = Pattern.compile("\\d{6}");
    private static final Pattern AREA = Pattern.compile("\\d{1,6}(\\.\\d{1,2})?");
    private static final Pattern FEN = Pattern.compile("\\d{1,15}");

    private static final int MAX_WAIVERS = 100;

    private final String cityCode;

    private FactsReader(String cityCode) {
        this.cityCode = cityCode;
    }

    /** @param cityCode of the document that the facts are tried on */
    static HouseholdFacts read(String file, String text, String cityCode) {
        var faults = new Faults(file);
        var root = new YamlNode(YamlFile.read(text, faults), faults);
        var facts = faults.attempt(() -> new FactsReader(cityCode).household(root));
        faults.refuse();
        return facts.orElseThrow();
    }

    private HouseholdFacts household(YamlNode root) {
        root.onlyKeys(
                "members",
                "ownedAreaSqm",
                "monthlyIncomeFen",
                "assetsFen",
                "specialGroups",
                "qualifiedOn",
                "onFile",
                "tenancy");
        var members = root.get("members").list(FactsReader::person);
        if (members.stream()
                        .filter(member -> member.relation() == Relation.APPLICANT)
                        .count()
                != 1) {
            throw root.get("members").broken("exactly one member is the applicant");
        }
        return new HouseholdFacts(
                cityCode,
                members,
                new BigDecimal(root.get("ownedAreaSqm").text(AREA, "an area in ㎡ like 19.50")),
                fen(root.get("monthlyIncomeFen")),
                fen(root.get("assetsFen")),
                new HashSet<>(root.listOf("specialGroups", FactsReader::group)),
                root.find("qualifiedOn").map(YamlNode::date).orElse(null),
                root.find("onFile").map(FactsReader::onFile).orElse(CaseFacts.NONE));
    }

    private static CaseFacts onFile(YamlNode node) {
        node.onlyKeys("appliedOn", "earlierQualifiedOn", "waiverCount", "deceitFoundOn", "districtCode");
        return new CaseFacts(
                node.find("appliedOn").map(YamlNode::date).orElse(null),
                node.find("earlierQualifiedOn").map(YamlNode::date).orElse(null),
                node.find("waiverCount")
                        .map(count -> count.integer(0, MAX_WAIVERS))
                        .orElse(0),
                node.find("deceitFoundOn").map(YamlNode::date).orElse(null),
                node.find("districtCode")
                        .map(code -> code.text(CITY, "a district's code of six digits"))
                        .orElse(null));
    }

    private static Person person(YamlNode node) {
        node.onlyKeys("relation", "birthDate", "hukouCityCode", "hukouSince", "sex");
        return new Person(
                node.get("relation").oneOf(Relation.class),
                node.get("birthDate").date(),
                node.find("hukouCityCode")
                        .map(city -> city.text(CITY, "a city code of six digits"))
                        .orElse(null),
                node.find("hukouSince").map(YamlNode::date).orElse(null),
                node.find("sex").map(sex -> sex.oneOf(Sex.class)).orElse(null));
    }

    private static long fen(YamlNode node) {
        return Long.parseLong(node.text(FEN, "an amount in whole fen"));
    }

    private static String group(YamlNode node) {
        var code = node.text();
        if (SpecialGroup.find(code).isEmpty()) {
            throw node.broken("unknown group '" + code + "'");
        }
        return code;
    }
}
