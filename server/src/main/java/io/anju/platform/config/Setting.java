package io.anju.platform.config;

import org.jspecify.annotations.Nullable;

/**
 * Every setting, in the order in which help lists them. The name of a variable in the environment is {@link #env}; a
 * file uses the same names. Secrets are given as the path of a file, so that they show in no process list.
 */
public enum Setting {
    CONFIG(null, "file with settings, NAME=value on each line; the environment wins over it"),
    HTTP_HOST("0.0.0.0", "address that the API listens on"),
    HTTP_PORT("8080", "port of the API; 0 takes a free one"),
    MANAGEMENT_HOST("127.0.0.1", "address of health and metrics; not for the outside world"),
    MANAGEMENT_PORT("8081", "port of health and metrics; 0 takes a free one"),
    PUBLIC_URL(null, "address under which residents reach the API, for links and QR codes; else host and port"),
    EVENT_LOOPS("0", "threads that serve requests; 0 means one per core"),
    DRAIN_SECONDS("20", "how long running requests may take when the server is told to stop"),

    CALLER_REQUESTS_PER_MINUTE("600", "requests that one session may send in a minute"),
    ADDRESS_REQUESTS_PER_MINUTE("1200", "requests without a valid token that one address may send in a minute"),
    COSTLY_REQUESTS_PER_HOUR(
            "600",
            "requests that one address may send in an hour to each operation that is open to all and costly or guessable,"
                    + " over all instances"),
    TRUSTED_PROXIES("0", "how many proxies in front of this server append to X-Forwarded-For"),
    CORS_ORIGINS(null, "web origins whose pages may call the API, exact, separated by commas; none if not set"),
    BODY_TIMEOUT_SECONDS("20", "in which a request's body must have arrived"),

    DATA_DIR("anju-data", "folder of the embedded database, its keys and, by default, attachments"),
    DATABASE_URL(null, "postgresql://user:password@host:port/database; without it PostgreSQL 18 starts in DATA_DIR"),
    DATABASE_PASSWORD_FILE(null, "file with the database password, instead of one in the URL"),
    DATABASE_POOL("16", "connections for transactions"),
    DATABASE_PIPELINED("4", "connections that single statements share"),
    DATABASE_MAX_WAITING("512", "statements that may wait for a connection before the answer is 503"),
    DATABASE_PATIENCE_MS(
            "5000", "that a request may wait for a connection, or a read for its turn, before the answer is 503"),
    DATABASE_STATEMENT_TIMEOUT_MS("10000", "after which PostgreSQL cancels a statement"),
    KEY_FILE(
            null,
            "file with the key that seals all other keys; required with DATABASE_URL unless KMS_URL is set, see new-key"),
    KMS_URL(null, "address of a key management service with the transit API of HashiCorp Vault, instead of KEY_FILE"),
    KMS_MOUNT("transit", "where the service's transit engine is mounted"),
    KMS_KEY("anju", "name of the service's key that seals all other keys"),
    KMS_TOKEN_FILE(null, "file with the token for the service; required with KMS_URL"),
    CRYPTO_SUITE("aes-256-gcm", "aes-256-gcm or sm4-gcm (with HMAC-SM3): the keys of a new database; see rotate-keys"),

    POLICY_DIR(null, "folder with policy documents of cities, beside those that ship with the product"),
    CALENDAR_DIR(null, "folder with working-day calendars that replace or extend those that ship with the product"),
    RETENTION_FILE(null, "file with the periods for which data is kept, instead of those that ship with the product"),
    ATTACHMENT_DIR(null, "folder of attachments; DATA_DIR/attachments if not set"),
    S3_ENDPOINT(null, "address of an S3-compatible store for attachments, instead of the folder"),
    S3_REGION("us-east-1", "region of the store"),
    S3_BUCKET(null, "bucket of the store; required with S3_ENDPOINT"),
    S3_ACCESS_KEY(null, "access key id of the store; required with S3_ENDPOINT"),
    S3_SECRET_KEY_FILE(null, "file with the secret key of the store; required with S3_ENDPOINT"),

    CLAMD(null, "host:port of a ClamAV daemon that looks through every uploaded file; without it none is scanned"),

    STAFF_TOTP_ROLES(
            "all", "roles that must log in with an authenticator app too: all, none, or like reviewer,registrar"),
    WECHAT_URL("https://api.weixin.qq.com", "WeChat's server API"),
    WECHAT_APP_ID(null, "app id of the mini-program; without it log-in with WeChat is unavailable"),
    WECHAT_SECRET_FILE(null, "file with the app secret; required with WECHAT_APP_ID"),
    WECHAT_MESSAGE_RENT_DUE(
            null,
            "one-time subscribe message about a bill: the template's id and the names of its fields for what, how much and"
                    + " by when, like ID:thing1,amount2,date3; without it none is sent"),
    WECHAT_MESSAGE_ARREARS(null, "the same about a step that was taken because rent is overdue"),
    WECHAT_MESSAGE_PAYMENT(null, "the same about a payment that came or a refund that went back"),
    WECHAT_PAY_URL("https://api.mch.weixin.qq.com", "WeChat Pay's API for merchants"),
    WECHAT_PAY_MERCHANT_ID(null, "merchant number (mchid); without it nothing can be paid through WeChat"),
    WECHAT_PAY_MERCHANT_SERIAL(null, "serial number of the merchant's certificate; required with the merchant number"),
    WECHAT_PAY_MERCHANT_KEY_FILE(null, "PEM file with the merchant's private key; required with the merchant number"),
    WECHAT_PAY_API_V3_KEY_FILE(null, "file with the APIv3 key of 32 bytes; required with the merchant number"),
    WECHAT_PAY_PLATFORM_KEYS(
            null,
            "folder of what WeChat Pay signs with, as *.pem: its certificates, or public keys in files named after their"
                    + " ids (PUB_KEY_ID_….pem); required with the merchant number"),
    WECHAT_PAY_FEE_FEN_PER_1000_YUAN("600", "what WeChat Pay keeps of 1000 yuan, by the contract with it"),
    PAYMENT_EXPIRY_MINUTES("30", "how long an order may wait to be paid"),
    REFUND_FOUR_EYES_FEN("100000", "amount above which two officials must approve a refund"),
    SMS_URL(null, "address that one-time codes are posted to; without it log-in by phone is unavailable"),
    SMS_TOKEN_FILE(null, "file with the bearer token for SMS_URL"),

    JOBS("on", "on or off: whether this instance does background work"),
    JOB_POLL_MS("1000", "how often this instance looks for background work"),
    BILL_RUN_LEASES("5000", "leases that a bill run bills in one transaction"),
    PUBLISH_MONTHLY("on", "on or off: whether every waiting list is published once a month"),
    LOG_FORMAT("text", "text for people or json for machines"),
    LOG_LEVEL("INFO", "ERROR, WARN, INFO or DEBUG");

    private static final String PREFIX = "ANJU_";

    private final @Nullable String defaultValue;
    private final String meaning;

    Setting(@Nullable String defaultValue, String meaning) {
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    public String env() {
        return PREFIX + name();
    }

    public @Nullable String defaultValue() {
        return defaultValue;
    }

    public String meaning() {
        return meaning;
    }

    /** The table of all settings, as help prints it. */
    public static String help() {
        var text = new StringBuilder();
        for (var setting : values()) {
            var fallback = setting.defaultValue == null ? "" : " [" + setting.defaultValue + "]";
            text.append("  %-35s %s%s%n".formatted(setting.env(), setting.meaning, fallback));
        }
        return text.toString();
    }
}
