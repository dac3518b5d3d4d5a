package io.anju.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.ledger.LedgerService;
import io.anju.payment.Movements;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.time.Shanghai;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Payer;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which days a channel is asked for. */
class DueDaysIT {
    private static final Biller BILLER = new Biller();

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final List<LocalDate> asked = new CopyOnWriteArrayList<>();

    @Test
    void a_channel_is_asked_from_its_first_order_on_and_never_for_days_before_it() {
        anju.app().domains().payments.usePayables(BILLER);
        var jobs = new Jobs(anju.db());
        service().handleJobs(jobs);
        runDue(jobs);
        assertThat(asked).isEmpty();
        assertThat(runs()).isZero();

        var payer = Payer.of(anju);
        payer.pays(null, BILLER.bill(anju, UUID.randomUUID(), 50_000, true, payer.id()));
        var first = anju.clock().today();
        anju.clock().advance(Duration.ofDays(3));
        runDue(jobs);
        var last = Shanghai.date(anju.clock().instant().minus(Duration.ofHours(34)));
        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(
                        first.datesUntil(last.plusDays(1)).toList());
        anju.clock().advance(Duration.ofHours(1));
        runDue(jobs);
        assertThat(asked).as("a day for which nothing is listed is done").doesNotHaveDuplicates();
    }

    private ReconciliationService service() {
        var channel = new Channel("wechat", "1900000001", "wxsimulated0000001", new BigDecimal("0.006"), this::nothing);
        return new ReconciliationService(
                anju.vertx(),
                anju.db(),
                anju.domains().identity,
                new LedgerService(),
                new Movements(),
                List.of(channel));
    }

    private Future<Optional<Path>> nothing(LocalDate day) {
        asked.add(day);
        return Future.succeededFuture(Optional.empty());
    }

    private static void runDue(Jobs jobs) {
        Anju.await(jobs.runDue(anju.clock().instant()));
    }

    private static long runs() {
        return Anju.await(anju.db().find("SELECT count(*) AS n FROM reconciliation.run", row -> row.getLong("n")))
                .orElseThrow();
    }
}
