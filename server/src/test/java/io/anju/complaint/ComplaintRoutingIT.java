package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Desk;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who works on a complaint: offices, colleagues, those who help and those who press. */
class ComplaintRoutingIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);

    @BeforeEach
    void beginOnAWednesday() {
        anju.clock().set(Anju.START);
    }

    @Test
    void what_is_pressed_for_comes_first() {
        var first = filings.file("complaint", "rent-and-fees");
        var second = filings.file("complaint", "rent-and-fees");
        Filings.act(filings.supervision(), second, "supervision", Map.of("reason", "serious", "text", "请速办"))
                .expect(200);
        Filings.act(filings.handler(), second, "supervision", Map.of("reason", "serious", "text", "请速办"))
                .expect(403, "forbidden");
        var listed = Filings.listed(filings.handler(), "");
        assertThat(listed.indexOf(second.id())).isLessThan(listed.indexOf(first.id()));
        assertThat(filings.kinds(second)).contains("supervised");
    }

    @Test
    void a_work_list_goes_on_page_by_page() {
        for (int i = 0; i < 5; i++) {
            filings.file("complaint", "rent-and-fees");
        }
        var desk = filings.handler();
        var all = Filings.listed(desk, "");
        var paged = new ArrayList<String>();
        var next = "";
        do {
            var page = desk.get(Filings.WORK + "?limit=2" + next).expect(200).json();
            page.path("items")
                    .forEach(item -> paged.add(item.at("/complaint/complaintId").asText()));
            next = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
        } while (!next.isEmpty());
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void goes_to_no_office_twice_and_intake_ends_the_back_and_forth() {
        var filed = filings.file("complaint", "rent-and-fees");
        var here = filings.handler();
        var there = filings.handler("district", "370203");
        var to = Map.of("reason", "not-in-charge", "text", "不属本区", "toOffice", Filings.office("district", "370203"));
        var back = Map.of("reason", "not-in-charge", "text", "不属本区", "toOffice", Filings.office("district", "370202"));
        Filings.act(there, filed, "transfer", to).expect(404);
        Filings.act(here, filed, "transfer", to).expect(200);
        Filings.open(here, filed).expect(404);
        Filings.act(there, filed, "transfer", back).expect(409, "complaint-was-there");
        Filings.act(there, filed, "transfer", Map.of("reason", "not-in-charge", "text", "请裁定"))
                .expect(200);
        Filings.act(filings.intake(), filed, "transfer", back).expect(200);
        Filings.act(here, filed, "transfer", Map.of("reason", "not-in-charge", "text", "再退"))
                .expect(409, "complaint-bound");
        Filings.accept(here, filed).expect(200);
    }

    @Test
    void is_sent_on_within_the_days_of_its_arrival_only() {
        var filed = filings.file("complaint", "rent-and-fees");
        var to = Map.of("reason", "not-in-charge", "text", "不属本区", "toOffice", Filings.office("district", "370203"));
        // two working days after Wednesday 4 March
        anju.clock().set(LocalDate.of(2026, 3, 6), LocalTime.of(23, 59));
        Filings.act(filings.handler(), filed, "transfer", to).expect(200);
        anju.clock().set(LocalDate.of(2026, 3, 11), LocalTime.of(0, 0));
        Filings.act(
                        filings.handler("district", "370203"),
                        filed,
                        "transfer",
                        Map.of("reason", "not-in-charge", "text", "退"))
                .expect(409, "transfer-too-late");
        Filings.act(
                        filings.handler("district", "370203"),
                        filed,
                        "transfer",
                        Map.of("reason", "ruling", "text", "退", "toOffice", Filings.office("district", "370299")))
                .expect(422, "office-unknown");
    }

    @Test
    void another_office_helps_and_its_opinion_stays_inside() {
        var filed = filings.file("complaint", "rent-and-fees");
        var desk = filings.handler();
        var street = filings.handler("street", "370202001");
        Filings.accept(desk, filed).expect(200);
        Filings.open(street, filed).expect(404);
        Filings.act(
                        desk,
                        filed,
                        "joint-offices",
                        Map.of("office", Filings.office("street", "370202001"), "text", "请核实"))
                .expect(200);
        Filings.act(street, filed, "opinions", Map.of("text", "内部意见：防水层老化")).expect(200);
        Filings.reply(street, filed).expect(409, "complaint-of-another-office");
        assertThat(Filings.open(desk, filed).json().toString()).contains("防水层老化");
        assertThat(filings.get(filed).json().toString()).doesNotContain("防水层老化");
        assertThat(Filings.listed(street, "")).contains(filed.id());
    }

    @Test
    void a_colleague_of_the_office_takes_over() {
        var filed = filings.file("complaint", "rent-and-fees");
        var desk = filings.handler();
        var colleague = filings.handler();
        Filings.accept(desk, filed).expect(200);
        Filings.reply(colleague, filed).expect(409, "not-its-handler");
        Filings.act(
                        desk,
                        filed,
                        "assignment",
                        Map.of("handler", filings.intake().username()))
                .expect(422, "handler-unknown");
        Filings.act(desk, filed, "assignment", Map.of("handler", colleague.username()))
                .expect(200);
        Filings.reply(desk, filed).expect(409, "not-its-handler");
        Filings.reply(colleague, filed).expect(200);
    }

    @Test
    void whoever_handles_it_gives_no_leave_to_himself() {
        var filed = filings.file("complaint", "waiting-list");
        var both = Desk.of(anju, "city", "3702");
        Filings.accept(both, filed).expect(200);
        Filings.act(both, filed, "extension", Map.of("reason", "complex", "text", "情况复杂"))
                .expect(409, "leave-of-another");
    }
}
