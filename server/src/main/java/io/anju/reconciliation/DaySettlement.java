package io.anju.reconciliation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.ledger.Entry;
import io.anju.ledger.LedgerService;
import io.anju.ledger.NewPosting;
import io.anju.ledger.PostingKind;
import io.anju.platform.db.Tx;
import io.anju.reconciliation.CompareStore.Terms;
import io.anju.reconciliation.SettlementStore.Extra;
import io.anju.reconciliation.SettlementStore.Paid;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a channel's bill of a day lists is paid out to the bank, less the channel's fees, so that its clearing account
 * comes back to nothing.
 *
 * <p>A line with a difference that nobody has resolved waits; where it is booked, two people have looked at it. Each
 * comparison posts what has come to be settled since the one before, by city.
 */
final class DaySettlement {
    private final LedgerService ledger;
    private final SettlementStore store = new SettlementStore();

    DaySettlement(LedgerService ledger) {
        this.ledger = ledger;
    }

    /** Posts what this comparison settles; nothing where all of it was settled before. */
    Future<Void> settle(Tx tx, Run run, Terms terms, Instant now) {
        return store.paid(tx, terms)
                .compose(paid -> store.extras(tx, terms).compose(extras -> byCity(tx, paid, extras)))
                .compose(cities -> ReconciliationRun.each(
                        cities.entrySet(), city -> post(tx, run, city.getKey(), city.getValue(), now)));
    }

    private Future<Map<String, Paid>> byCity(Tx tx, List<Paid> paid, List<Extra> extras) {
        var cities = new TreeMap<String, Paid>();
        paid.forEach(one -> cities.merge(one.cityCode(), one, Paid::plus));
        return ReconciliationRun.each(
                        extras,
                        extra -> ledger.find(tx, ReconciliationItems.businessKey(extra.itemId()))
                                .map(posting -> posting.orElseThrow().cityCode())
                                .onSuccess(city -> cities.merge(
                                        city, new Paid(city, extra.amountFen(), extra.feeFen(), 0), Paid::plus))
                                .mapEmpty())
                .map(cities);
    }

    private Future<Void> post(Tx tx, Run run, String city, Paid paid, Instant now) {
        var before = IntStream.range(1, run.number())
                .mapToObj(number -> businessKey(run, city, number))
                .toList();
        return sum(tx, AccountKind.BANK, run.channel(), before)
                .compose(bankBefore -> sum(tx, AccountKind.CHANNEL_FEE, run.channel(), before)
                        .compose(feeBefore -> {
                            var bank = paid.amountFen() - paid.feeFen() - bankBefore;
                            var fee = paid.feeFen() + paid.feeBookedFen() - feeBefore;
                            var entries = entries(run.channel(), city, bank, fee);
                            return entries.isEmpty()
                                    ? Future.succeededFuture()
                                    : ledger.postAll(tx, List.of(posting(run, city, entries)), now)
                                            .mapEmpty();
                        }));
    }

    private Future<Long> sum(Tx tx, AccountKind kind, String channel, List<String> businessKeys) {
        return businessKeys.isEmpty()
                ? Future.succeededFuture(0L)
                : ledger.amounts(tx, kind, channel, businessKeys)
                        .map(amounts -> amounts.values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
    }

    private static List<Entry> entries(String channel, String city, long bankFen, long feeFen) {
        return Map.of(
                        AccountKind.BANK, bankFen,
                        AccountKind.CHANNEL_FEE, feeFen,
                        AccountKind.CLEARING, -Math.addExact(bankFen, feeFen))
                .entrySet()
                .stream()
                .filter(side -> side.getValue() != 0)
                .map(side -> new Entry(new AccountKey(city, side.getKey(), channel), side.getValue()))
                .toList();
    }

    /** The channel pays out on the day after. */
    private static NewPosting posting(Run run, String city, List<Entry> entries) {
        var about = JsonNodeFactory.instance
                .objectNode()
                .put("billDate", run.billDate().toString())
                .put("runId", run.id().toString());
        return new NewPosting(
                city,
                businessKey(run, city, run.number()),
                PostingKind.SETTLEMENT,
                run.billDate().plusDays(1),
                about,
                entries);
    }

    private static String businessKey(Run run, String city, int number) {
        return String.join(":", "settlement", run.channel(), run.billDate().toString(), city, Integer.toString(number));
    }
}
