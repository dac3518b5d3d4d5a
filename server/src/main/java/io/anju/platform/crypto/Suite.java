package io.anju.platform.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.PrfHmacJce;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** What fields are sealed with and what blind indexes and tags are made with; both suites can be read side by side. */
public enum Suite {
    /** AES-256-GCM and HMAC-SHA-256. */
    INTERNATIONAL("aes-256-gcm", 1, 32) {
        @Override
        Aead cipher(byte[] key) throws GeneralSecurityException {
            return new AesGcmJce(key);
        }

        @Override
        Aead lastingCipher(byte[] key) {
            return new AesGcm(key);
        }

        @Override
        Fingerprint fingerprint(byte[] key) throws GeneralSecurityException {
            var prf = new PrfHmacJce("HMACSHA256", new SecretKeySpec(key, "HMAC"));
            return data -> prf.compute(data, Fingerprint.BYTES);
        }
    },
    /** SM4-GCM (GB/T 32907) and HMAC with SM3 (GB/T 32905), for deployments that must use the national algorithms. */
    NATIONAL("sm4-gcm", 2, 16) {
        @Override
        Aead cipher(byte[] key) {
            return new Sm4Gcm(key);
        }

        @Override
        Fingerprint fingerprint(byte[] key) {
            return new Sm3Fingerprint(key);
        }
    };

    private static final int FINGERPRINT_KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id;
    private final int marker;
    private final int cipherKeyBytes;

    Suite(String id, int marker, int cipherKeyBytes) {
        this.id = id;
        this.marker = marker;
        this.cipherKeyBytes = cipherKeyBytes;
    }

    /** The name in settings and in the database. */
    public String id() {
        return id;
    }

    /** The names of all. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Suite::id).toList();
    }

    /** The suite with this name; fails where there is none. */
    public static Suite of(String id) {
        return Arrays.stream(values())
                .filter(suite -> suite.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no suite is called " + id));
    }

    /** The first byte of what this suite sealed. */
    int marker() {
        return marker;
    }

    static Suite byMarker(int marker) throws GeneralSecurityException {
        for (var suite : values()) {
            if (suite.marker == marker) {
                return suite;
            }
        }
        throw new GeneralSecurityException("no suite has the marker " + marker);
    }

    byte[] newCipherKey() {
        return random(cipherKeyBytes);
    }

    static byte[] newFingerprintKey() {
        return random(FINGERPRINT_KEY_BYTES);
    }

    /** Not 0: a key's id is also what tells it from no key. */
    static int newKeyId() {
        int id;
        do {
            id = RANDOM.nextInt();
        } while (id == 0);
        return id;
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** For a key that is used once or twice. */
    abstract Aead cipher(byte[] key) throws GeneralSecurityException;

    /** For a key that opens one field after the other. */
    Aead lastingCipher(byte[] key) throws GeneralSecurityException {
        return cipher(key);
    }

    abstract Fingerprint fingerprint(byte[] key) throws GeneralSecurityException;
}
