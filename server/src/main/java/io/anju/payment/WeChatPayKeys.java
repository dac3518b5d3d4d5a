package io.anju.payment;

import io.anju.platform.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a merchant at WeChat Pay: its own, and those that the platform signs with, by serial. The platform has a
 * certificate, or a plain public key whose serial begins {@code PUB_KEY_ID_}; while it moves from one to the other, both.
 */
final class WeChatPayKeys {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
    private static final String PUBLIC_KEY_ID = "PUB_KEY_ID_";
    private static final int API_V3_KEY_BYTES = 32;

    private final PrivateKey merchantKey;
    private final byte[] apiV3Key;
    private final Map<String, PublicKey> platformKeys;

    WeChatPayKeys(PrivateKey merchantKey, byte[] apiV3Key, Map<String, PublicKey> platformKeys) {
        this.merchantKey = merchantKey;
        this.apiV3Key = apiV3Key.clone();
        this.platformKeys = Map.copyOf(platformKeys);
        if (apiV3Key.length != API_V3_KEY_BYTES) {
            throw new IllegalArgumentException("the APIv3 key must have 32 bytes");
        }
        if (platformKeys.isEmpty()) {
            throw new IllegalArgumentException("there is no key of the platform");
        }
    }

    /** Reads the files that the settings name; blocks, and throws where one is not what it should be. */
    static WeChatPayKeys load(Settings.WeChatPay settings) {
        try {
            return new WeChatPayKeys(
                    privateKey(Files.readString(Objects.requireNonNull(settings.merchantKey()))),
                    Objects.requireNonNull(settings.apiV3Key()).getBytes(StandardCharsets.UTF_8),
                    platformKeys(Objects.requireNonNull(settings.platformKeys())));
        } catch (IOException e) {
            throw new UncheckedIOException("WeChat Pay's keys cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("WeChat Pay's keys are not what they should be", e);
        }
    }

    PrivateKey merchantKey() {
        return merchantKey;
    }

    byte[] apiV3Key() {
        return apiV3Key.clone();
    }

    /** The platform's key with this serial; null where we do not know it. */
    @Nullable
    PublicKey platformKey(String serial) {
        return platformKeys.get(serial);
    }

    /**
     * The public key that we ask the platform to sign with, the newest where there are two; null where we know its
     * certificates only, and it signs with whichever is in force.
     */
    @Nullable
    String publicKeyId() {
        return platformKeys.keySet().stream()
                .filter(serial -> serial.startsWith(PUBLIC_KEY_ID))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Map<String, PublicKey> platformKeys(Path folder) throws IOException, GeneralSecurityException {
        var keys = new HashMap<String, PublicKey>();
        try (var files = Files.newDirectoryStream(folder, "*.pem")) {
            for (var file : files) {
                var text = Files.readString(file);
                if (text.contains(CERTIFICATE)) {
                    var certificate = certificate(text);
                    keys.put(serial(certificate), certificate.getPublicKey());
                } else {
                    keys.put(file.getFileName().toString().replaceFirst("\\.pem$", ""), publicKey(text));
                }
            }
        }
        return keys;
    }

    private static X509Certificate certificate(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(content(pem)));
    }

    private static PublicKey publicKey(String pem) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(content(pem)));
    }

    private static byte[] content(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
