package io.anju.identity;

import static io.anju.identity.JoinedAccounts.accessToken;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.sandbox.Simulators;
import io.anju.testing.Anju;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was allowed and told in WeChat, where two accounts become one. */
class JoinedMessagesIT {
    private static final String PAYMENT =
            Simulators.PAYMENT_TEMPLATE.substring(0, Simulators.PAYMENT_TEMPLATE.indexOf(':'));

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final JoinedAccounts accounts = new JoinedAccounts(anju);

    @Test
    void consents_and_messages_go_to_the_account_that_stays() {
        var number = accounts.phone();
        var theirs = accounts.byPhone(number);
        var mine = anju.people().logIn("o" + UUID.randomUUID());
        accepts(accessToken(theirs));
        accepts(accessToken(theirs));
        accepts(mine);
        told(accounts.residentId(accessToken(theirs)), 1);
        told(accounts.residentId(accessToken(theirs)), 2);
        told(accounts.residentId(mine), 3);

        anju.http()
                .post("/v1/me/log-in-methods/phone", mine, accounts.proof(number))
                .expect(200);

        assertThat(unused(mine)).isEqualTo(3);
        assertThat(events(accounts.residentId(mine))).containsExactly(1L, 2L, 3L);
        accounts.isOver(theirs);
        accounts.nobodyIsLost();
    }

    private static void accepts(String token) {
        var answer = Map.of("templateId", PAYMENT, "answer", "accept");
        anju.http()
                .post("/v1/me/message-consents", token, Map.of("answers", List.of(answer)))
                .expect(200);
    }

    private static int unused(String token) {
        for (var one : anju.http()
                .get("/v1/me/message-consents", token)
                .expect(200)
                .json()
                .path("items")) {
            if (one.path("templateId").asText().equals(PAYMENT)) {
                return one.path("unused").asInt();
            }
        }
        throw new AssertionError("the template is not listed");
    }

    /** A message that was sent. */
    private static void told(String residentId, long eventId) {
        Anju.await(anju.db().run("""
                        INSERT INTO message.message
                               (message_id, resident_id, event_id, kind, template_id, thing, amount_fen, day, state, made_at, ended_at)
                        VALUES ($1, $2, $3, 'payment', $4, '已收到您的缴费', 100, DATE '2026-03-01', 'sent', now(), now())
                        """, UUID.randomUUID(), UUID.fromString(residentId), eventId, PAYMENT));
    }

    private static List<Long> events(String residentId) {
        return Anju.await(anju.db()
                .list(
                        "SELECT event_id FROM message.message WHERE resident_id = $1 ORDER BY event_id",
                        row -> row.getLong("event_id"),
                        UUID.fromString(residentId)));
    }
}
