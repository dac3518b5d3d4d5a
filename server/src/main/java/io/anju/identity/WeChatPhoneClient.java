package io.anju.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.config.Settings;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks WeChat for the phone number behind the code of a mini-program's button (phonenumber.getPhoneNumber). */
final class WeChatPhoneClient {
    private static final Logger LOG = LoggerFactory.getLogger(WeChatPhoneClient.class);

    private final WeChatAccessClient access;
    private final Settings.WeChat settings;

    WeChatPhoneClient(WeChatAccessClient access, Settings.WeChat settings) {
        this.access = access;
        this.settings = settings;
    }

    /** Gives the number in E.164; fails with a refusal for everything that WeChat may answer. */
    Future<String> exchange(String code) {
        return access.post("/wxa/business/getuserphonenumber", new JsonObject().put("code", code))
                .compose(this::phone);
    }

    private Future<String> phone(JsonNode answer) {
        int error = answer.path("errcode").asInt(0);
        if (error != 0) {
            return refusal(error);
        }
        var info = answer.path("phone_info");
        if (!info.at("/watermark/appid").asText().equals(settings.appId())) {
            LOG.error("WeChat answered with the phone number of another mini-program's user");
            return WeChatClient.unavailable();
        }
        var e164 = "+" + info.path("countryCode").asText()
                + info.path("purePhoneNumber").asText();
        Optional<String> number = PhoneNumbers.normalise(e164);
        return number.isPresent()
                ? Future.succeededFuture(number.get())
                : Future.failedFuture(Refusal.at("/code", IdentityProblem.INVALID_PHONE));
    }

    private static <T> Future<T> refusal(int error) {
        return switch (error) {
            // 40029 not valid, expired or used; 40013 made for another mini-program
            case 40029, 40013 -> Future.failedFuture(Refusal.at("/code", IdentityProblem.WECHAT_CODE_INVALID));
            case 45011 -> Refusal.failed(IdentityProblem.WECHAT_TOO_OFTEN, WeChatClient.RETRY_IN_A_MINUTE);
            // "system busy, try again"
            case -1 -> WeChatClient.unavailable();
            default -> {
                // 1400001: the allowance that was bought is used up
                LOG.error("WeChat refuses a phone number with errcode {}", error);
                yield WeChatClient.unavailable();
            }
        };
    }
}
