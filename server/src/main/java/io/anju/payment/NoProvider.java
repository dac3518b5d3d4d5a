package io.anju.payment;

import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** The channel of a deployment that has none: nothing can be ordered, and nobody is believed. */
final class NoProvider implements PaymentProvider {
    private static <T> Future<T> refused() {
        return Future.failedFuture(refusal());
    }

    private static Refusal refusal() {
        return Refusal.of(PaymentProblem.PAYMENT_UNAVAILABLE, Map.of(Refusal.RETRY_AFTER_SECONDS, "3600"));
    }

    @Override
    public String channel() {
        return "none";
    }

    @Override
    public boolean accepts(ChannelPayment payment) {
        return false;
    }

    @Override
    public boolean accepts(ChannelRefund refund) {
        return false;
    }

    @Override
    public Future<String> prepay(Prepay order) {
        return refused();
    }

    @Override
    public RequestPayment requestPayment(String prepayId, Instant now) {
        throw refusal();
    }

    @Override
    public Future<Optional<ChannelPayment>> query(String outTradeNo) {
        return refused();
    }

    @Override
    public Future<Void> close(String outTradeNo) {
        return refused();
    }

    @Override
    public Future<ChannelRefund> refund(RefundCall refund) {
        return refused();
    }

    @Override
    public Future<Optional<ChannelRefund>> queryRefund(String outRefundNo) {
        return refused();
    }

    @Override
    public Future<Optional<Path>> tradeBill(LocalDate date) {
        return refused();
    }

    @Override
    public Notice read(NoticeMessage message, Instant now) {
        throw new UntrustedNotice("unavailable");
    }
}
