package io.anju.reconciliation;

import io.anju.payment.PaymentProvider;
import io.anju.platform.config.Settings;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A payment channel whose bills are compared.
 *
 * @param name as orders and ledger accounts carry it, such as {@code wechat}
 * @param merchantId our account there: whose lines the bill should have
 * @param appId the mini-program that payments come through
 * @param feeRate what the channel keeps of a payment, such as 0.006
 * @param bill downloads the bill of a day, unpacked and with its digest checked, into a file that is ours to delete;
 *     empty where the channel says that nothing moved
 */
public record Channel(
        String name,
        String merchantId,
        String appId,
        BigDecimal feeRate,
        Function<LocalDate, Future<Optional<Path>>> bill) {
    private static final int FEN_OF_1000_YUAN_PLACES = 5;

    /** The channels that this deployment has an account at. */
    public static List<Channel> of(Settings settings, PaymentProvider provider) {
        var pay = settings.weChatPay();
        var appId = settings.weChat().appId();
        return pay.merchantId() == null || appId == null
                ? List.of()
                : List.of(new Channel(
                        provider.channel(),
                        pay.merchantId(),
                        appId,
                        BigDecimal.valueOf(pay.feeFenPer1000Yuan(), FEN_OF_1000_YUAN_PLACES),
                        provider::tradeBill));
    }
}
