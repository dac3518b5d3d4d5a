package io.anju.sandbox.wechatpay;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Notices as WeChat Pay sends them, for tests and benchmarks that deliver them by themselves. */
public final class Letters {
    private Letters() {}

    /** One delivery: its headers and its body. */
    public record Letter(Map<String, String> headers, String body) {}

    /** That an order was paid, in the words of the simulated merchant's mini-program. */
    public static Letter paid(String appId, String outTradeNo, String transactionId, long fen, Instant at) {
        var resource = PayDocuments.object()
                .put("appid", appId)
                .put("mchid", PayKeys.MERCHANT_ID)
                .put("out_trade_no", outTradeNo)
                .put("transaction_id", transactionId)
                .put("trade_type", "JSAPI")
                .put("trade_state", "SUCCESS")
                .put("success_time", PayDocuments.time(at));
        resource.putObject("amount").put("total", fen).put("payer_total", fen).put("currency", "CNY");
        var nonce = PayKeys.nonce(12);
        var document = PayDocuments.object()
                .put("id", UUID.randomUUID().toString())
                .put("create_time", PayDocuments.time(at))
                .put("resource_type", "encrypt-resource")
                .put("event_type", "TRANSACTION.SUCCESS")
                .put("summary", "支付成功");
        document.putObject("resource")
                .put("original_type", "transaction")
                .put("algorithm", "AEAD_AES_256_GCM")
                .put("ciphertext", PayKeys.seal(resource.toString(), nonce, "transaction"))
                .put("associated_data", "transaction")
                .put("nonce", nonce);
        return signed(document.toString(), at);
    }

    private static Letter signed(String body, Instant at) {
        var serial = PayKeys.get().platformPublicKeyId();
        var timestamp = Long.toString(at.getEpochSecond());
        var nonce = PayKeys.nonce(32);
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("Wechatpay-Serial", serial);
        headers.put("Wechatpay-Timestamp", timestamp);
        headers.put("Wechatpay-Nonce", nonce);
        headers.put("Wechatpay-Signature", PayKeys.get().sign(serial, timestamp + "\n" + nonce + "\n" + body + "\n"));
        return new Letter(headers, body);
    }
}
