package io.anju.policy;

import io.anju.policy.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the sections {@code tiers}, {@code areas} and {@code priorityClasses}. */
final class ClassesReader {
    private static final Pattern DISTRICT = Pattern.compile("\\d{6}");
    private static final Set<String> RESERVED = Set.of("none", Areas.ELSEWHERE);

    private final @Nullable City city;
    private final Pattern ids;

    /** @param city whose districts the areas are made of; null to take any */
    ClassesReader(@Nullable City city, Pattern ids) {
        this.city = city;
        this.ids = ids;
    }

    /** Classes of which the first that holds counts; refuses those that never are the first. */
    Classes classes(YamlNode root, String section, ConditionReader conditions) {
        var seen = new HashSet<String>();
        var nodes = new ArrayList<YamlNode>();
        var classes = root.listOf(section, node -> {
            node.onlyKeys("id", "name", "when");
            var named = new Classes.Named(id(node, seen), Text.read(node.get("name")), conditions.when(node));
            nodes.add(node);
            return named;
        });
        var inOrder = classes.stream().map(Classes.Named::when).toList();
        for (var day : conditions.days()) {
            for (int place : Reach.neverFirst(inOrder, day)) {
                nodes.get(place)
                        .report("no household can be in '" + classes.get(place).id() + "': "
                                + "nothing meets its condition that is not in an earlier class");
            }
        }
        return new Classes(classes);
    }

    Areas areas(YamlNode root) {
        var seen = new HashSet<String>();
        var districts = new HashSet<String>();
        return new Areas(root.listOf("areas", node -> {
            node.onlyKeys("id", "name", "districts");
            List<String> codes = node.get("districts").list(code -> district(code, districts));
            return new Areas.Area(id(node, seen), Text.read(node.get("name")), Set.copyOf(new HashSet<>(codes)));
        }));
    }

    private String district(YamlNode node, Set<String> seen) {
        var code = node.text(DISTRICT, "a district's code of six digits");
        if (city != null
                && city.districts().stream()
                        .noneMatch(district -> district.code().equals(code))) {
            node.report("the city has no district " + code);
        }
        if (!seen.add(code)) {
            node.report("district " + code + " lies in two areas");
        }
        return code;
    }

    private String id(YamlNode node, Set<String> seen) {
        var id = node.get("id").text(ids, "a name like low-income");
        if (RESERVED.contains(id)) {
            node.get("id").report("'" + id + "' stands for belonging to none");
        }
        if (!seen.add(id)) {
            node.report("'" + id + "' is given twice");
        }
        return id;
    }
}
