package io.anju.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.App;
import io.anju.Domains;
import io.anju.application.Household;
import io.anju.application.IntakeService.WholeFile;
import io.anju.identity.NationalId;
import io.anju.identity.Sex;
import io.anju.platform.config.Settings;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.StatementTap;
import io.anju.platform.http.InNameOf;
import io.anju.platform.http.Meters;
import io.anju.platform.http.Upload;
import io.anju.policy.Relation;
import io.anju.sandbox.Simulators;
import io.anju.sandbox.wechatpay.MerchantFiles;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The whole server in this process, to make what is measured later and to see which statements it runs. */
final class World implements AutoCloseable {
    private static final Upload PAPER = new Upload(
            "paper.pdf",
            "application/pdf",
            Buffer.buffer("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
            Map.of());

    private final Vertx vertx;
    private final Meters meters;
    private final Simulators simulators;
    private final App app;
    private final InstantSource clock = InstantSource.system();
    private final Client client = new Client();

    /** A resident with a complete draft, ready to be handed in. */
    record Ready(String token, String refreshToken, UUID applicationId, long version, String name) {
        Ready with(String newToken, String newRefreshToken) {
            return new Ready(newToken, newRefreshToken, applicationId, version, name);
        }

        String submission() {
            return "{\"commitment\":{\"accepted\":true,\"signedName\":\"" + name + "\"}}";
        }

        String ifMatch() {
            return "\"" + version + "\"";
        }
    }

    private World(Vertx vertx, Meters meters, Simulators simulators, App app) {
        this.vertx = vertx;
        this.meters = meters;
        this.simulators = simulators;
        this.app = app;
    }

    /** Starts on a migrated database; the tap sees every statement. */
    static World start(DbAddress address, Path folder, StatementTap tap) throws IOException {
        var meters = new Meters();
        var vertx = meters.vertx(new VertxOptions());
        var clock = InstantSource.system();
        var simulators = Simulators.start(vertx, clock, 0).await();
        var environment = new HashMap<>(environment(folder));
        environment.put("ANJU_HTTP_PORT", "0");
        environment.put("ANJU_JOBS", "off");
        environment.put("ANJU_WECHAT_URL", simulators.url());
        environment.put("ANJU_WECHAT_APP_ID", Simulators.APP_ID);
        environment.put(
                "ANJU_WECHAT_SECRET_FILE",
                Files.writeString(folder.resolve("wechat.secret"), Simulators.APP_SECRET)
                        .toString());
        environment.putAll(MerchantFiles.write(folder, simulators.url()));
        var app = App.startWatched(
                        vertx, meters, Settings.read(environment), address, folder.resolve("anju.key"), clock, tap)
                .await();
        return new World(vertx, meters, simulators, app);
    }

    /** Settings that the measured server shares: limits that a benchmark does not meet. */
    static Map<String, String> environment(Path folder) {
        return Map.of(
                "ANJU_HTTP_HOST", "127.0.0.1",
                // tokens name their issuer: both servers must be the same one
                "ANJU_PUBLIC_URL", "http://localhost",
                "ANJU_MANAGEMENT_PORT", "0",
                "ANJU_STAFF_TOTP_ROLES", "none",
                "ANJU_CALLER_REQUESTS_PER_MINUTE", "1000000",
                "ANJU_ADDRESS_REQUESTS_PER_MINUTE", "1000000",
                "ANJU_COSTLY_REQUESTS_PER_HOUR", "1000000",
                // a list that is published while something else is measured would be measured with it
                "ANJU_PUBLISH_MONTHLY", "off",
                "ANJU_DATA_DIR", folder.toString(),
                "ANJU_LOG_LEVEL", "WARN");
    }

    /** The services of the server within this process. */
    Domains domains() {
        return app.domains();
    }

    /** Makes so many residents, each bound to a person and with a complete draft. */
    List<Ready> prepare(int count) throws IOException, InterruptedException {
        var ready = new ArrayList<Ready>();
        for (int i = 0; i < count; i++) {
            ready.add(prepareOne(i));
        }
        return ready;
    }

    private Ready prepareOne(int number) throws IOException, InterruptedException {
        var code = post(simulators.url() + "/control/wechat-codes", null, "{\"openid\":\"bench-" + number + "\"}")
                .path("code")
                .asText();
        var session = post("/v1/sessions/wechat", null, "{\"code\":\"" + code + "\"}");
        var token = session.path("accessToken").asText();
        var id = nationalId(number);
        var name = "测试" + (char) ('\u4e00' + number % 20_000);
        post("/v1/me/identity", token, "{\"realName\":\"" + name + "\",\"nationalId\":\"" + id.value() + "\"}");
        var caller = app.domains()
                .identity
                .authenticator()
                .authenticate(token, clock.instant())
                .await();
        var draft = app.domains()
                .intake
                .complete(InNameOf.resident(Objects.requireNonNull(caller.id())), file(name, id), clock.instant())
                .await();
        return new Ready(token, session.path("refreshToken").asText(), draft.id(), draft.version(), name);
    }

    /** Hands in one draft and gives the answer's body. */
    String submit(Ready ready) throws IOException, InterruptedException {
        return client.send(
                Client.request(url() + "/v1/applications/" + ready.applicationId() + "/submission", ready.token())
                        .header("If-Match", ready.ifMatch())
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(ready.submission())));
    }

    String get(String path, @Nullable String token) throws IOException, InterruptedException {
        return client.send(Client.request(url() + path, token).GET());
    }

    /** The same resident with tokens that have just been given: an access token lives ten minutes. */
    Ready refreshed(Ready ready) throws IOException, InterruptedException {
        return client.refreshed(url(), ready);
    }

    private JsonNode post(String path, @Nullable String token, String body) throws IOException, InterruptedException {
        return client.post(path.startsWith("http") ? path : url() + path, token, body);
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return app.port();
    }

    /** People over forty in 市南区, one after the other. */
    static NationalId nationalId(int number) {
        var born = LocalDate.of(1950, 1, 1).plusDays(number / 499);
        var first17 = "370202" + born.toString().replace("-", "") + String.format("%03d", 1 + 2 * (number % 499));
        return NationalId.parse(first17 + NationalId.checkCharacter(first17));
    }

    private static WholeFile file(String name, NationalId id) {
        var applicant = new Household.Member(
                name,
                id.value(),
                Relation.APPLICANT,
                Sex.MALE,
                id.birthDate(),
                Household.MaritalStatus.NEVER_MARRIED,
                new Household.Hukou("370200", id.birthDate()),
                null,
                List.of(),
                List.of(new Household.Income("pension", 120_000)));
        var household = new Household(
                "low-income",
                "13900000000",
                new Household.Address("370202001001", "示例路 1 号"),
                List.of(applicant),
                List.of(new Household.Home(
                        Household.Tenure.OWNED, "apartment", new BigDecimal("6.50"), "示例路 1 号", null)),
                List.of());
        return new WholeFile("370200", "public-rental", household, rule -> PAPER);
    }

    @Override
    public void close() {
        app.close().await();
        simulators.close().await();
        vertx.close().await();
        meters.close();
    }
}
