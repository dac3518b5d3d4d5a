package io.anju.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Makes the requests of a fuzz run: each from the seed and its own number alone, so that any one of them can be made
 * again.
 *
 * <p>It begins with what the contract asks for and then, two times in three, spoils some of it.
 */
final class FuzzMaker {
    private static final List<String> ODD_SEGMENTS = List.of(
            "%00",
            "%2e%2e",
            "..",
            "%2F",
            "%ff",
            "%C0%AF",
            "%",
            "%zz",
            "%E5%AE%89",
            "%F0%9F%8F%A0",
            "null",
            "0",
            "-1",
            "a;b=c",
            "%7BapplicationId%7D",
            "x".repeat(3_000),
            "%27%20OR%201=1--",
            "%0d%0aX:%20y",
            "*",
            "~",
            "@",
            "+",
            "00000000-0000-0000-0000-000000000000",
            "0198F000-0000-7000-8000-000000000001",
            "1-1-1-1-1",
            "%25%32%46");

    private final long seed;
    private final World world;
    private final SchemaValues values;
    private final List<ContractOperation> operations = Contract.ofOwnForm();
    /** Who may ask, by name; the requests of an operation are made by its own audience most of the time. */
    /** The world's people are still needed: somebody else has to go. */
    private static final Set<String> ENDS_ITS_CALLER = Set.of("deleteMyAccount");

    private final Map<String, String> tokens;
    /** Sessions that may end. */
    private final List<String> expendable;

    FuzzMaker(long seed, World world, Map<String, String> tokens, List<String> expendable) {
        this.seed = seed;
        this.world = world;
        this.values = new SchemaValues(world);
        this.tokens = tokens;
        this.expendable = expendable;
    }

    FuzzRequest make(int index) {
        var random = new Random(seed * 1_000_003L + index);
        // the first numbers of neighbouring seeds are alike
        random.nextLong();
        var request = new FuzzRequest(index, operations.get(Math.floorMod(index, operations.size())));
        fill(request, random);
        if (random.nextInt(3) > 0) {
            for (int times = 1 + random.nextInt(2); times > 0; times--) {
                FuzzMutation.random(random).accept(request, random);
            }
        }
        return request;
    }

    private void fill(FuzzRequest request, Random random) {
        // each from an address of its own: what one address may do in an hour is another test
        request.header(
                "X-Forwarded-For",
                "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256)));
        authorise(request, random);
        var query = new ArrayList<String>();
        request.path = request.operation.path();
        for (JsonNode parameter : request.operation.parameters()) {
            var name = parameter.path("name").asText();
            switch (parameter.path("in").asText()) {
                case "path" -> request.path = request.path.replace('{' + name + '}', segment(name, parameter, random));
                case "query" -> {
                    if (parameter.path("required").asBoolean() ? random.nextInt(20) > 0 : random.nextInt(3) == 0) {
                        query.add(name + '=' + encoded(value(name, parameter, random)));
                    }
                }
                case "header" -> header(request, name, random);
                default -> throw new IllegalStateException(parameter.toString());
            }
        }
        request.query = String.join("&", query);
        fillBody(request, random);
    }

    private void authorise(FuzzRequest request, Random random) {
        var audience = request.operation.audience();
        var names = tokens.keySet().stream()
                .filter(name -> audience == null || name.startsWith(audience))
                .toList();
        if (names.isEmpty() || random.nextInt(4) == 0) {
            names = List.copyOf(tokens.keySet());
        }
        request.caller = names.get(random.nextInt(names.size()));
        var token = Objects.requireNonNull(tokens.get(request.caller));
        if (request.operation.isSecured() && audience == null || ENDS_ITS_CALLER.contains(request.operation.id())) {
            request.caller = "expendable";
            token = expendable.get(random.nextInt(expendable.size()));
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
    }

    private void header(FuzzRequest request, String name, Random random) {
        switch (name) {
            case "Idempotency-Key" ->
                request.header(
                        name,
                        random.nextInt(20) == 0
                                ? "one-key-for-many-requests"
                                : new UUID(random.nextLong(), random.nextLong()).toString());
            case "If-Match" -> request.header(name, "\"" + random.nextInt(12) + "\"");
            case "If-None-Match" -> {
                if (random.nextBoolean()) {
                    request.header(name, random.nextBoolean() ? "*" : "\"1\", W/\"x\"");
                }
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    request.header(name, random.nextBoolean() ? "en" : "zh-CN,zh;q=0.9");
                }
            }
        }
    }

    private String segment(String name, JsonNode parameter, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> ODD_SEGMENTS.get(random.nextInt(ODD_SEGMENTS.size()));
            case 1, 2 -> encoded(value(name, parameter, random));
            default -> encoded(world.id(name));
        };
    }

    private String value(String name, JsonNode parameter, Random random) {
        return random.nextInt(12) == 0
                ? JsonMutation.text(random)
                : values.text(name, parameter.path("schema"), parameter.path("example"), random);
    }

    private void fillBody(FuzzRequest request, Random random) {
        var operation = request.operation;
        var content = operation.node().at("/requestBody/content");
        if (operation.hasJsonBody()) {
            request.header("Content-Type", "application/json");
            request.body = JsonMutation.write(values.vary(
                            operation.body(),
                            operation.node().at("/requestBody/content/application~1json/schema"),
                            random))
                    .getBytes(StandardCharsets.UTF_8);
        } else if (content.has("multipart/form-data")) {
            request.header("Content-Type", "multipart/form-data; boundary=b");
            request.body = form(random).getBytes(StandardCharsets.UTF_8);
        } else if (!content.isMissingNode()) {
            request.header("Content-Type", "application/octet-stream");
            request.body = ("%PDF-1.4\n" + random.nextLong() + "\n%%EOF\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    private static String form(Random random) {
        var name = random.nextInt(4) == 0 ? "..\\..\\x\u0001.pdf" : "hukou.pdf";
        var file = random.nextInt(3) == 0 ? "city: [" : "%PDF-1.4\n" + random.nextLong() + "\n%%EOF\n";
        return "--b\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\n测试\r\n--b\r\nContent-Disposition: form-data;"
                + " name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: application/pdf\r\n\r\n" + file
                + "\r\n--b--\r\n";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
