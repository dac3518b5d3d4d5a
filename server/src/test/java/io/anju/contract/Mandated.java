package io.anju.contract;

import io.anju.testing.Anju;
import io.anju.testing.People;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who may act for others, for each of them within other limits. */
final class Mandated {
    static final List<String> GROUPS = List.of("read", "apply", "pay", "complain");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Anju anju;
    private final String token;
    private final String all;
    private final Map<String, String> one = new HashMap<>();
    private final Map<String, String> others = new HashMap<>();

    Mandated(Anju anju) {
        this.anju = anju;
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
        var order = Map.of(
                "groups", groups, "expiresOn", anju.clock().today().plusDays(30).toString());
        var offer = anju.http()
                .post("/v1/me/proxies", represented, order)
                .expect(201)
                .json();
        return anju.http()
                .post(
                        "/v1/me/representations",
                        token,
                        Map.of("code", offer.path("code").asText()))
                .expect(201)
                .json()
                .path("proxyId")
                .asText();
    }

    private String bound() {
        var id = People.nationalId(LocalDate.of(1971, 7, 7).plusDays(COUNT.incrementAndGet()), 900);
        return anju.people().resident("代办人", id);
    }
}
