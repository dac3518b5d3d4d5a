package io.anju.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Ways to spoil a request around and in its body. */
enum FuzzMutation implements BiConsumer<FuzzRequest, Random> {
    SPOIL_BODY((request, random) -> onJson(request, body -> JsonMutation.spoil(body, random))),
    SPOIL_BODY_MORE((request, random) -> onJson(request, body -> JsonMutation.spoil(body, random))),
    BREAK_BODY((request, random) -> onJson(request, body -> JsonMutation.breakForm(body, random))),
    CUT_BODY((request, random) -> {
        if (request.body != null) {
            request.body = Arrays.copyOf(request.body, random.nextInt(request.body.length + 1));
        }
    }),
    BIG_BODY((request, random) -> {
        // rarely: each costs as much as a hundred others
        if (random.nextInt(20) == 0) {
            request.body = new byte[(1 << 20) + random.nextInt(1 << 20)];
        }
    }),
    OTHER_TYPE((request, random) -> request.replace("Content-Type", FuzzMutation.any(Values.MEDIA_TYPES, random))),
    NO_TYPE((request, random) -> request.remove("Content-Type")),
    OTHER_METHOD((request, random) -> request.method = FuzzMutation.any(Values.METHODS, random)),
    HEAD((request, random) -> request.method = request.method.equals("GET") ? "HEAD" : request.method),
    OTHER_PATH((request, random) -> request.path = Values.path(request.path, random)),
    OTHER_QUERY((request, random) -> {
        var more = FuzzMutation.any(Values.QUERIES, random);
        request.query = request.query.isEmpty() ? more : request.query + '&' + more;
    }),
    REPEATED_QUERY((request, random) -> {
        if (!request.query.isEmpty()) {
            request.query = request.query + '&' + request.query;
        }
    }),
    ODD_HEADER((request, random) -> {
        var header = FuzzMutation.any(Values.HEADERS, random);
        request.replace(header.getKey(), header.getValue());
    }),
    REPEATED_HEADER((request, random) -> {
        if (!request.headers.isEmpty()) {
            var header = FuzzMutation.any(request.headers, random);
            request.header(header.getKey(), header.getValue());
        }
    }),
    NO_HEADER((request, random) -> {
        if (!request.headers.isEmpty()) {
            request.headers.remove(random.nextInt(request.headers.size()));
        }
    });

    private final BiConsumer<FuzzRequest, Random> change;

    FuzzMutation(BiConsumer<FuzzRequest, Random> change) {
        this.change = change;
    }

    static FuzzMutation random(Random random) {
        return values()[random.nextInt(values().length)];
    }

    @Override
    public void accept(FuzzRequest request, Random random) {
        change.accept(request, random);
    }

    private static void onJson(FuzzRequest request, Function<JsonNode, byte[]> mutation) {
        if (request.operation.hasJsonBody()) {
            request.body = mutation.apply(request.operation.body());
        }
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static final class Values {
        static final List<String> METHODS =
                List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW");

        static final List<String> MEDIA_TYPES = List.of(
                "text/plain",
                "application/json; charset=gbk",
                "APPLICATION/JSON",
                "application/json;",
                ";",
                "x",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=b",
                "multipart/form-data; boundary=" + "b".repeat(500),
                "application/octet-stream",
                "application/problem+json",
                "*/*");

        static final List<String> QUERIES = List.of(
                "%",
                "%zz=1",
                "=",
                "&&&",
                "a=%00",
                "limit=-1",
                "limit=9999999999999999999999",
                "limit=1e2",
                "cursor=",
                "cursor=%F0%9F%8F%A0",
                "cursor=eyJhIjoxfQ.AAAA",
                "cursor=" + "A".repeat(512),
                "limit=5&limit=6",
                "%ff=%ff",
                "x[]=1",
                "constructor=1",
                "q=" + "y".repeat(6_000),
                "cityCode=370200&cityCode=320300",
                "+=+",
                "?",
                "state=",
                "reason=%0a");

        static final List<Map.Entry<String, String>> HEADERS = List.of(
                Map.entry("Accept", "text/html"),
                Map.entry("Accept", "application/xml;q=0.9, image/*"),
                Map.entry("Accept", "application/*;q=0.1, */*;q=0"),
                Map.entry("Accept", ",;q=,//"),
                Map.entry("Accept", "*/*;q=0"),
                Map.entry("Accept-Language", "fr-FR, *;q=0.x, en;q=-1"),
                Map.entry("Accept-Language", "z".repeat(500)),
                Map.entry("Accept-Encoding", "gzip, br"),
                Map.entry("Content-Encoding", "gzip"),
                Map.entry("Expect", "100-continue"),
                Map.entry("Expect", "a-miracle"),
                Map.entry("Range", "bytes=0-0"),
                Map.entry("Range", "bytes=-999999999999999999999"),
                Map.entry("If-None-Match", "*"),
                Map.entry("If-None-Match", ",,\"\",W/,"),
                Map.entry("If-Match", "*"),
                Map.entry("If-Match", "\"9999999999999999999\""),
                Map.entry("If-Match", "\"9223372036854775807\", \"2\""),
                Map.entry("If-Modified-Since", "yesterday"),
                Map.entry("Authorization", "Bearer"),
                Map.entry("Authorization", "Bearer  x.y.z"),
                Map.entry("Authorization", "Basic YTpi"),
                Map.entry("Authorization", "Bearer " + "e".repeat(5_000)),
                Map.entry("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30."),
                Map.entry("Idempotency-Key", "short"),
                Map.entry("Idempotency-Key", "one-key-for-many-requests"),
                Map.entry("Idempotency-Key", "k".repeat(64)),
                Map.entry("traceparent", "00-00000000000000000000000000000000-0000000000000000-00"),
                Map.entry("traceparent", "ff-" + "a".repeat(500)),
                Map.entry("X-HTTP-Method-Override", "DELETE"),
                Map.entry("X-Forwarded-For", "unknown, , ::1, <x>"),
                Map.entry("X-Forwarded-For", "f".repeat(3_000)),
                Map.entry("X-Forwarded-Host", "elsewhere.example"),
                Map.entry("Origin", "https://elsewhere.example"),
                Map.entry("Cookie", "session=" + "c".repeat(2_000)),
                Map.entry("Upgrade", "websocket"),
                Map.entry("Connection", "close"),
                Map.entry("X-Long", "l".repeat(20_000)),
                Map.entry("Host", "elsewhere.example:99999"));

        static String path(String path, Random random) {
            return switch (random.nextInt(9)) {
                case 0 -> path + '/';
                case 1 -> path.replace("/v1/", "//v1//");
                case 2 -> path.toUpperCase(Locale.ROOT);
                case 3 -> path + "/%2e%2e/me";
                case 4 -> path.replaceFirst("/v1", "/%76%31");
                case 5 -> path + ";v=1";
                case 6 -> path + "%";
                case 7 -> path.substring(0, 1 + random.nextInt(path.length() - 1));
                default -> path + "/" + random.nextInt();
            };
        }
    }
}
