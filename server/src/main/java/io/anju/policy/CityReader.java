package io.anju.policy;

import io.anju.policy.yaml.Faults;
import io.anju.policy.yaml.YamlFile;
import io.anju.policy.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads a city's areas and agencies, and how it takes complaints. */
final class CityReader {
    private static final Pattern AGENCY = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern CITY = Pattern.compile("\\d{4}00");

    private final Set<String> seen = new HashSet<>();

    private CityReader() {}

    /** @param file for messages */
    static City read(String file, String text) {
        var faults = new Faults(file);
        var root = new YamlNode(YamlFile.read(text, faults), faults);
        var city = faults.attempt(() -> new CityReader().city(root));
        faults.refuse();
        return city.orElseThrow();
    }

    private City city(YamlNode root) {
        root.onlyKeys("code", "name", "agencies", "districts", "complaints");
        root.get("source").text();
        var code = root.get("code").text(CITY, "a city code of six digits that ends in 00");
        return new City(
                code,
                Text.read(root.get("name")),
                root.get("districts").list(node -> district(node, code.substring(0, 4))),
                root.listOf("agencies", this::agency),
                root.find("complaints").map(ComplaintDeskReader::desk).orElse(null));
    }

    private City.District district(YamlNode node, String city) {
        node.onlyKeys("code", "name", "streets");
        var code = code(node, city, 6);
        return new City.District(
                code, Text.read(node.get("name")), areas(node, "streets", street -> street(street, code)));
    }

    private City.Street street(YamlNode node, String district) {
        node.onlyKeys("code", "name", "communities");
        var code = code(node, district, 9);
        return new City.Street(
                code, Text.read(node.get("name")), areas(node, "communities", community -> community(community, code)));
    }

    private City.Community community(YamlNode node, String street) {
        node.onlyKeys("code", "name");
        return new City.Community(code(node, street, 12), Text.read(node.get("name")));
    }

    private City.Agency agency(YamlNode node) {
        node.onlyKeys("id", "name");
        var id = node.get("id").text(AGENCY, "an id like civil-affairs");
        if (!seen.add(id)) {
            node.report("agency '" + id + "' is given twice");
        }
        return new City.Agency(id, Text.read(node.get("name")));
    }

    private static <T> List<T> areas(YamlNode node, String key, Function<YamlNode, T> read) {
        return node.listOf(key, read);
    }

    private String code(YamlNode node, String parent, int digits) {
        var code = node.get("code").text(Pattern.compile("\\d{" + digits + "}"), "a code of " + digits + " digits");
        if (!code.startsWith(parent)) {
            node.get("code").report("code " + code + " does not lie within " + parent);
        }
        if (!seen.add(code)) {
            node.report("code " + code + " is given twice");
        }
        return code;
    }
}
