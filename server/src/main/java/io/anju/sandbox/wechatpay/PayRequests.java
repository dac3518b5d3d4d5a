package io.anju.sandbox.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.platform.json.PlainJson;
import io.anju.sandbox.Simulators;
import io.anju.sandbox.wechatpay.PayOrder.Terms;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what merchants send, as strictly as WeChat Pay's documentation describes it. */
final class PayRequests {
    private static final ObjectMapper JSON = PlainJson.mapper();
    private static final Pattern OUT_TRADE_NO = Pattern.compile("[0-9A-Za-z_\\-|*]{6,32}");
    private static final Pattern OUT_REFUND_NO = Pattern.compile("[0-9A-Za-z_\\-|*@]{1,64}");
    /** The documents write seconds always, full minutes or not. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)");

    private static final int LONGEST_DESCRIPTION = 127;
    private static final int LONGEST_TEXT = 255;
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private PayRequests() {}

    static JsonNode json(String body) {
        try {
            var json = JSON.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            throw new PayFault(PayError.PARAM_ERROR, "请求体不是合法的JSON");
        }
        throw new PayFault(PayError.PARAM_ERROR, "请求体不是合法的JSON");
    }

    static void requireMerchant(@Nullable String merchantId) {
        if (merchantId == null) {
            throw new PayFault(PayError.PARAM_ERROR, "mchid缺失");
        }
        if (!PayKeys.MERCHANT_ID.equals(merchantId)) {
            throw new PayFault(PayError.MCH_NOT_EXISTS);
        }
    }

    static String outTradeNo(JsonNode body) {
        return matching(body, "out_trade_no", OUT_TRADE_NO);
    }

    static String outRefundNo(JsonNode body) {
        return matching(body, "out_refund_no", OUT_REFUND_NO);
    }

    static Terms terms(JsonNode body, Instant now) {
        requireMerchant(text(body, "mchid"));
        if (!Simulators.APP_ID.equals(text(body, "appid"))) {
            throw new PayFault(PayError.APPID_MCHID_NOT_MATCH);
        }
        var amount = body.path("amount");
        return new Terms(
                Simulators.APP_ID,
                PayKeys.MERCHANT_ID,
                description(body),
                body.path("attach").asText(""),
                notifyUrl(text(body, "notify_url")),
                text(body.path("payer"), "openid"),
                fen(amount, "total"),
                currency(amount),
                expiry(body.path("time_expire"), now));
    }

    /** A positive whole number of fen. */
    static long fen(JsonNode amount, String field) {
        var value = amount.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1) {
            throw new PayFault(PayError.PARAM_ERROR, "amount." + field + "不合法");
        }
        return value.asLong();
    }

    static String currency(JsonNode amount) {
        var currency = amount.path("currency").asText("CNY");
        if (!currency.equals("CNY")) {
            throw new PayFault(PayError.PARAM_ERROR, "amount.currency不合法");
        }
        return currency;
    }

    /** WeChat Pay wants https; the simulator takes what a test or a demo listens on. */
    static String notifyUrl(String url) {
        try {
            var uri = URI.create(url);
            if (uri.getHost() != null && uri.getQuery() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new PayFault(PayError.PARAM_ERROR, "notify_url不合法");
        }
        throw new PayFault(PayError.PARAM_ERROR, "notify_url不合法");
    }

    private static @Nullable Instant expiry(JsonNode value, Instant now) {
        if (value.isMissingNode()) {
            return null;
        }
        if (!TIME.matcher(value.asText()).matches()) {
            throw new PayFault(PayError.PARAM_ERROR, "time_expire不合法");
        }
        try {
            var wanted = OffsetDateTime.parse(value.asText()).toInstant();
            var earliest = now.plus(SHORTEST);
            return wanted.isBefore(earliest) ? earliest : wanted;
        } catch (DateTimeParseException e) {
            throw new PayFault(PayError.PARAM_ERROR, "time_expire不合法");
        }
    }

    private static String text(JsonNode body, String field) {
        var value = body.path(field);
        if (!value.isTextual() || value.asText().isEmpty() || value.asText().length() > LONGEST_TEXT) {
            throw new PayFault(PayError.PARAM_ERROR, field + "不合法");
        }
        return value.asText();
    }

    private static String description(JsonNode body) {
        var description = text(body, "description");
        if (description.length() > LONGEST_DESCRIPTION) {
            throw new PayFault(PayError.PARAM_ERROR, "description不合法");
        }
        return description;
    }

    private static String matching(JsonNode body, String field, Pattern pattern) {
        var value = body.path(field).asText("");
        if (!pattern.matcher(value).matches()) {
            throw new PayFault(PayError.PARAM_ERROR, field + "不合法");
        }
        return value;
    }
}
