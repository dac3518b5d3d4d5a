package io.anju.sandbox.wechatpay;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of both sides: what a merchant is given when it joins WeChat Pay, and what the platform signs with.
 *
 * <p>The platform has two pairs, as the real one has for merchants that are moving over: one behind a certificate, one
 * behind a plain public key whose serial begins {@code PUB_KEY_ID_}.
 */
public final class PayKeys {
    /** The merchant number (商户号) that the simulator knows. */
    public static final String MERCHANT_ID = "1900000001";

    /** The key of 32 bytes that resources are encrypted with (APIv3 密钥). */
    public static final String API_V3_KEY = "simulated-api-v3-key-of-32-bytes";

    private static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0119000000012026010100000000000001";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TAG_BITS = 128;

    private final KeyPair merchant;
    private final KeyPair byCertificate;
    private final KeyPair byPublicKey;
    private final String merchantSerial;
    private final String certificateSerial;
    private final byte[] certificate;

    private PayKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            merchant = generator.generateKeyPair();
            byCertificate = generator.generateKeyPair();
            byPublicKey = generator.generateKeyPair();
            merchantSerial = serial().toString(16).toUpperCase(Locale.ROOT);
            var number = serial();
            certificateSerial = number.toString(16).toUpperCase(Locale.ROOT);
            certificate = PlatformCertificate.make(byCertificate, number);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Made once: three pairs take a second on a slow machine. */
    private static final class Once {
        static final PayKeys KEYS = new PayKeys();
    }

    public static PayKeys get() {
        return Once.KEYS;
    }

    /** The merchant's private key as PKCS #8 in PEM, as in {@code apiclient_key.pem}. */
    public String merchantKeyPem() {
        return pem("PRIVATE KEY", merchant.getPrivate().getEncoded());
    }

    /** The serial number of the merchant's certificate. */
    public String merchantSerial() {
        return merchantSerial;
    }

    public PublicKey merchantPublicKey() {
        return merchant.getPublic();
    }

    /** The platform's public key as PEM, as in {@code pub_key.pem}. */
    public String platformPublicKeyPem() {
        return pem("PUBLIC KEY", byPublicKey.getPublic().getEncoded());
    }

    /** The id of that key: what {@code Wechatpay-Serial} says in this mode. */
    public String platformPublicKeyId() {
        return PUBLIC_KEY_ID;
    }

    /** The platform's certificate as PEM. */
    public String platformCertificatePem() {
        return pem("CERTIFICATE", certificate);
    }

    /** The serial number of that certificate: what {@code Wechatpay-Serial} says in this mode. */
    public String platformCertificateSerial() {
        return certificateSerial;
    }

    boolean isPlatformSerial(String serial) {
        return serial.equals(PUBLIC_KEY_ID) || serial.equals(certificateSerial);
    }

    /** Signs as the platform does, with the key of this serial; in Base64. */
    String sign(String serial, String message) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(serial.equals(PUBLIC_KEY_ID) ? byPublicKey.getPrivate() : byCertificate.getPrivate());
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the merchant signed this message. */
    boolean isSignedByMerchant(String message, String base64) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(merchant.getPublic());
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** AEAD_AES_256_GCM under the APIv3 key: the text and its tag in Base64. */
    static String seal(String text, String nonce, String associatedData) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(API_V3_KEY.getBytes(StandardCharsets.UTF_8), "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce.getBytes(StandardCharsets.UTF_8)));
            cipher.updateAAD(associatedData.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A nonce of so many letters and digits. */
    static String nonce(int length) {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        var nonce = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            nonce.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return nonce.toString();
    }

    /** A positive number of exactly 160 bits, so that its text has 40 digits. */
    private static BigInteger serial() {
        return new BigInteger(158, RANDOM).setBit(158);
    }

    private static String pem(String kind, byte[] content) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
