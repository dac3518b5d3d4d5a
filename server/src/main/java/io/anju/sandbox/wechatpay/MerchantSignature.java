package io.anju.sandbox.wechatpay;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the {@code Authorization} of a merchant's request: scheme WECHATPAY2-SHA256-RSA2048 over method, path with
 * query, timestamp, nonce and body, each followed by a line feed. Thread-safe.
 */
final class MerchantSignature {
    private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048 ";
    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Pattern TIMESTAMP = Pattern.compile("[1-9]\\d{9}");
    private static final Pattern NONCE = Pattern.compile("[0-9A-Za-z_\\-]{1,32}");
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int REMEMBERED = 200_000;

    private final PayKeys keys;
    private final Map<String, Boolean> nonces = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    MerchantSignature(PayKeys keys) {
        this.keys = keys;
    }

    /** Passes, or throws SIGN_ERROR with what is wrong. */
    void require(String method, String uri, @Nullable String authorization, String body, Instant now) {
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            throw fault("Authorization不合法");
        }
        var said = parameters(authorization.substring(SCHEME.length()));
        var timestamp = said.getOrDefault("timestamp", "");
        var nonce = said.getOrDefault("nonce_str", "");
        if (!PayKeys.MERCHANT_ID.equals(said.get("mchid"))) {
            throw fault("商户号与签名不符");
        }
        if (!keys.merchantSerial().equals(said.get("serial_no"))) {
            throw fault("商户证书序列号有误");
        }
        requireFresh(timestamp, now);
        if (!NONCE.matcher(nonce).matches()) {
            throw fault("请求随机串不合法");
        }
        var message = method + "\n" + uri + "\n" + timestamp + "\n" + nonce + "\n" + body + "\n";
        if (!keys.isSignedByMerchant(message, said.getOrDefault("signature", ""))) {
            throw fault("错误的签名，验签失败");
        }
        requireNew(timestamp + nonce);
    }

    private static void requireFresh(String timestamp, Instant now) {
        if (!TIMESTAMP.matcher(timestamp).matches()) {
            throw fault("时间戳不合法");
        }
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        if (age.abs().compareTo(SKEW) > 0) {
            throw fault("Http头Authorization中的timestamp与发起请求的时间不得超过5分钟");
        }
    }

    /** A request that was overheard must not work a second time. */
    private void requireNew(String nonce) {
        synchronized (nonces) {
            if (nonces.putIfAbsent(nonce, true) != null) {
                throw fault("请求随机串重复");
            }
        }
    }

    private static Map<String, String> parameters(String text) {
        var said = new HashMap<String, String>();
        var matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            said.putIfAbsent(matcher.group(1), matcher.group(2));
        }
        return said;
    }

    private static PayFault fault(String message) {
        return new PayFault(PayError.SIGN_ERROR, message);
    }
}
