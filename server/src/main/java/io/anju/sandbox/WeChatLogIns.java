package io.anju.sandbox;

import io.anju.platform.crypto.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * WeChat's side of a mini-program log-in: single-use codes that are good for five minutes, with the error codes of
 * WeChat's documentation. Thread-safe; bounded, the oldest are forgotten.
 */
final class WeChatLogIns {
    static final int OK = 0;
    static final int SYSTEM_BUSY = -1;
    static final int INVALID_APP_ID = 40013;
    static final int INVALID_CODE = 40029;
    static final int INVALID_SECRET = 40125;
    static final int CODE_USED = 40163;
    static final int USER_BLOCKED = 40226;
    static final int TOO_OFTEN = 45011;

    private static final Duration GOOD_FOR = Duration.ofMinutes(5);
    private static final int PER_USER_AND_MINUTE = 100;
    private static final int REMEMBERED = 100_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Code> codes = bounded();
    private final Map<String, Minute> minutes = bounded();

    private record Code(String openId, int error, Instant expiresAt, boolean used) {}

    private record Minute(long number, int logIns) {}

    /** What an exchange gives: an error code, or the user. */
    record Exchange(
            int error,
            @Nullable String openId,
            @Nullable String sessionKey,
            @Nullable String unionId) {
        static Exchange failed(int error) {
            return new Exchange(error, null, null, null);
        }
    }

    /**
     * What {@code wx.login} gives to the mini-program of this user.
     *
     * @param error what the exchange of this code is to answer; {@link #OK} for an ordinary one
     */
    synchronized String mint(String openId, int error, Instant now) {
        var code = "0" + random(23);
        codes.put(code, new Code(openId, error, now.plus(GOOD_FOR), false));
        return code;
    }

    /** {@code auth.code2Session}. An error other than "busy" spends the code as a success does. */
    synchronized Exchange exchange(String text, Instant now) {
        var code = codes.get(text);
        if (code == null || !now.isBefore(code.expiresAt())) {
            return Exchange.failed(INVALID_CODE);
        }
        if (code.used()) {
            return Exchange.failed(CODE_USED);
        }
        if (code.error() == SYSTEM_BUSY) {
            return Exchange.failed(SYSTEM_BUSY);
        }
        codes.put(text, new Code(code.openId(), code.error(), code.expiresAt(), true));
        if (code.error() != OK) {
            return Exchange.failed(code.error());
        }
        return countLogIn(code.openId(), now)
                ? new Exchange(OK, code.openId(), random(16), unionId(code.openId()))
                : Exchange.failed(TOO_OFTEN);
    }

    /** An openid that nobody else has. */
    static String newOpenId() {
        return "o" + random(20);
    }

    private boolean countLogIn(String openId, Instant now) {
        var number = now.getEpochSecond() / 60;
        var minute = minutes.get(openId);
        var logIns = minute != null && minute.number() == number ? minute.logIns() + 1 : 1;
        minutes.put(openId, new Minute(number, logIns));
        return logIns <= PER_USER_AND_MINUTE;
    }

    private static String unionId(String openId) {
        return "u"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Sha256.of(openId))
                        .substring(0, 27);
    }

    private static String random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
