package io.anju.complaint;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Somebody who reports without a name, over HTTP. */
final class Whistle {
    static final String PATH = "/v1/anonymous-reports";

    private final Anju anju;

    Whistle(Anju anju) {
        this.anju = anju;
    }

    static Map<String, Object> body(String text) {
        return new LinkedHashMap<>(Map.of(
                "cityCode",
                "370200",
                "category",
                "false-declaration",
                "areaCode",
                "370202001",
                "subject",
                Map.of("type", "person", "name", "赵某"),
                "text",
                text));
    }

    /** Gives the code. */
    String file(String text) {
        return code(send(body(text)).expect(201));
    }

    Answer send(Map<String, ?> body) {
        return anju.http().post(PATH, null, body);
    }

    static String code(Answer filed) {
        return filed.json().path("trackingCode").asText();
    }

    Answer follow(String code) {
        return anju.http().post(PATH + "/progress", null, Map.of("trackingCode", code));
    }

    Answer add(String code, String text) {
        return anju.http().post(PATH + "/additions", null, Map.of("trackingCode", code, "text", text));
    }

    Answer attach(String code, String name, String mediaType, byte[] content) {
        return anju.http().upload(PATH + "/attachments", null, name, mediaType, content, "trackingCode", code);
    }

    /** Lets the night pass in which the offices get what came. */
    void night() {
        anju.clock().advance(Duration.ofDays(1));
        anju.runJobs();
    }
}
