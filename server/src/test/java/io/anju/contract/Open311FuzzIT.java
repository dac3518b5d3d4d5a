package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.identity.IdentityService;
import io.anju.platform.http.Agency;
import io.anju.testing.Anju;
import io.anju.testing.Seeds;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xml.sax.SAXException;

/**
 * What {@link FuzzIT} does to the contract's own operations, done to those of Open311, whose forms and errors are the
 * standard's: whatever comes, the status is one that the contract declares for the operation, the form is
 * that of the path, and nothing of what is behind it is told.
 */
class Open311FuzzIT {
    private static final int REQUESTS = Integer.getInteger("anju.fuzz.open311", 3_000);
    private static final long SEED = Seeds.of(Open311FuzzIT.class);
    private static final int AT_ONCE = 16;
    private static final int LONG_LINE = 8 * 1024;

    /** Answered before the path is read: in the form of everything that is not Open311. */
    private static final Set<Integer> WITHOUT_PATH = Set.of(408, 414, 431);
    /** Answered by the edge, before it is known which operation is meant. */
    private static final Set<Integer> OF_THE_EDGE = Set.of(400, 404, 405, 406, 408, 413, 414, 415, 431);

    private static final List<String> ODD = List.of(
            "",
            " ",
            "%00",
            "%ff",
            "..",
            "370200' OR '1'='1",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
            "]]>",
            "\u0001\u0002",
            "安居\uD83C\uDFE0",
            "-1",
            "1e400",
            "NaN",
            "2026-02-30T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59-18:00",
            ",,,,",
            "a,".repeat(200),
            "x".repeat(3_000));

    @RegisterExtension
    static final Anju anju = Anju.server().with("ANJU_TRUSTED_PROXIES", "1").with("ANJU_DATABASE_MAX_WAITING", "10000");

    private static final List<ContractOperation> OPERATIONS = Contract.all().stream()
            .filter(operation -> !operation.isOfOwnForm())
            .toList();

    private static String key = "";
    private static String number = "";

    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Set<Integer>> statuses = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    @BeforeAll
    static void fileOne() {
        var secret = IdentityService.newClientSecret();
        Anju.await(anju.domains()
                .identity
                .createPartner(
                        "open311-fuzz",
                        secret,
                        new Agency("370200", "housing"),
                        Set.of("partner.complaints"),
                        anju.clock().instant()));
        key = "open311-fuzz." + secret;
        number = anju.http()
                .request("POST", "/open311/v2/requests.json")
                .unchecked()
                .bytes("application/x-www-form-urlencoded", form(good()).getBytes(StandardCharsets.UTF_8))
                .send()
                .expect(201)
                .json()
                .at("/0/service_request_id")
                .asText();
    }

    private static Map<String, String> good() {
        return new LinkedHashMap<>(Map.of(
                "jurisdiction_id",
                "370200",
                "service_code",
                "home-repair",
                "address_id",
                "370202001",
                "description",
                "电梯停运",
                "email",
                "someone@example.org",
                "api_key",
                key));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void every_answer_is_declared_and_in_the_form_of_its_path() {
        System.out.printf("open311 fuzz: %d requests%n", REQUESTS);
        var client = anju.vertx()
                .createHttpClient(
                        new HttpClientOptions()
                                .setDefaultPort(anju.app().port())
                                .setDefaultHost("127.0.0.1"),
                        new PoolOptions().setHttp1MaxSize(AT_ONCE));
        var wire = new FuzzWire(client);
        Anju.await(
                Future.join(
                        IntStream.range(0, AT_ONCE).mapToObj(i -> work(wire)).toList()),
                600);
        Anju.await(client.close());
        assertThat(faults).as("seed %d", SEED).isEmpty();
        if (REQUESTS >= 1_000) {
            // a run that is refused everywhere proves nothing
            assertThat(OPERATIONS)
                    .hasSize(11)
                    .allSatisfy(operation -> assertThat(statuses.get(operation.id()))
                            .as(operation.id())
                            .containsAnyOf(200, 201));
            assertThat(statuses.get("fileOpen311RequestAsXml")).contains(201, 400, 403);
        }
    }

    private Future<Void> work(FuzzWire wire) {
        int index = next.getAndIncrement();
        if (index >= REQUESTS || faults.size() > 20) {
            return Future.succeededFuture();
        }
        var request = make(index);
        return wire.send(request)
                .onSuccess(answer -> judge(request, answer))
                .recover(failure -> {
                    // who pushes on beyond the limits is hung up on
                    if (request.uri().length() < LONG_LINE && request.payload().length() < 1 << 20) {
                        faults.add(request + "\nhad no answer: " + failure);
                    }
                    return Future.succeededFuture();
                })
                .compose(done -> work(wire));
    }

    private static FuzzRequest make(int index) {
        var random = new Random(SEED * 1_000_003L + index);
        random.nextLong();
        var request = new FuzzRequest(index, OPERATIONS.get(index % OPERATIONS.size()));
        request.header("X-Forwarded-For", "10.%d.%d.1".formatted(random.nextInt(256), random.nextInt(256)));
        request.path = request.operation
                .path()
                .replace("{service}", format(random, "home-repair"))
                .replace("{serviceRequest}", format(random, number))
                .replace("{token}", format(random, number));
        var query = new ArrayList<String>();
        for (var parameter : request.operation.parameters()) {
            var name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("query")
                    && (name.equals("jurisdiction_id") || random.nextBoolean())) {
                query.add(name + "=" + encoded(value(name, parameter, random)));
            }
        }
        request.query = String.join("&", query);
        if (request.method.equals("POST")) {
            fill(request, random);
        }
        for (int times = random.nextInt(3); times > 0; times--) {
            FuzzMutation.random(random).accept(request, random);
        }
        return request;
    }

    private static String format(Random random, String good) {
        var name = random.nextInt(4) == 0 ? encoded(odd(random)) : good;
        return name
                + List.of(".json", ".xml", ".json", ".xml", "", ".txt", ".json.xml")
                        .get(random.nextInt(7));
    }

    private static String odd(Random random) {
        return ODD.get(random.nextInt(ODD.size()));
    }

    private static String value(String name, JsonNode parameter, Random random) {
        if (random.nextInt(6) == 0) {
            return odd(random);
        }
        return name.equals("service_request_id")
                ? number
                : parameter.path("example").asText();
    }

    /** A form, with a field or two that are odd, missing or not the form's. */
    private static void fill(FuzzRequest request, Random random) {
        request.header("Content-Type", "application/x-www-form-urlencoded");
        var fields = good();
        fields.put("description", "第 " + request.index + " 处");
        for (int times = random.nextInt(3); times > 0; times--) {
            var name = List.copyOf(fields.keySet()).get(random.nextInt(fields.size()));
            switch (random.nextInt(4)) {
                case 0 -> fields.remove(name);
                case 1 -> fields.put(odd(random), odd(random));
                case 2 -> fields.put("lat", odd(random));
                default -> fields.put(name, odd(random));
            }
            if (fields.isEmpty()) {
                break;
            }
        }
        request.body = form(fields).getBytes(StandardCharsets.UTF_8);
    }

    private void judge(FuzzRequest request, FuzzWire.Answer answer) {
        var operation = request.operation;
        boolean isMeant = request.path.startsWith("/open311/")
                && request.method.equalsIgnoreCase(operation.method())
                && (request.method.equals("GET") || request.method.equals("POST"));
        var found = new ArrayList<String>();
        if (isMeant) {
            statuses.computeIfAbsent(operation.id(), first -> ConcurrentHashMap.newKeySet())
                    .add(answer.status());
        }
        if (isMeant && !operation.declares(answer.status()) && !OF_THE_EDGE.contains(answer.status())) {
            found.add("undeclared status");
        }
        found.addAll(FuzzVerdict.faults(request, answer));
        if (isMeant && !WITHOUT_PATH.contains(answer.status())) {
            formFault(request, answer, found);
        }
        if (!found.isEmpty()) {
            faults.add(request + "\nanswered " + answer + "\n  " + String.join("\n  ", found));
        }
    }

    private static void formFault(FuzzRequest request, FuzzWire.Answer answer, List<String> found) {
        boolean isJson = request.path.endsWith(".json");
        var type = answer.headers().get("Content-Type");
        if (type == null || !type.startsWith(isJson ? "application/json" : "text/xml")) {
            found.add("in another form: " + type);
            return;
        }
        try {
            boolean isRefusal = answer.status() >= 400;
            if (isJson) {
                var body = new ObjectMapper().readTree(answer.body());
                if (isRefusal && body.at("/0/code").asInt() != answer.status()) {
                    found.add("no list of errors");
                }
            } else {
                var factory = DocumentBuilderFactory.newInstance();
                factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
                var root = factory.newDocumentBuilder()
                        .parse(new ByteArrayInputStream(answer.body()))
                        .getDocumentElement();
                if (isRefusal != root.getTagName().equals("errors")) {
                    found.add("root " + root.getTagName());
                }
            }
        } catch (IOException | SAXException | ParserConfigurationException e) {
            found.add("does not parse: " + e.getMessage());
        }
    }
}
