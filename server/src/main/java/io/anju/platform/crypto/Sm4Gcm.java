package io.anju.platform.crypto;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** SM4 in GCM: a nonce of 12 bytes, the ciphertext, a tag of 16 bytes, in the order that AES-GCM has here too. */
final class Sm4Gcm implements Aead {
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private static final int BITS = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    Sm4Gcm(byte[] key) {
        this.key = key.clone();
    }

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var sealed = Arrays.copyOf(nonce, NONCE_BYTES + plaintext.length + TAG_BYTES);
        run(true, nonce, plaintext, 0, plaintext.length, associatedData, sealed, NONCE_BYTES);
        return sealed;
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
        int length = ciphertext.length - NONCE_BYTES - TAG_BYTES;
        if (length < 0) {
            throw new GeneralSecurityException("too short");
        }
        var plain = new byte[length];
        var nonce = Arrays.copyOf(ciphertext, NONCE_BYTES);
        run(false, nonce, ciphertext, NONCE_BYTES, ciphertext.length - NONCE_BYTES, associatedData, plain, 0);
        return plain;
    }

    private void run(
            boolean seals, byte[] nonce, byte[] in, int from, int length, byte[] associatedData, byte[] out, int to)
            throws GeneralSecurityException {
        var gcm = GCMBlockCipher.newInstance(new SM4Engine());
        gcm.init(seals, new AEADParameters(new KeyParameter(key), TAG_BYTES * BITS, nonce, associatedData));
        int written = gcm.processBytes(in, from, length, out, to);
        try {
            gcm.doFinal(out, to + written);
        } catch (InvalidCipherTextException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
