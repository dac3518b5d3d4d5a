package io.anju.platform.crypto;

import com.google.crypto.tink.Aead;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * A key that seals fields.
 *
 * @param id stands in whatever it sealed
 * @param version 1 for the first of a database
 */
record DataKey(int id, int version, Suite suite, Aead cipher) {
    /** Marker of the form, and the key's id. */
    static final int PREFIX_BYTES = 1 + Integer.BYTES;

    static DataKey of(int id, int version, Suite suite, byte[] key) throws GeneralSecurityException {
        return new DataKey(id, version, suite, suite.lastingCipher(key));
    }

    /** Marker of the suite, id, and what the cipher gives. */
    byte[] seal(byte[] plain, byte[] place) throws GeneralSecurityException {
        byte[] sealed = cipher.encrypt(plain, place);
        return ByteBuffer.allocate(PREFIX_BYTES + sealed.length)
                .put((byte) suite.marker())
                .putInt(id)
                .put(sealed)
                .array();
    }

    byte[] open(byte[] sealed, byte[] place) throws GeneralSecurityException {
        if (sealed[0] != suite.marker()) {
            throw new GeneralSecurityException("sealed by another suite");
        }
        return cipher.decrypt(Arrays.copyOfRange(sealed, PREFIX_BYTES, sealed.length), place);
    }

    /** The id that stands in what was sealed, whatever its form. */
    static int idIn(byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < PREFIX_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        return ByteBuffer.wrap(sealed).getInt(1);
    }
}
