package io.anju.sandbox.wechatpay;

import io.anju.sandbox.wechatpay.PayRefund.Status;
import io.anju.sandbox.wechatpay.PaySwitches.Effect;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A WeChat Pay with one merchant: prepayment, query, close, refund, trade bill and notices, over real HTTP and by the
 * clock that it is given. What it knows ends with the process, unless it is told to {@link #keepIn keep} it.
 *
 * <p>Notices go out when {@link #deliverDue} is called, so that a test decides when a retry happens; a demo calls it
 * again and again.
 */
public final class WeChatPaySimulator {
    private final Vertx vertx;
    private final InstantSource clock;
    private final PaySwitches switches = new PaySwitches();
    private final PayBook book = new PayBook();
    private final RefundBook refunds = new RefundBook(book);
    private final BillDownloads bills = new BillDownloads(book, refunds, switches);
    private final Notices notices;
    private volatile String noticeSerial;

    public WeChatPaySimulator(Vertx vertx, InstantSource clock) {
        this.vertx = vertx;
        this.clock = clock;
        this.notices = new Notices(vertx, PayKeys.get(), switches);
        this.noticeSerial = PayKeys.get().platformPublicKeyId();
    }

    /** Takes up what this file says has happened, and adds to it whatever happens from now on. */
    public void keepIn(Path file) {
        var kept = PayFile.in(file);
        kept.read(line -> {
            book.takeUp(line);
            refunds.takeUp(line);
        });
        book.keepIn(kept);
        refunds.keepIn(kept);
    }

    /** Adds the operations for merchants and the control side. */
    public void mount(Router router) {
        new PayEndpoints(vertx, clock, PayKeys.get(), switches, book, refunds, bills, this::makeAndDeliver)
                .mount(router);
        new PayControl(this, clock, PayKeys.get()).mount(router);
    }

    /** Delivers what is due with this period, until the simulator closes. */
    public void deliverEvery(Duration period) {
        vertx.setPeriodic(period.toMillis(), timer -> deliverDue());
    }

    /** Ends the refunds and delivers the notices whose time has come; gives the number of notices. */
    public Future<Integer> deliverDue() {
        var now = clock.instant();
        refunds.settleDue(now).forEach(this::tellOf);
        return notices.deliverDue(noticeSerial, now);
    }

    public Future<Void> close() {
        return notices.close()
                .compose(closed -> vertx.executeBlocking(() -> {
                    bills.clear();
                    return null;
                }));
    }

    /** The payer pays; gives the number of notices that went out. */
    public Future<Integer> payAndDeliver(String outTradeNo) {
        pay(outTradeNo, false);
        return deliverDue();
    }

    /** The payer pays; the merchant is told. */
    PayOrder pay(String outTradeNo, boolean afterClose) {
        var now = clock.instant();
        var order = afterClose ? book.payAfterClose(outTradeNo, now) : book.pay(outTradeNo, now);
        tellOf(order, now);
        if (switches.isTaken(Effect.CHARGE_TWICE)) {
            tellOf(book.chargeAgain(outTradeNo, now), now);
        }
        return order;
    }

    PayRefund settleRefund(String outRefundNo, Status as) {
        var refund = refunds.settle(outRefundNo, as, clock.instant());
        tellOf(refund);
        return refund;
    }

    private Future<Integer> makeAndDeliver(String outRefundNo) {
        settleRefund(outRefundNo, Status.SUCCESS);
        return deliverDue();
    }

    private void tellOf(PayOrder order, Instant now) {
        notices.add(Notice.ofPayment(order, now, now.plus(notices.firstWait())));
    }

    private void tellOf(PayRefund refund) {
        var now = clock.instant();
        var url = refund.notifyUrl();
        if (url != null) {
            notices.add(Notice.ofRefund(refund, url, now, now.plus(notices.firstWait())));
        }
    }

    void signNoticesWith(String serial) {
        if (!PayKeys.get().isPlatformSerial(serial)) {
            throw new IllegalArgumentException("no platform key has this serial");
        }
        noticeSerial = serial;
    }

    List<Notice> waitingNotices() {
        return notices.waiting();
    }

    PaySwitches switches() {
        return switches;
    }

    RefundBook refunds() {
        return refunds;
    }

    PayBook book() {
        return book;
    }
}
