package io.anju.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.db.Columns;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Desk;
import io.anju.testing.Payer;
import io.anju.testing.Probe;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators read of a day's value: how much of it was verified by the next day. */
class VerifiedShareIT {
    private static final Biller BILLER = new Biller();
    private static final long FEN = 10_000;

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    private final Payer payer = Payer.of(anju);

    /** In the order of the days, because what comes again by the clock does not come again when that goes back. */
    @Test
    void is_of_yesterday_from_eleven_on_and_takes_what_was_compared_before_midnight() {
        meterShows(1);
        var day = anju.clock().today();
        for (int i = 0; i < 4; i++) {
            payer.pays(null, BILLER.bill(anju, FEN, payer.id()));
        }
        Payer.arm(anju, "BILL_DEFECT", "", "missing-payment");
        var next = day.plusDays(1);
        anju.clock().set(next, LocalTime.of(10, 0));
        anju.runJobs();
        meterShows(1);
        anju.clock().set(next, LocalTime.of(11, 0));
        // one of four payments is in no bill
        meterShows(0.75);

        anju.clock().set(next, LocalTime.of(23, 0));
        compareAgain(day);
        meterShows(1);
        Payer.arm(anju, "BILL_DEFECT", "", "missing-payment");
        anju.clock().set(next.plusDays(1), LocalTime.of(1, 0));
        compareAgain(day);
        assertThat(shareOf(day)).isEqualTo("0.7500");
        meterShows(1);

        // nobody compares the day after, and at eleven it is of that day
        anju.clock().set(next.plusDays(1), LocalTime.of(11, 0));
        meterShows(0);
        anju.runJobs();
        meterShows(1);

        is_rounded_down(next.plusDays(1));
    }

    /** A fen that is not verified in ten thousand yuan is not made to look like all. */
    private static void is_rounded_down(LocalDate day) {
        anju.clock().set(day.plusDays(1), LocalTime.of(11, 0));
        var now = Columns.at(anju.clock().instant());
        Anju.await(anju.db().execute("""
                INSERT INTO reconciliation.run
                       (run_id, channel, bill_date, number, requested_at, state, stage, finished_at, line_count, value_fen,
                        verified_fen, found)
                VALUES ($1, 'wechat', $2, 1, $3, 'done', 'compare', $3, 1, 1000000, 999999, 1)
                """, UUID.randomUUID(), day, now));
        meterShows(0.9999);
    }

    private static void meterShows(double share) {
        assertThat(Probe.metered(anju, "anju_reconciliation_verified_share", share))
                .isEqualTo(share);
    }

    private static void compareAgain(LocalDate day) {
        Desk.of(anju, "city", "3702")
                .post("/v1/staff/reconciliation-runs", Map.of("channel", "wechat", "billDate", day.toString()))
                .expect(202);
        anju.runJobs();
    }

    private static String shareOf(LocalDate day) {
        return Desk.of(anju, "city", "3702")
                .get("/v1/staff/reconciliation-runs?limit=1&billDate=" + day)
                .expect(200)
                .json()
                .at("/items/0/verifiedShare")
                .asText();
    }
}
