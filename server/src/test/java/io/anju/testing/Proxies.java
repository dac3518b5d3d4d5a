package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Residents who are bound to persons, and mandates by which one acts for another, made over HTTP. */
public final class Proxies {
    public static final String PATH = "/v1/me/proxies";
    public static final String REPRESENTATIONS = "/v1/me/representations";

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int DAYS = 30;

    private final Anju anju;

    public Proxies(Anju anju) {
        this.anju = anju;
    }

    public record Someone(String openId, String token, String name, String nationalId) {}

    /** A new person with an account. */
    public Someone person(String name, LocalDate born) {
        var id = nationalId(born);
        var openId = "o" + UUID.randomUUID();
        var token = anju.people().logIn(openId);
        anju.http()
                .post("/v1/me/identity", token, Map.of("realName", name, "nationalId", id))
                .expect(201);
        return new Someone(openId, token, name, id);
    }

    /** A token of the same person: they last ten minutes. */
    public String again(Someone one) {
        return anju.people().logIn(one.openId());
    }

    public static String nationalId(LocalDate born) {
        return People.nationalId(born, 300 + COUNT.incrementAndGet());
    }

    public JsonNode offer(String represented, List<String> groups) {
        var expiresOn = anju.clock().today().plusDays(DAYS).toString();
        return anju.http()
                .post(PATH, represented, Map.of("groups", groups, "expiresOn", expiresOn))
                .expect(201)
                .json();
    }

    public Answer accept(String proxy, JsonNode offer) {
        return anju.http()
                .post(REPRESENTATIONS, proxy, Map.of("code", offer.path("code").asText()));
    }

    /** Lets one act for the other, and gives the mandate's id. */
    public String mandate(String represented, String proxy, List<String> groups) {
        return accept(proxy, offer(represented, groups))
                .expect(201)
                .json()
                .path("proxyId")
                .asText();
    }

    /** A request of the proxy's for whoever the mandate names. */
    public ApiClient.Call as(String proxy, String mandate, String method, String path) {
        return anju.http().request(method, path).token(proxy).header("Anju-On-Behalf-Of", mandate);
    }
}
