package io.anju.platform.crypto;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in GCM, in the form of Tink's {@code AesGcmJce}: a nonce of 12 bytes, the ciphertext, a tag of 16 bytes.
 *
 * <p>For keys that stay: a thread keeps one cipher, which goes on with the key that it had. Tink's, which serves the keys
 * of single fields as well, would be made ready anew at each change between them, and for a short field that takes
 * several times as long as the rest.
 */
final class AesGcm implements Aead {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int BITS = 8;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(AesGcm::found);

    private final SecretKeySpec key;

    AesGcm(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    private static Cipher found() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var sealed = Arrays.copyOf(nonce, NONCE_BYTES + plaintext.length + TAG_BYTES);
        cipher(Cipher.ENCRYPT_MODE, nonce, associatedData).doFinal(plaintext, 0, plaintext.length, sealed, NONCE_BYTES);
        return sealed;
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
        int length = ciphertext.length - NONCE_BYTES;
        if (length < TAG_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        return cipher(Cipher.DECRYPT_MODE, ciphertext, associatedData).doFinal(ciphertext, NONCE_BYTES, length);
    }

    /** @param nonce in its first bytes */
    private Cipher cipher(int mode, byte[] nonce, byte[] associatedData) throws GeneralSecurityException {
        var cipher = CIPHER.get();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * BITS, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(associatedData);
        return cipher;
    }
}
