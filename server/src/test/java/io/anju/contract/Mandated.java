package io.anju.contract;

import io.anju.testing.Anju;
import io.anju.testing.Proxies;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Somebody who may act for others, for each of them within other limits. */
final class Mandated {
    static final List<String> GROUPS = List.of("read", "apply", "pay", "complain");

    private final Proxies proxies;
    private final String token;
    private final String all;
    private final Map<String, String> one = new HashMap<>();
    private final Map<String, String> others = new HashMap<>();

    Mandated(Anju anju) {
        this.proxies = new Proxies(anju);
        this.token = bound();
        var represented = bound();
        this.all = mandate(represented, GROUPS);
        // three proxies at a time are the most that one resident may have, five represented the most of one proxy
        for (String group : List.of("read", "apply")) {
            var other = bound();
            one.put(group, mandate(other, List.of(group)));
            others.put(
                    group,
                    mandate(
                            other,
                            GROUPS.stream().filter(each -> !each.equals(group)).toList()));
        }
    }

    /** Of the proxy. */
    String token() {
        return token;
    }

    String ofAll() {
        return all;
    }

    /** A mandate for this group, and for as few others as there is one for. */
    String of(String group) {
        return one.getOrDefault(group, all);
    }

    String ofAllBut(String group) {
        return others.getOrDefault(group, Objects.requireNonNull(one.get("read")));
    }

    private String mandate(String represented, List<String> groups) {
        return proxies.mandate(represented, token, groups);
    }

    private String bound() {
        return proxies.person("代办人", LocalDate.of(1971, 7, 7)).token();
    }
}
