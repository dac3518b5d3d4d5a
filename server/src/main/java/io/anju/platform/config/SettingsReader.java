package io.anju.platform.config;

import static io.anju.platform.config.SettingValues.oneOf;

import io.anju.platform.config.Settings.Attachments;
import io.anju.platform.config.Settings.Background;
import io.anju.platform.config.Settings.Crypto;
import io.anju.platform.config.Settings.Database;
import io.anju.platform.config.Settings.Kms;
import io.anju.platform.config.Settings.Listeners;
import io.anju.platform.config.Settings.Logging;
import io.anju.platform.config.Settings.S3;
import io.anju.platform.config.Settings.Scanner;
import io.anju.platform.config.Settings.Sms;
import io.anju.platform.config.Settings.Traffic;
import io.anju.platform.config.Settings.WeChat;
import io.anju.platform.config.Settings.WeChatPay;
import io.anju.platform.db.DbAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes the typed record of the texts. */
final class SettingsReader {
    private static final URI NOWHERE = URI.create("");
    private static final Pattern TEMPLATE =
            Pattern.compile("([A-Za-z0-9_-]{1,64}):(thing\\d{1,2}),(amount\\d{1,2}),(date\\d{1,2})");
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:\\d{1,5})?");

    private SettingsReader() {}

    static Settings read(Map<String, String> environment) {
        var values = new SettingValues(environment);
        var dataDir = values.get(Setting.DATA_DIR, Path.of(""), Path::of);
        var settings = new Settings(
                listeners(values),
                traffic(values),
                dataDir,
                database(values),
                values.find(Setting.KEY_FILE, SettingsReader::file),
                crypto(values),
                values.find(Setting.POLICY_DIR, SettingsReader::folder),
                values.find(Setting.CALENDAR_DIR, SettingsReader::folder),
                values.find(Setting.RETENTION_FILE, SettingsReader::file),
                attachments(values, dataDir),
                values.get(Setting.STAFF_TOTP_ROLES, Set.of(), SettingsReader::names),
                weChat(values),
                new Settings.WeChatMessages(
                        values.find(Setting.WECHAT_MESSAGE_RENT_DUE, SettingsReader::template),
                        values.find(Setting.WECHAT_MESSAGE_ARREARS, SettingsReader::template),
                        values.find(Setting.WECHAT_MESSAGE_PAYMENT, SettingsReader::template)),
                weChatPay(values),
                new Settings.Payments(
                        Duration.ofMinutes(values.number(Setting.PAYMENT_EXPIRY_MINUTES, 2, 110)),
                        values.number(Setting.REFUND_FOUR_EYES_FEN, 0, 999_999_999)),
                new Sms(
                        values.find(Setting.SMS_URL, SettingsReader::webAddress),
                        values.secret(Setting.SMS_TOKEN_FILE)),
                background(values),
                logging(values));
        values.refuseIfWrong();
        return settings;
    }

    private static Listeners listeners(SettingValues values) {
        return new Listeners(
                text(values, Setting.HTTP_HOST),
                values.number(Setting.HTTP_PORT, 0, 65_535),
                text(values, Setting.MANAGEMENT_HOST),
                values.number(Setting.MANAGEMENT_PORT, 0, 65_535),
                values.find(Setting.PUBLIC_URL, SettingsReader::webAddress),
                values.number(Setting.EVENT_LOOPS, 0, 1_024),
                Duration.ofSeconds(values.number(Setting.DRAIN_SECONDS, 0, 600)));
    }

    private static Traffic traffic(SettingValues values) {
        return new Traffic(
                values.number(Setting.CALLER_REQUESTS_PER_MINUTE, 1, 1_000_000),
                values.number(Setting.ADDRESS_REQUESTS_PER_MINUTE, 1, 1_000_000),
                values.number(Setting.COSTLY_REQUESTS_PER_HOUR, 1, 1_000_000),
                values.number(Setting.TRUSTED_PROXIES, 0, 10),
                values.get(Setting.CORS_ORIGINS, Set.of(), SettingsReader::origins),
                Duration.ofSeconds(values.number(Setting.BODY_TIMEOUT_SECONDS, 1, 600)));
    }

    private static Database database(SettingValues values) {
        var address = values.find(Setting.DATABASE_URL, DbAddress::parse);
        var password = values.secret(Setting.DATABASE_PASSWORD_FILE);
        if (address != null && values.find(Setting.KMS_URL) == null) {
            values.require(Setting.KEY_FILE, Setting.DATABASE_URL);
        }
        return new Database(
                address == null || password == null ? address : address.withPassword(password),
                values.number(Setting.DATABASE_POOL, 1, 1_000),
                values.number(Setting.DATABASE_PIPELINED, 1, 100),
                values.number(Setting.DATABASE_MAX_WAITING, 0, 100_000),
                values.number(Setting.DATABASE_PATIENCE_MS, 100, 600_000),
                values.number(Setting.DATABASE_STATEMENT_TIMEOUT_MS, 100, 600_000));
    }

    private static Crypto crypto(SettingValues values) {
        var suite = values.get(Setting.CRYPTO_SUITE, "", text -> oneOf(text, "aes-256-gcm", "sm4-gcm"));
        var url = values.find(Setting.KMS_URL, SettingsReader::webAddress);
        if (url == null) {
            return new Crypto(suite, null);
        }
        values.require(Setting.KMS_TOKEN_FILE, Setting.KMS_URL);
        var token = values.secret(Setting.KMS_TOKEN_FILE);
        return new Crypto(
                suite,
                new Kms(
                        url,
                        values.get(Setting.KMS_MOUNT, "", SettingsReader::segments),
                        values.get(Setting.KMS_KEY, "", SettingsReader::segments),
                        token == null ? "" : token));
    }

    private static String segments(String text) {
        if (!text.matches("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*")) {
            throw new IllegalArgumentException("must be letters, digits and hyphens, with slashes between them");
        }
        return text;
    }

    private static Attachments attachments(SettingValues values, Path dataDir) {
        var folder = values.get(Setting.ATTACHMENT_DIR, dataDir.resolve("attachments"), Path::of);
        var endpoint = values.find(Setting.S3_ENDPOINT, SettingsReader::webAddress);
        var scanner = values.find(Setting.CLAMD, SettingsReader::scanner);
        if (endpoint == null) {
            return new Attachments(folder, null, scanner);
        }
        values.require(Setting.S3_BUCKET, Setting.S3_ENDPOINT);
        values.require(Setting.S3_ACCESS_KEY, Setting.S3_ENDPOINT);
        values.require(Setting.S3_SECRET_KEY_FILE, Setting.S3_ENDPOINT);
        var secret = values.secret(Setting.S3_SECRET_KEY_FILE);
        return new Attachments(
                folder,
                new S3(
                        endpoint,
                        text(values, Setting.S3_REGION),
                        text(values, Setting.S3_BUCKET),
                        text(values, Setting.S3_ACCESS_KEY),
                        secret == null ? "" : secret),
                scanner);
    }

    private static Scanner scanner(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("must be host:port");
        }
        return new Scanner(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static Settings.MessageTemplate template(String text) {
        var read = TEMPLATE.matcher(text);
        if (!read.matches()) {
            throw new IllegalArgumentException("must be like ID:thing1,amount2,date3");
        }
        return new Settings.MessageTemplate(read.group(1), read.group(2), read.group(3), read.group(4));
    }

    private static WeChat weChat(SettingValues values) {
        var appId = values.find(Setting.WECHAT_APP_ID);
        if (appId != null) {
            values.require(Setting.WECHAT_SECRET_FILE, Setting.WECHAT_APP_ID);
        }
        return new WeChat(
                values.get(Setting.WECHAT_URL, NOWHERE, SettingsReader::webAddress),
                appId,
                values.secret(Setting.WECHAT_SECRET_FILE));
    }

    private static WeChatPay weChatPay(SettingValues values) {
        var merchantId = values.find(Setting.WECHAT_PAY_MERCHANT_ID);
        if (merchantId != null) {
            values.require(Setting.WECHAT_APP_ID, Setting.WECHAT_PAY_MERCHANT_ID);
            values.require(Setting.WECHAT_PAY_MERCHANT_SERIAL, Setting.WECHAT_PAY_MERCHANT_ID);
            values.require(Setting.WECHAT_PAY_MERCHANT_KEY_FILE, Setting.WECHAT_PAY_MERCHANT_ID);
            values.require(Setting.WECHAT_PAY_API_V3_KEY_FILE, Setting.WECHAT_PAY_MERCHANT_ID);
            values.require(Setting.WECHAT_PAY_PLATFORM_KEYS, Setting.WECHAT_PAY_MERCHANT_ID);
        }
        return new WeChatPay(
                values.get(Setting.WECHAT_PAY_URL, NOWHERE, SettingsReader::webAddress),
                merchantId,
                values.find(Setting.WECHAT_PAY_MERCHANT_SERIAL),
                values.find(Setting.WECHAT_PAY_MERCHANT_KEY_FILE, SettingsReader::file),
                values.secret(Setting.WECHAT_PAY_API_V3_KEY_FILE),
                values.find(Setting.WECHAT_PAY_PLATFORM_KEYS, SettingsReader::folder),
                values.number(Setting.WECHAT_PAY_FEE_FEN_PER_1000_YUAN, 0, 100_000));
    }

    private static Background background(SettingValues values) {
        return new Background(
                values.flag(Setting.JOBS),
                Duration.ofMillis(values.number(Setting.JOB_POLL_MS, 50, 60_000)),
                values.number(Setting.BILL_RUN_LEASES, 1, 50_000),
                values.flag(Setting.PUBLISH_MONTHLY));
    }

    private static Logging logging(SettingValues values) {
        return new Logging(
                values.get(Setting.LOG_FORMAT, "text", text -> oneOf(text, "text", "json")),
                values.get(Setting.LOG_LEVEL, "INFO", text -> oneOf(text, "ERROR", "WARN", "INFO", "DEBUG")));
    }

    private static Set<String> names(String text) {
        if (!text.matches("none|[a-z-]+(,[a-z-]+)*")) {
            throw new IllegalArgumentException("must be none, or names with commas between them");
        }
        return text.equals("none") ? Set.of() : Set.of(text.split(",", -1));
    }

    private static String text(SettingValues values, Setting setting) {
        return values.get(setting, "", text -> text);
    }

    private static URI webAddress(String text) {
        var uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("must be an address that begins with http:// or https://");
        }
        return uri;
    }

    /** As browsers send them: scheme, host in lower case, a port that is not the scheme's own, and nothing after. */
    private static Set<String> origins(String text) {
        var origins = new LinkedHashSet<String>();
        for (String origin : text.split(",", -1)) {
            if (!ORIGIN.matcher(origin.strip()).matches()) {
                throw new IllegalArgumentException(
                        "must be origins such as https://housing.example, not \"" + origin.strip() + "\"");
            }
            origins.add(origin.strip());
        }
        return origins;
    }

    private static Path file(String text) {
        var path = Path.of(text);
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException("the file " + text + " cannot be read");
        }
        return path;
    }

    private static Path folder(String text) {
        var path = Path.of(text);
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("there is no folder " + text);
        }
        return path;
    }
}
