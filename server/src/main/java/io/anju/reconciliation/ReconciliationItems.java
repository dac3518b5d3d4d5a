package io.anju.reconciliation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.identity.IdentityService;
import io.anju.identity.Role;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.ledger.Entry;
import io.anju.ledger.LedgerService;
import io.anju.ledger.NewPosting;
import io.anju.ledger.Posting;
import io.anju.ledger.PostingKind;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.reconciliation.Item.Resolution;
import io.anju.reconciliation.Item.State;
import io.anju.reconciliation.Item.WithHistory;
import io.anju.reconciliation.ItemStore.Wanted;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the finance office does with differences. An explanation ends one at once; a booking moves money between the
 * channel's clearing account and what explains it, and needs a second person.
 */
final class ReconciliationItems {
    private static final String ASSIGNED = "reconciliation.item.assigned";

    private final Db db;
    private final IdentityService identity;
    private final LedgerService ledger;
    private final ItemStore store = new ItemStore();

    ReconciliationItems(Db db, IdentityService identity, LedgerService ledger) {
        this.db = db;
        this.identity = identity;
        this.ledger = ledger;
    }

    Future<List<Item>> list(Wanted wanted) {
        return store.list(db, wanted);
    }

    Future<WithHistory> get(CityCaller caller, UUID id) {
        return store.find(db, id, caller.office().cityCode())
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(item -> store.history(db, id).map(history -> new WithHistory(item, history)));
    }

    /** Makes the caller the one who looks after it; somebody else's is taken over. */
    Future<WithHistory> claim(Tx tx, CityCaller caller, UUID id, Instant now) {
        return change(tx, caller, id, ASSIGNED, (item, by) -> {
            requireNot(item, State.RESOLVED);
            return give(tx, id, by, by, null, now);
        });
    }

    /** Makes a colleague the one who looks after it: somebody of the caller's city who reconciles. */
    Future<WithHistory> assign(Tx tx, CityCaller caller, UUID id, String username, Instant now) {
        return change(tx, caller, id, ASSIGNED, (item, by) -> {
            requireNot(item, State.RESOLVED);
            return colleague(tx, caller, username).compose(owner -> give(tx, id, owner, by, username, now));
        });
    }

    private Future<UUID> colleague(Tx tx, CityCaller caller, String username) {
        var city = caller.office().cityCode();
        return identity.findStaff(tx, username)
                .map(found -> found.filter(staff -> staff.office().cityCode().equals(city)
                                && staff.roles().contains(Role.RECONCILER))
                        .orElseThrow(() -> Refusal.at("/owner", ReconciliationProblem.OWNER_UNKNOWN))
                        .id());
    }

    private Future<Void> give(Tx tx, UUID id, UUID owner, UUID by, @Nullable String username, Instant now) {
        return store.assign(tx, id, owner).compose(done -> store.tell(tx, id, by, "assigned", username, now));
    }

    Future<WithHistory> resolve(Tx tx, CityCaller caller, UUID id, Resolution resolution, String reason, Instant now) {
        return change(tx, caller, id, "reconciliation.item." + resolution.id(), (item, by) -> {
            requireState(item, State.OPEN);
            if (resolution == Resolution.EXPLAINED) {
                return store.explain(tx, id, reason, by, now)
                        .compose(done -> store.tell(tx, id, by, "explained", reason, now));
            }
            if (item.differenceFen() == 0) {
                return Refusal.failed(ReconciliationProblem.NOTHING_TO_BOOK);
            }
            return store.propose(tx, id, reason, by).compose(done -> store.tell(tx, id, by, "proposed", reason, now));
        });
    }

    /** The second person books what the first one proposed. */
    Future<WithHistory> approve(Tx tx, CityCaller caller, UUID id, String reason, Instant now) {
        return change(tx, caller, id, "reconciliation.item.booked", (item, by) -> {
            requireState(item, State.PROPOSED);
            if (by.equals(item.proposedBy())) {
                return Refusal.failed(ReconciliationProblem.BOOKING_NEEDS_SECOND_PERSON);
            }
            return post(tx, item, caller.office().cityCode(), now)
                    .compose(posting -> store.book(tx, id, by, posting.id(), now))
                    .compose(done -> store.tell(tx, id, by, "booked", reason, now));
        });
    }

    Future<WithHistory> reject(Tx tx, CityCaller caller, UUID id, String reason, Instant now) {
        return change(tx, caller, id, "reconciliation.item.rejected", (item, by) -> {
            requireState(item, State.PROPOSED);
            return store.reopen(tx, id).compose(done -> store.tell(tx, id, by, "rejected", reason, now));
        });
    }

    private Future<WithHistory> change(
            Tx tx, CityCaller caller, UUID id, String action, BiFunction<Item, UUID, Future<Void>> work) {
        var city = caller.office().cityCode();
        return store.lock(tx, id, city)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(item -> work.apply(item, caller.id()))
                .compose(done -> Audit.record(tx, caller, action, "reconciliation-item", id, null))
                .compose(recorded -> store.find(tx, id, city))
                .compose(found -> store.history(tx, id).map(history -> new WithHistory(found.orElseThrow(), history)));
    }

    /** What the channel has more goes onto its clearing account; the other side says what it is. */
    private Future<Posting> post(Tx tx, Item item, String callersCity, Instant now) {
        var city = item.cityCode() == null ? callersCity : item.cityCode();
        var other = item.kind().equals(ItemKind.FEE_DIFFERS.id()) ? AccountKind.CHANNEL_FEE : AccountKind.UNEXPLAINED;
        var entries = List.of(
                new Entry(new AccountKey(city, AccountKind.CLEARING, item.channel()), item.differenceFen()),
                new Entry(new AccountKey(city, other, item.channel()), Math.negateExact(item.differenceFen())));
        var about = JsonNodeFactory.instance
                .objectNode()
                .put("itemId", item.id().toString())
                .put("kind", item.kind())
                .put("subject", item.subject());
        return ledger.post(
                tx,
                new NewPosting(city, businessKey(item.id()), PostingKind.DIFFERENCE, item.billDate(), about, entries),
                now);
    }

    static String businessKey(UUID itemId) {
        return "reconciliation-item:" + itemId;
    }

    private static void requireState(Item item, State state) {
        if (item.state() != state) {
            throw Refusal.of(ReconciliationProblem.ITEM_STATE_CONFLICT);
        }
    }

    private static void requireNot(Item item, State state) {
        if (item.state() == state) {
            throw Refusal.of(ReconciliationProblem.ITEM_STATE_CONFLICT);
        }
    }
}
