package io.anju.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What residents allow: counted once, within bounds, theirs alone. */
class ConsentIT extends MessageCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    ConsentIT() {
        super(anju);
    }

    @Test
    void the_templates_are_listed_with_what_is_allowed() {
        var tenant = tenancies.tenant();
        var all = anju.http().get(CONSENTS, tenant.token()).expect(200).json();
        assertThat(all.path("items").findValuesAsText("templateId")).containsExactly(RENT_DUE, ARREARS, PAYMENT);
        assertThat(all.path("items").findValuesAsText("kind")).containsExactly("rent-due", "arrears", "payment");
        assertThat(unused(tenant, RENT_DUE)).isZero();
        assertThat(standing(tenant, RENT_DUE).has("lastAnswer")).isFalse();
    }

    @Test
    void a_repeat_with_the_same_key_counts_once() {
        var tenant = tenancies.tenant();
        var key = UUID.randomUUID().toString();
        for (int i = 0; i < 3; i++) {
            anju.http()
                    .request("POST", CONSENTS)
                    .token(tenant.token())
                    .key(key)
                    .body(answers(PAYMENT, "accept"))
                    .send()
                    .expect(200);
        }
        assertThat(unused(tenant, PAYMENT)).isEqualTo(1);
    }

    @Test
    void a_rejection_is_recorded_and_takes_nothing_away() {
        var tenant = tenancies.tenant();
        reports(tenant, PAYMENT, "accept").expect(200);
        reports(tenant, PAYMENT, "reject").expect(200);
        reports(tenant, ARREARS, "reject").expect(200);
        assertThat(unused(tenant, PAYMENT)).isEqualTo(1);
        assertThat(standing(tenant, PAYMENT).path("lastAnswer").asText()).isEqualTo("reject");
        assertThat(unused(tenant, ARREARS)).isZero();
    }

    @Test
    void no_more_than_the_most_are_counted() {
        var tenant = tenancies.tenant();
        for (int i = 0; i < MessagePolicy.MOST_UNUSED + 2; i++) {
            reports(tenant, PAYMENT, "accept").expect(200);
        }
        assertThat(unused(tenant, PAYMENT)).isEqualTo(MessagePolicy.MOST_UNUSED);
    }

    @Test
    void templates_that_are_not_listed_or_named_twice_are_refused_and_nothing_is_counted() {
        var tenant = tenancies.tenant();
        reports(tenant, "nobodys", "accept").expect(422, "unknown-message-template");
        var one = Map.of("templateId", PAYMENT, "answer", "accept");
        anju.http()
                .post(CONSENTS, tenant.token(), Map.of("answers", List.of(one, one)))
                .expect(422, "message-template-twice");
        assertThat(unused(tenant, PAYMENT)).isZero();
    }

    @Test
    void consents_go_with_the_account() {
        var token = anju.people().resident();
        anju.http().post(CONSENTS, token, answers(PAYMENT, "accept")).expect(200);
        var id = UUID.fromString(anju.http()
                .get("/v1/me", token)
                .expect(200)
                .json()
                .path("residentId")
                .asText());
        assertThat(rows(id)).isEqualTo(1);
        anju.http().post("/v1/me/deletion", token, null).expect(200);
        assertThat(rows(id)).isZero();
    }

    private static long rows(UUID residentId) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT count(*) AS rows FROM message.consent WHERE resident_id = $1",
                                row -> row.getLong("rows"),
                                residentId))
                .orElseThrow();
    }
}
