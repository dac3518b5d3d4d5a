package io.anju.identity;

import io.anju.platform.http.Request;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What kind of device a program says it runs on, as coarse as its owner needs to recognise it: the whole text would
 * tell people apart.
 */
enum Device {
    /** Inside WeChat, on whatever system. */
    MINI_PROGRAM("micromessenger", "miniprogram"),
    /** Before Android, whose name HarmonyOS gives as well. */
    HARMONY("openharmony", "harmonyos"),
    ANDROID("android"),
    /** Before computers: a phone from Apple says that it is like a Macintosh. */
    IOS("iphone", "ipad", "cfnetwork"),
    COMPUTER("windows nt", "macintosh", "x11"),
    OTHER;

    private static final int LONGEST = 512;

    private final String[] marks;

    Device(String... marks) {
        this.marks = marks;
    }

    /** The device of whoever sent this request. */
    static Device of(Request request) {
        return ofUserAgent(request.header("User-Agent"));
    }

    static Device ofUserAgent(@Nullable String userAgent) {
        if (userAgent == null) {
            return OTHER;
        }
        var text = userAgent.substring(0, Math.min(userAgent.length(), LONGEST)).toLowerCase(Locale.ROOT);
        for (var device : values()) {
            for (var mark : device.marks) {
                if (text.contains(mark)) {
                    return device;
                }
            }
        }
        return OTHER;
    }

    /** As in the database and in the contract. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Device of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
