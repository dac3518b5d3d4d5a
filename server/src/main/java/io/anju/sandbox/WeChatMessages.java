package io.anju.sandbox;

import static io.anju.sandbox.Simulators.answer;
import static io.anju.sandbox.Simulators.body;
import static io.anju.sandbox.Simulators.weChatError;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * WeChat's side of one-time subscribe messages: one consent of a user to a template is one message, and each field of a
 * template takes what its name says.
 */
final class WeChatMessages {
    static final int INVALID_USER = 40003;
    static final int INVALID_TEMPLATE = 40037;
    static final int NO_CONSENT = 43101;
    static final int INVALID_FIELDS = 47003;

    private static final int REMEMBERED = 10_000;
    /** An error that stands for none: the message is taken, and the line goes dead. */
    private static final int SILENCE = 1;

    private static final Map<String, List<String>> TEMPLATES = Map.of(
            template(Simulators.RENT_DUE_TEMPLATE), fields(Simulators.RENT_DUE_TEMPLATE),
            template(Simulators.ARREARS_TEMPLATE), fields(Simulators.ARREARS_TEMPLATE),
            template(Simulators.PAYMENT_TEMPLATE), fields(Simulators.PAYMENT_TEMPLATE));

    private static final Map<String, Pattern> FORMS = Map.of(
            "thing", Pattern.compile(".{1,20}"),
            "amount", Pattern.compile("[¥￥$]?\\d{1,10}(\\.\\d{1,2})?元?"),
            "date", Pattern.compile("\\d{4}年\\d{1,2}月\\d{1,2}日( \\d{2}:\\d{2})?"));

    private final Predicate<String> isTokenGood;
    private final Map<Given, Integer> consents = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Integer> faults = new ArrayList<>();

    private record Given(String openId, String templateId) {}

    private record Sent(String openid, String templateId, Map<String, String> data) {}

    WeChatMessages(Predicate<String> isTokenGood) {
        this.isTokenGood = isTokenGood;
    }

    void mount(Router router) {
        router.post("/cgi-bin/message/subscribe/send").handler(this::send);
        router.post("/control/wechat-message-consents").handler(this::consent);
        router.post("/control/wechat-message-faults").handler(this::fail);
        router.get("/control/wechat-messages").handler(this::list);
    }

    private static String template(String setting) {
        return setting.substring(0, setting.indexOf(':'));
    }

    private static List<String> fields(String setting) {
        return List.of(setting.substring(setting.indexOf(':') + 1).split(",", -1));
    }

    private synchronized void send(RoutingContext http) {
        var body = body(http);
        if (body == null) {
            return;
        }
        var token = http.queryParams().get("access_token");
        if (token == null || !isTokenGood.test(token)) {
            answer(http, weChatError(WeChatPhoneNumbers.INVALID_CREDENTIAL));
            return;
        }
        int fault = faults.isEmpty() ? WeChatLogIns.OK : faults.remove(0);
        if (fault != WeChatLogIns.OK && fault != SILENCE) {
            answer(http, weChatError(fault));
            return;
        }
        int error = take(body);
        if (fault == SILENCE) {
            http.request().connection().close();
        } else if (error == WeChatLogIns.OK) {
            answer(http, Map.of("errcode", 0, "errmsg", "ok"));
        } else {
            answer(http, weChatError(error));
        }
    }

    private int take(JsonNode body) {
        var given =
                new Given(body.path("touser").asText(), body.path("template_id").asText());
        if (!given.openId().startsWith("o")) {
            return INVALID_USER;
        }
        var fields = TEMPLATES.get(given.templateId());
        if (fields == null) {
            return INVALID_TEMPLATE;
        }
        var data = new LinkedHashMap<String, String>();
        body.path("data")
                .properties()
                .forEach(each ->
                        data.put(each.getKey(), each.getValue().path("value").asText()));
        if (!data.keySet().equals(Set.copyOf(fields))
                || !data.entrySet().stream().allMatch(WeChatMessages::fits)) {
            return INVALID_FIELDS;
        }
        int left = consents.getOrDefault(given, 0);
        if (left == 0) {
            return NO_CONSENT;
        }
        consents.put(given, left - 1);
        if (sent.size() >= REMEMBERED) {
            sent.remove(0);
        }
        sent.add(new Sent(given.openId(), given.templateId(), data));
        return WeChatLogIns.OK;
    }

    private static boolean fits(Map.Entry<String, String> field) {
        var form = FORMS.get(field.getKey().replaceAll("\\d+$", ""));
        return form != null && form.matcher(field.getValue()).matches();
    }

    /** What the user presses in the mini-program. */
    private synchronized void consent(RoutingContext http) {
        var body = body(http);
        if (body == null) {
            return;
        }
        if (consents.size() >= REMEMBERED) {
            consents.clear();
        }
        var given =
                new Given(body.path("openid").asText(), body.path("template_id").asText());
        consents.merge(given, 1, Integer::sum);
        answer(http, Map.of(given.templateId(), "accept"));
    }

    private synchronized void fail(RoutingContext http) {
        var body = body(http);
        if (body == null) {
            return;
        }
        faults.clear();
        body.path("errors").forEach(each -> faults.add(each.isTextual() ? SILENCE : each.asInt()));
        answer(http, Map.of());
    }

    private synchronized void list(RoutingContext http) {
        var openId = http.queryParams().get("openid");
        answer(http, sent.stream().filter(one -> one.openid().equals(openId)).toList());
    }
}
