package io.anju.sandbox.wechatpay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a merchant is handed when it joins: the files, and the settings that name them. */
public final class MerchantFiles {
    private MerchantFiles() {}

    /**
     * Writes the simulator's keys for a server that is its merchant.
     *
     * @param url where the simulator answers
     * @return settings by their names in the environment
     */
    public static Map<String, String> write(Path folder, String url) throws IOException {
        var keys = PayKeys.get();
        var platform = Files.createDirectories(folder.resolve("wechat-pay-platform"));
        Files.writeString(platform.resolve(keys.platformPublicKeyId() + ".pem"), keys.platformPublicKeyPem());
        Files.writeString(platform.resolve("certificate.pem"), keys.platformCertificatePem());
        var merchantKey = Files.writeString(folder.resolve("wechat-pay-merchant.pem"), keys.merchantKeyPem());
        var apiV3Key = Files.writeString(folder.resolve("wechat-pay-api-v3.key"), PayKeys.API_V3_KEY);
        return Map.of(
                "ANJU_WECHAT_PAY_URL", url,
                "ANJU_WECHAT_PAY_MERCHANT_ID", PayKeys.MERCHANT_ID,
                "ANJU_WECHAT_PAY_MERCHANT_SERIAL", keys.merchantSerial(),
                "ANJU_WECHAT_PAY_MERCHANT_KEY_FILE", merchantKey.toString(),
                "ANJU_WECHAT_PAY_API_V3_KEY_FILE", apiV3Key.toString(),
                "ANJU_WECHAT_PAY_PLATFORM_KEYS", platform.toString());
    }
}
