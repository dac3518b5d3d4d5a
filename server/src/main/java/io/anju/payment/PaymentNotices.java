package io.anju.payment;

import io.anju.payment.PaymentProvider.NoticeMessage;
import io.anju.platform.http.Callback;
import io.micrometer.core.instrument.Metrics;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where WeChat Pay tells what has happened. It repeats itself until it is told that we have it. */
final class PaymentNotices {
    static final String PATH = "/callbacks/wechat-pay";

    private static final Logger LOG = LoggerFactory.getLogger(PaymentNotices.class);
    private static final Callback.Answer NOT_BELIEVED =
            new Callback.Answer(401, "{\"code\":\"FAIL\",\"message\":\"signature\"}");

    private final PaymentProvider provider;
    private final Settlement payments;
    private final RefundSettlement refunds;

    PaymentNotices(PaymentProvider provider, Settlement payments, RefundSettlement refunds) {
        this.provider = provider;
        this.payments = payments;
        this.refunds = refunds;
    }

    Callback callback() {
        return new Callback(PATH, this::take);
    }

    private Future<Callback.Answer> take(Callback.Message message) {
        var header = message.header();
        PaymentProvider.Notice notice;
        try {
            notice = provider.read(
                    new NoticeMessage(
                            header.apply("Wechatpay-Timestamp"),
                            header.apply("Wechatpay-Nonce"),
                            header.apply("Wechatpay-Serial"),
                            header.apply("Wechatpay-Signature"),
                            message.body()),
                    message.at());
        } catch (UntrustedNotice e) {
            Metrics.counter("anju.payment.notices", "outcome", e.reason()).increment();
            LOG.warn("a payment notice is not believed: {}", e.reason());
            return Future.succeededFuture(NOT_BELIEVED);
        }
        return settle(notice, message).map(done -> {
            Metrics.counter("anju.payment.notices", "outcome", "taken").increment();
            return Callback.Answer.TAKEN;
        });
    }

    private Future<Void> settle(PaymentProvider.Notice notice, Callback.Message message) {
        var payment = notice.payment();
        var refund = notice.refund();
        if (payment != null) {
            return payments.payment(provider, payment, message.at());
        }
        return refund == null ? Future.succeededFuture() : refunds.take(provider, refund, message.at());
    }
}
