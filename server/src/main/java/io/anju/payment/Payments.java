package io.anju.payment;

import io.anju.identity.IdentityService;
import io.anju.ledger.LedgerRule;
import io.anju.ledger.LedgerService;
import io.anju.platform.config.Settings;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.http.Callback;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.jobs.Jobs;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The parts of the payment room, put together. */
public final class Payments {
    private final PaymentProvider provider;
    private final PaymentService service;
    private final RefundService refunds;
    private final PaymentSweep sweep;
    private final PaymentNotices notices;
    private @Nullable Payables payables;

    /**
     * @param publicUrl the address under which the channel reaches this deployment
     * @param clock dates what is signed for the channel
     */
    public Payments(
            Vertx vertx,
            Db db,
            Vault vault,
            IdentityService identity,
            LedgerService ledger,
            Differences differences,
            Settings settings,
            Supplier<String> publicUrl,
            InstantSource clock) {
        var refundStore = new RefundStore(vault);
        provider = provider(vertx, settings, publicUrl, clock);
        var settlement = new Settlement(db, ledger, refundStore, differences, this::payables);
        var refundSettlement = new RefundSettlement(db, ledger, refundStore, differences, this::payables);
        var closing = new Closing(db, provider, settlement);
        var terms = settings.payments();
        service = new PaymentService(db, identity, provider, this::payables, terms.expiry(), closing, refundStore);
        refunds = new RefundService(db, refundStore, terms.fourEyesFen());
        sweep = new PaymentSweep(db, provider, closing, refundSettlement, refundStore);
        notices = new PaymentNotices(provider, settlement, refundSettlement);
    }

    private static PaymentProvider provider(
            Vertx vertx, Settings settings, Supplier<String> publicUrl, InstantSource clock) {
        var pay = settings.weChatPay();
        return pay.merchantId() == null
                ? new NoProvider()
                : new WeChatPayClient(
                        vertx,
                        pay,
                        Objects.requireNonNull(settings.weChat().appId()),
                        () -> publicUrl.get() + PaymentNotices.PATH,
                        WeChatPayKeys.load(pay),
                        clock);
    }

    private Payables payables() {
        return Objects.requireNonNull(payables, "nobody has said what can be paid");
    }

    /** Who bills; before the first request. */
    public void usePayables(Payables biller) {
        payables = biller;
    }

    /** The channel: for those who compare its bills with ours. */
    public PaymentProvider provider() {
        return provider;
    }

    public PaymentService service() {
        return service;
    }

    public RefundService refunds() {
        return refunds;
    }

    public PaymentApi api(Once once, Cursors cursors) {
        return new PaymentApi(service, new PaymentView(provider), once, cursors);
    }

    public RefundApi refundApi(Once once, Cursors cursors) {
        return new RefundApi(refunds, once, cursors);
    }

    /** Where the channel tells what has happened. */
    public Callback callback() {
        return notices.callback();
    }

    /** What payments must keep to with the ledger. */
    public static List<LedgerRule> rules() {
        return PaymentRuleStore.RULES;
    }

    public void schedule(Jobs jobs) {
        if (!(provider instanceof NoProvider)) {
            sweep.schedule(jobs);
        }
    }
}
