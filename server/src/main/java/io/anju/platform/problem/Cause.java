package io.anju.platform.problem;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A failure as a log may show it: types and places in our own code, no messages. A message often quotes what somebody
 * entered, and logs hold no personal data.
 */
public final class Cause {
    private static final int MAX_DEPTH = 5;
    private static final int MAX_FRAMES = 4;

    private Cause() {}

    public static String of(Throwable failure) {
        var text = new StringBuilder();
        var cause = failure;
        for (var depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            text.append(depth == 0 ? "" : " caused by ").append(describe(cause));
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static String describe(Throwable failure) {
        var type = failure instanceof Refusal refusal
                ? "refusal " + refusal.code().id()
                : failure.getClass().getName();
        var places = Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.anju."))
                .limit(MAX_FRAMES)
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .collect(Collectors.joining(" < "));
        return places.isEmpty() ? type : type + " at " + places;
    }
}
