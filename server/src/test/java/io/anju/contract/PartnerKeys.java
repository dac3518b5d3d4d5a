package io.anju.contract;

import io.anju.identity.IdentityService;
import io.anju.platform.http.Agency;
import io.anju.testing.Anju;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Keys as partners write them into forms: one that may file in Qingdao, and one of each kind that may not. */
final class PartnerKeys {
    private static final String SCOPE = "partner.complaints";

    private final Anju anju;
    private final String right;
    private final Map<String, String> wrong = new LinkedHashMap<>();

    PartnerKeys(Anju anju) {
        this.anju = anju;
        this.right = key("370200", SCOPE);
        wrong.put("none", "");
        wrong.put("no key at all", "x");
        wrong.put("nobody's", "nobody." + IdentityService.newClientSecret());
        wrong.put("the secret of another", key("370200", SCOPE).split("\\.", 2)[0] + "." + right.split("\\.", 2)[1]);
        wrong.put("a partner of another city", key("320300", SCOPE));
        wrong.put("a partner without the scope", key("370200", "partner.verification"));
        wrong.put("one that was replaced", replaced());
        wrong.put("a partner that was shut out", shutOut());
    }

    String right() {
        return right;
    }

    /** By who sends it. */
    Map<String, String> wrong() {
        return Map.copyOf(wrong);
    }

    private String replaced() {
        var key = key("370200", SCOPE);
        var now = anju.clock().instant();
        Anju.await(anju.domains()
                .identity
                .partners()
                .replaceSecret(clientId(key), IdentityService.newClientSecret(), Duration.ZERO, now));
        return key;
    }

    private String shutOut() {
        var key = key("370200", SCOPE);
        Anju.await(anju.domains()
                .identity
                .partners()
                .setEnabled(clientId(key), false, "ended", anju.clock().instant()));
        return key;
    }

    private static String clientId(String key) {
        return key.substring(0, key.indexOf('.'));
    }

    private String key(String cityCode, String scope) {
        var clientId = "forms-" + UUID.randomUUID();
        var secret = IdentityService.newClientSecret();
        Anju.await(anju.domains()
                .identity
                .createPartner(
                        clientId,
                        secret,
                        new Agency(cityCode, "housing"),
                        Set.of(scope),
                        anju.clock().instant()));
        return clientId + "." + secret;
    }
}
