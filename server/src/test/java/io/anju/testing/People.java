package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.identity.IdentityService;
import io.anju.identity.NationalId;
import io.anju.identity.Role;
import io.anju.platform.http.Agency;
import io.anju.platform.http.Office;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Residents, staff and partners who log in for a test the way they do it outside, with the simulators' help. */
public final class People {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger COUNT = new AtomicInteger();
    /** Of persons, by their national IDs, which are nobody's. */
    private static final Map<String, String> OPEN_IDS = new ConcurrentHashMap<>();

    private final Anju anju;
    private final URI simulators;

    People(Anju anju, URI simulators) {
        this.anju = anju;
        this.simulators = simulators;
    }

    /** The access token of a new resident who has logged in with WeChat. */
    public String resident() {
        return logInWithWeChat().json().path("accessToken").asText();
    }

    /** As {@link #resident}, bound to this person. */
    public String resident(String realName, String nationalId) {
        var openId = "o" + UUID.randomUUID();
        OPEN_IDS.put(nationalId, openId);
        var token = logIn(openId);
        anju.http()
                .post("/v1/me/identity", token, Map.of("realName", realName, "nationalId", nationalId))
                .expect(201);
        return token;
    }

    /** A fresh token of the person who became a resident here: they last ten minutes. */
    public String again(String nationalId) {
        return logIn(Objects.requireNonNull(OPEN_IDS.get(nationalId)));
    }

    /** The WeChat user that the person who became a resident here is. */
    public String openId(String nationalId) {
        return Objects.requireNonNull(OPEN_IDS.get(nationalId));
    }

    /** The user allows one message of a template in the mini-program. */
    public void allowMessage(String openId, String templateId) {
        send(HttpRequest.newBuilder(simulators.resolve("/control/wechat-message-consents"))
                .POST(BodyPublishers.ofString(json(Map.of("openid", openId, "template_id", templateId)))));
    }

    /** What WeChat says to the next messages, one after another: error codes, 0 for none, or {@code "silence"}. */
    public void failMessages(Object... errors) {
        send(HttpRequest.newBuilder(simulators.resolve("/control/wechat-message-faults"))
                .POST(BodyPublishers.ofString(json(Map.of("errors", errors)))));
    }

    /** The subscribe messages that a user got, the oldest first. */
    public JsonNode subscribedMessages(String openId) {
        return send(HttpRequest.newBuilder(simulators.resolve("/control/wechat-messages?openid=" + openId)));
    }

    /** The access token of this WeChat user. */
    public String logIn(String openId) {
        return logInWithWeChat(openId).json().path("accessToken").asText();
    }

    /** The session of a new WeChat user. */
    public Answer logInWithWeChat() {
        return logInWithWeChat("o" + UUID.randomUUID());
    }

    /** The session of this WeChat user. */
    public Answer logInWithWeChat(String openId) {
        return anju.http()
                .post("/v1/sessions/wechat", null, Map.of("code", weChatCode(openId)))
                .expect(201);
    }

    /**
     * The access token of a new member of staff with every role, in an office of the city whose division code the area
     * begins with.
     *
     * @param level {@code community}, {@code street}, {@code civil-affairs}, {@code district} or {@code city}
     */
    public String staff(String level, String areaCode) {
        var office = new Office(areaCode.substring(0, 4) + "00", level, areaCode, "测试" + level + areaCode);
        return staff(office, EnumSet.allOf(Role.class));
    }

    public String staff(Office office, Set<Role> roles) {
        var username = "staff." + COUNT.incrementAndGet();
        var password = UUID.randomUUID().toString();
        Anju.await(anju.domains()
                .identity
                .createStaff(
                        username, password, "测试员", office, roles, anju.clock().instant()));
        return anju.http()
                .post("/v1/sessions/staff", null, Map.of("username", username, "password", password))
                .expect(201)
                .json()
                .path("accessToken")
                .asText();
    }

    /** The access token of a new partner agency's program. */
    public String partner(Agency agency, String... scopes) {
        var clientId = "partner-" + COUNT.incrementAndGet();
        var secret = IdentityService.newClientSecret();
        Anju.await(anju.domains()
                .identity
                .createPartner(
                        clientId, secret, agency, Set.of(scopes), anju.clock().instant()));
        return anju.http()
                .post("/v1/partner-tokens", null, Map.of("clientId", clientId, "clientSecret", secret))
                .expect(201)
                .json()
                .path("accessToken")
                .asText();
    }

    /** What {@code wx.login} gives to a new user's mini-program. */
    public String weChatCode() {
        return weChatCode("o" + UUID.randomUUID());
    }

    /** What {@code wx.login} gives to this user's mini-program. */
    public String weChatCode(String openId) {
        return weChatCode(openId, 0);
    }

    /** A code whose exchange fails with this error of WeChat's. */
    public String weChatCode(String openId, int error) {
        var request = HttpRequest.newBuilder(simulators.resolve("/control/wechat-codes"))
                .POST(BodyPublishers.ofString(json(Map.of("openid", openId, "error", error))));
        return send(request).path("code").asText();
    }

    /** What the button {@code getPhoneNumber} gives for this number; its exchange fails with an error that is not 0. */
    public String weChatPhoneCode(String phone, int error) {
        var request = HttpRequest.newBuilder(simulators.resolve("/control/wechat-phone-codes"))
                .POST(BodyPublishers.ofString(json(Map.of("phone", phone, "error", error))));
        return send(request).path("code").asText();
    }

    /** Ends the mini-program's access token at WeChat, as another program that fetches one may do. */
    public void endWeChatAccessToken() {
        send(HttpRequest.newBuilder(simulators.resolve("/control/wechat-access-tokens/expiry"))
                .POST(BodyPublishers.noBody()));
    }

    /** The messages that a phone in mainland China got, the newest first. */
    public JsonNode messages(String phone) {
        var number = URLEncoder.encode("+86" + phone, StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(simulators.resolve("/control/sms?phone=" + number)));
    }

    /** A valid national ID; nobody's. */
    public static String nationalId(LocalDate birthDate, int sequence) {
        var first17 = "370202" + birthDate.format(DateTimeFormatter.BASIC_ISO_DATE) + "%03d".formatted(sequence % 1000);
        return first17 + NationalId.checkCharacter(first17);
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            return JSON.readTree(
                    CLIENT.send(request.build(), BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
