package io.anju.ledger;

import static io.anju.testing.Anju.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.testing.Anju;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The books of one city per test. */
class LedgerIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static int cities = 990_000;

    private final LedgerService ledger = new LedgerService();
    private String city = "";
    private AccountKey debt = new AccountKey("", AccountKind.RECEIVABLE, "");
    private AccountKey income = debt;

    @BeforeEach
    void open_a_city() {
        city = Integer.toString(++cities);
        debt = new AccountKey(city, AccountKind.RECEIVABLE, UUID.randomUUID().toString());
        income = new AccountKey(city, AccountKind.RENT_INCOME, "city-housing");
    }

    @Test
    void keeps_version_and_balance_with_every_entry() {
        post(bill("a", 30_000));
        post(bill("b", 20_000));
        var lines = await(ledger.entries(anju.db(), debt, null, 10));
        assertThat(lines).extracting(AccountEntry::version).containsExactly(2L, 1L);
        assertThat(lines).extracting(AccountEntry::balanceFen).containsExactly(50_000L, 30_000L);
        assertThat(await(ledger.balance(anju.db(), income))).isEqualTo(-50_000);
        assertThat(await(ledger.entries(anju.db(), debt, 2L, 10))).hasSize(1);
    }

    @Test
    void posts_a_business_key_once() {
        var first = post(bill("a", 30_000));
        assertThat(post(bill("a", 30_000))).isEqualTo(first);
        assertThat(await(ledger.balance(anju.db(), debt))).isEqualTo(30_000);
        assertThatThrownBy(() -> post(bill("a", 40_000))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void racing_postings_of_one_key_make_one() {
        var racing = IntStream.range(0, 40)
                .mapToObj(i -> anju.db().inTransaction(tx -> ledger.post(tx, bill("race", 700), now())))
                .toList();
        await(Future.all(racing));
        assertThat(racing)
                .extracting(Future::result)
                .extracting(Posting::id)
                .containsOnly(racing.get(0).result().id());
        assertThat(await(ledger.balance(anju.db(), debt))).isEqualTo(700);
    }

    @Test
    void racing_postings_of_one_account_leave_no_gap() {
        // more than there are connections, and not so many that a busy machine turns some of them away
        for (int from = 0; from < 200; from += 40) {
            await(Future.all(IntStream.range(from, from + 40)
                    .mapToObj(i -> anju.db().inTransaction(tx -> ledger.post(tx, bill("n" + i, 1 + i), now())))
                    .toList()));
        }
        assertThat(await(ledger.entries(anju.db(), debt, null, 300)))
                .extracting(AccountEntry::version)
                .containsExactlyElementsOf(
                        LongStream.iterate(200, n -> n > 0, n -> n - 1).boxed().toList());
        assertThat(await(ledger.balance(anju.db(), debt))).isEqualTo(200 * 201 / 2);
    }

    @Test
    void posts_many_in_one_go_and_only_those_that_are_new() {
        post(bill("m3", 3));
        var many = IntStream.rangeClosed(1, 500).mapToObj(i -> bill("m" + i, i)).toList();
        assertThat(postAll(many)).isEqualTo(499);
        assertThat(await(ledger.balance(anju.db(), debt))).isEqualTo(500 * 501 / 2);
        assertThat(postAll(many)).isZero();
    }

    @Test
    void keeps_accounts_inside_their_limits() {
        post(bill("a", 100));
        var tooMuch = new NewPosting(
                city,
                "note:" + city,
                PostingKind.CREDIT_NOTE,
                Shanghai.date(now()),
                JsonNodeFactory.instance.objectNode(),
                List.of(Entry.credit(debt, 101), Entry.debit(income, 101)));
        assertThatThrownBy(() -> post(tooMuch))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(LedgerProblem.ACCOUNT_LIMIT));
        assertThat(await(ledger.balance(anju.db(), debt))).isEqualTo(100);
    }

    @Test
    void reverses_a_posting_once() {
        var bill = post(bill("a", 100));
        var day = Shanghai.date(now());
        var back = await(anju.db()
                .inTransaction(tx -> ledger.reverse(tx, bill.id(), "back:" + city, day, "billed in error", now())));
        assertThat(back.reverses()).isEqualTo(bill.id());
        assertThat(await(ledger.balance(anju.db(), debt))).isZero();
        assertThatThrownBy(() -> await(anju.db()
                        .inTransaction(tx -> ledger.reverse(tx, bill.id(), "again:" + city, day, "twice", now()))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(LedgerProblem.ALREADY_REVERSED));
    }

    @Test
    void tells_any_earlier_balance() {
        var before = now();
        post(bill("a", 100));
        var between = now();
        anju.clock().advance(Duration.ofDays(3));
        post(bill("b", 50));
        assertThat(await(ledger.balanceAt(anju.db(), debt, before.minusSeconds(1))))
                .isZero();
        assertThat(await(ledger.balanceAt(anju.db(), debt, between))).isEqualTo(100);
        assertThat(await(ledger.balanceAt(anju.db(), debt, now()))).isEqualTo(150);
        assertThat(await(ledger.trialBalance(anju.db(), city, between)).debitFen())
                .isEqualTo(100);
        var trial = await(ledger.trialBalance(anju.db(), city, null));
        assertThat(trial.debitFen()).isEqualTo(150).isEqualTo(trial.creditFen());
    }

    private Posting post(NewPosting posting) {
        return await(anju.db().inTransaction(tx -> ledger.post(tx, posting, now())));
    }

    private int postAll(List<NewPosting> postings) {
        return await(anju.db().inTransaction(tx -> ledger.postAll(tx, postings, now())));
    }

    private Instant now() {
        return anju.clock().instant();
    }

    private NewPosting bill(String key, long fen) {
        return new NewPosting(
                city,
                "bill:" + city + key,
                PostingKind.BILL,
                Shanghai.date(now()),
                JsonNodeFactory.instance.objectNode().put("bill", key),
                List.of(Entry.debit(debt, fen), Entry.credit(income, fen)));
    }
}
