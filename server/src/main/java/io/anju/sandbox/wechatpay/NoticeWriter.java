package io.anju.sandbox.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.sandbox.wechatpay.PaySwitches.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes deliveries: encrypts the resource, signs the whole, and spoils what a switch asks to be spoilt. */
final class NoticeWriter {
    private static final Duration STALE = Duration.ofMinutes(10);

    private final PayKeys keys;
    private final PaySwitches switches;

    NoticeWriter(PayKeys keys, PaySwitches switches) {
        this.keys = keys;
        this.switches = switches;
    }

    /** One delivery as it goes over the wire. */
    record Letter(String serial, String timestamp, String nonce, String signature, String body) {}

    /** The delivery of a notice, as often as copies are asked for, and a probe beside it if one is. */
    List<Letter> write(Notice notice, String serial, Instant now) {
        var resource = spoil(notice.resource().deepCopy());
        var signedAt = switches.isTaken(Effect.STALE_TIMESTAMP) ? now.minus(STALE) : now;
        var letter = seal(notice, resource, serial, signedAt);
        var letters = new ArrayList<Letter>();
        int copies = switches.take(Effect.COPY_DELIVERY).map(Integer::parseInt).orElse(1);
        for (int i = 0; i < copies; i++) {
            letters.add(letter);
        }
        if (switches.isTaken(Effect.SIGN_TEST)) {
            letters.add(new Letter(
                    serial,
                    letter.timestamp(),
                    letter.nonce(),
                    "WECHATPAY/SIGNTEST/" + letter.signature().substring(19),
                    letter.body()));
        }
        return letters;
    }

    private ObjectNode spoil(ObjectNode resource) {
        switches.take(Effect.WRONG_AMOUNT).ifPresent(by -> {
            var amount = resource.withObject("/amount");
            amount.put("total", amount.path("total").asLong() + Long.parseLong(by));
            amount.put("payer_total", amount.path("payer_total").asLong() + Long.parseLong(by));
        });
        if (switches.isTaken(Effect.WRONG_MERCHANT)) {
            resource.put("mchid", "1900000999");
        }
        if (switches.isTaken(Effect.WRONG_APP)) {
            resource.put("appid", "wxsomebodyelse0001");
        }
        if (switches.isTaken(Effect.WRONG_CURRENCY)) {
            resource.withObject("/amount").put("currency", "USD");
        }
        if (switches.isTaken(Effect.UNKNOWN_ORDER)) {
            resource.put("out_trade_no", "UNKNOWN" + PayKeys.nonce(16));
        }
        return resource;
    }

    private Letter seal(Notice notice, ObjectNode resource, String serial, Instant signedAt) {
        var associatedData = switches.isTaken(Effect.EMPTY_ASSOCIATED_DATA) ? "" : notice.originalType();
        var resourceNonce = PayKeys.nonce(12);
        var document = PayDocuments.object()
                .put("id", notice.id())
                .put("create_time", PayDocuments.time(notice.createdAt()))
                .put("resource_type", "encrypt-resource")
                .put("event_type", notice.eventType())
                .put("summary", notice.summary());
        document.putObject("resource")
                .put("original_type", notice.originalType())
                .put("algorithm", "AEAD_AES_256_GCM")
                .put("ciphertext", PayKeys.seal(resource.toString(), resourceNonce, associatedData))
                .put("associated_data", associatedData)
                .put("nonce", resourceNonce);
        var body = document.toString();
        var timestamp = String.valueOf(signedAt.getEpochSecond());
        var nonce = PayKeys.nonce(32);
        var signed = switches.isTaken(Effect.FORGED_SIGNATURE) ? "something else" : body;
        var signature = keys.sign(serial, timestamp + "\n" + nonce + "\n" + signed + "\n");
        var sent = switches.isTaken(Effect.TRUNCATED_BODY) ? body.substring(0, body.length() / 2) : body;
        return new Letter(serial, timestamp, nonce, signature, sent);
    }
}
