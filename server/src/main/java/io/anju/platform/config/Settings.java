package io.anju.platform.config;

import io.anju.platform.db.DbAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings as the program uses them; {@link Setting} describes each one.
 *
 * @param totpRoles the roles of staff, by their names, that need a second step to log in
 */
public record Settings(
        Listeners listeners,
        Traffic traffic,
        Path dataDir,
        Database database,
        @Nullable Path keyFile,
        Crypto crypto,
        @Nullable Path policyDir,
        @Nullable Path calendarDir,
        @Nullable Path retentionFile,
        Attachments attachments,
        Set<String> totpRoles,
        WeChat weChat,
        WeChatMessages weChatMessages,
        WeChatPay weChatPay,
        Payments payments,
        Sms sms,
        Background background,
        Logging logging) {

    /** Reads the environment of this process and the file that it names. */
    public static Settings read() {
        return read(System.getenv());
    }

    /** Reads these variables and the file that they name; throws {@link InvalidSettings} with all that is wrong. */
    public static Settings read(Map<String, String> environment) {
        return SettingsReader.read(environment);
    }

    /** @param publicUrl without a slash at its end */
    public record Listeners(
            String httpHost,
            int httpPort,
            String managementHost,
            int managementPort,
            @Nullable URI publicUrl,
            int eventLoops,
            Duration drain) {}

    /** What the API takes from one client; requests are counted per minute, costly ones per hour. */
    public record Traffic(
            int callerRequests,
            int addressRequests,
            int costlyRequests,
            int trustedProxies,
            Set<String> corsOrigins,
            Duration bodyTimeout) {
        public Traffic {
            corsOrigins = Set.copyOf(corsOrigins);
        }
    }

    /** @param address none: the embedded one */
    public record Database(
            @Nullable DbAddress address,
            int poolSize,
            int pipelinedSize,
            int maxWaiting,
            int patienceMillis,
            int statementTimeoutMillis) {}

    /**
     * How personal data is sealed.
     *
     * @param suite of the keys of a new database
     * @param kms none: the key file
     */
    public record Crypto(String suite, @Nullable Kms kms) {}

    /** A key management service. */
    public record Kms(URI url, String mount, String key, String token) {
        @Override
        public String toString() {
            return "Kms[" + url + ", " + mount + "/" + key + "]";
        }
    }

    /**
     * Files that people hand in.
     *
     * @param s3 none: the folder
     * @param scanner none: nothing is scanned
     */
    public record Attachments(
            Path folder, @Nullable S3 s3, @Nullable Scanner scanner) {}

    /** A ClamAV daemon. */
    public record Scanner(String host, int port) {}

    /** An S3-compatible store. */
    public record S3(URI endpoint, String region, String bucket, String accessKey, String secretKey) {
        @Override
        public String toString() {
            return "S3[" + endpoint + ", " + bucket + "]";
        }
    }

    /** @param appId none: log-in with WeChat is unavailable */
    public record WeChat(
            URI url, @Nullable String appId, @Nullable String secret) {
        @Override
        public String toString() {
            return "WeChat[" + url + ", " + appId + "]";
        }
    }

    /** Templates of one-time subscribe messages; without one nothing of its kind is sent. */
    public record WeChatMessages(
            @Nullable MessageTemplate rentDue,
            @Nullable MessageTemplate arrears,
            @Nullable MessageTemplate payment) {}

    /**
     * A template as the mini-program's operators chose it at WeChat, which numbers the fields.
     *
     * @param thing field for what it is about, such as {@code thing1}
     * @param amount field for how much, such as {@code amount2}
     * @param date field for the day, such as {@code date3}
     */
    public record MessageTemplate(String id, String thing, String amount, String date) {}

    /**
     * The city's account at WeChat Pay.
     *
     * @param merchantId none: nothing can be paid through it; with it everything else is there
     * @param platformKeys folder of the keys that answers and notices are signed with
     * @param feeFenPer1000Yuan what it keeps of a payment
     */
    public record WeChatPay(
            URI url,
            @Nullable String merchantId,
            @Nullable String merchantSerial,
            @Nullable Path merchantKey,
            @Nullable String apiV3Key,
            @Nullable Path platformKeys,
            int feeFenPer1000Yuan) {
        @Override
        public String toString() {
            return "WeChatPay[" + url + ", " + merchantId + "]";
        }
    }

    /**
     * What payments and refunds keep to.
     *
     * @param expiry how long an order may wait to be paid
     * @param fourEyesFen amount above which two officials must approve a refund
     */
    public record Payments(Duration expiry, long fourEyesFen) {}

    /** @param url none: log-in by phone is unavailable */
    public record Sms(@Nullable URI url, @Nullable String token) {
        @Override
        public String toString() {
            return "Sms[" + url + "]";
        }
    }

    /**
     * Work on jobs.
     *
     * @param enabled whether this instance does any
     * @param poll how often it looks for some
     * @param billRunLeases how many leases a bill run bills in one transaction
     * @param publishesMonthly whether waiting lists are published once a month
     */
    public record Background(boolean enabled, Duration poll, int billRunLeases, boolean publishesMonthly) {}

    /** The log's form and its least level. */
    public record Logging(String format, String level) {}
}
