package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import io.anju.testing.Offices;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever left the list with a bar does not apply again before it has ended: not alone, not in another household, not in a file. */
class BarsIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String COMMUNITY = "370202001001";
    private static final String REGISTER = "/v1/staff/registrations";

    private final Cases cases = new Cases(anju);
    private final Offices offices = Offices.of(anju, "370202001");
    private final Desk city = Desk.of(anju, "city", "3702");

    @Test
    void a_household_that_refused_too_often_may_apply_again_on_the_day_after_the_bar() {
        var one = offices.register(cases.handIn(COMMUNITY));
        LocalDate until = null;
        for (int offer = 1; until == null; offer++) {
            var waived = city.post(
                            path(one) + "/waivers", Facts.reason("waivedOn", today(), "offerNumber", "B-" + offer))
                    .expect(200)
                    .json();
            until = waived.has("barredUntil")
                    ? LocalDate.parse(waived.path("barredUntil").asText())
                    : null;
        }
        assertThat(until).isAfter(anju.clock().today());
        assertThat(exit(one).path("barredUntil").asText()).isEqualTo(until.toString());

        refuses(cases.tryAgain(one), until);
        refuses_in_anothers_household(one, until);
        refuses_in_a_file(one, until);

        anju.clock().set(until, LocalTime.of(23, 59));
        refuses(cases.tryAgain(one), until);
        anju.clock().advance(Duration.ofMinutes(2));
        cases.tryAgain(one).expect(201);
    }

    @Test
    void deceit_bars_for_the_years_that_the_rules_name() {
        var one = offices.register(cases.handIn(COMMUNITY));
        var day = anju.clock().today();
        city.post(path(one) + "/exit", Facts.reason("exitType", "deceit", "occurredOn", day.toString()))
                .expect(200);
        var until = day.plusYears(5);
        assertThat(exit(one).path("barredUntil").asText()).isEqualTo(until.toString());
        refuses(cases.tryAgain(one), until);
        anju.clock().set(until.plusDays(1), LocalTime.of(9, 0));
        cases.tryAgain(one).expect(201);
    }

    @Test
    void whoever_leaves_of_their_own_accord_is_not_barred() {
        var one = offices.register(cases.handIn(COMMUNITY));
        city.post(path(one) + "/exit", Facts.reason("exitType", "withdrawn", "occurredOn", today()))
                .expect(200);
        assertThat(exit(one).has("barredUntil")).isFalse();
        cases.tryAgain(one).expect(201);
    }

    @Test
    void a_bar_that_is_written_down_is_never_lifted_by_a_statement() {
        for (var change : List.of("DELETE FROM waitinglist.bar", "UPDATE waitinglist.bar SET barred_until = now()")) {
            assertThat(Anju.await(anju.db().execute(change).map("done").otherwise(Throwable::getMessage)))
                    .contains("permission denied");
        }
    }

    private static void refuses(Answer answer, LocalDate until) {
        var problem = answer.expect(409, "member-barred").json();
        assertThat(problem.path("detail").asText())
                .contains(until.toString())
                .containsPattern("成员试\\*+在")
                .doesNotContain("零")
                .doesNotContain("{");
        assertThat(problem.at("/errors/0/pointer").asText()).startsWith("/household/members/");
        assertThat(problem.at("/errors/0/detail").asText()).contains(until.toString());
    }

    @SuppressWarnings("unchecked")
    private void refuses_in_anothers_household(Case barred, LocalDate until) {
        var household = cases.household(COMMUNITY);
        var members = new ArrayList<>((List<Map<String, Object>>) Objects.requireNonNull(household.get("members")));
        var parent = new HashMap<>(((List<Map<String, Object>>)
                        Objects.requireNonNull(barred.household().get("members")))
                .get(0));
        parent.put("relation", "other");
        members.add(parent);
        household.put("members", members);
        var answer = cases.tryToHandIn(household);
        refuses(answer, until);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/household/members/1");
    }

    @SuppressWarnings("unchecked")
    private void refuses_in_a_file(Case barred, LocalDate until) {
        var person = ((List<Map<String, Object>>)
                        Objects.requireNonNull(barred.household().get("members")))
                .get(0);
        var row = Registers.row(700_000);
        row.set(2, String.valueOf(person.get("nationalId")));
        var file = anju.folder().resolve("barred.csv");
        var imports = anju.domains().lists.imports;
        var id = Anju.await(anju.vertx().executeBlocking(() -> {
            Files.write(file, Registers.text(StandardCharsets.UTF_8, List.of(row)));
            var order = new ImportService.Order(new ListKey("370200", "public-rental"), false);
            return imports.startFile(file, order, anju.clock().instant());
        }));
        anju.runJobs();
        var one = Anju.await(imports.find(id));
        assertThat(one.state()).isEqualTo(RegisterImport.State.REFUSED);
        var lines = imports.report(one, "zh-CN");
        var text = Buffer.buffer();
        for (var piece = Anju.await(lines.next()); piece.length() > 0; piece = Anju.await(lines.next())) {
            text.appendBuffer(piece);
        }
        assertThat(text.toString()).contains("2,nationalId,barred,", "（至 " + until + "，含当日）");
    }

    private JsonNode exit(Case one) {
        return cases.registration(one).path("exit");
    }

    private String path(Case one) {
        var listed = city.get(REGISTER + "?receiptNumber=" + one.receiptNumber())
                .expect(200)
                .json();
        return REGISTER + '/' + listed.at("/items/0/registrationId").asText();
    }

    private static String today() {
        return anju.clock().today().toString();
    }
}
