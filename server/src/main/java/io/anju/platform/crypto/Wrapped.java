package io.anju.platform.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * The form of fields in rows that are never changed. The content is sealed once and for good under a key of its own; that
 * key stands before it, sealed under a data key. A new data key changes what stands before the content and nothing of
 * the content, and the database itself can see that ({@code platform.same_content}).
 *
 * <pre>
 * 3 | data key's id (4) | suite of the content (1) | length of the sealed key (1) | sealed key | content
 * </pre>
 */
record Wrapped(int keyId, Suite suite, byte[] sealedKey, byte[] content) {
    static final int MARKER = 3;

    private static final int HEADER_BYTES = DataKey.PREFIX_BYTES + 2;

    static boolean isIn(byte[] sealed) {
        return sealed.length > 0 && sealed[0] == MARKER;
    }

    static byte[] seal(DataKey key, byte[] plain, byte[] place) throws GeneralSecurityException {
        var suite = key.suite();
        byte[] own = suite.newCipherKey();
        return new Wrapped(
                        key.id(),
                        suite,
                        key.cipher().encrypt(own, place),
                        suite.cipher(own).encrypt(plain, place))
                .bytes();
    }

    static Wrapped read(byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < HEADER_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        int content = HEADER_BYTES + Byte.toUnsignedInt(sealed[HEADER_BYTES - 1]);
        if (sealed.length < content) {
            throw new GeneralSecurityException("too short");
        }
        return new Wrapped(
                DataKey.idIn(sealed),
                Suite.byMarker(sealed[DataKey.PREFIX_BYTES]),
                Arrays.copyOfRange(sealed, HEADER_BYTES, content),
                Arrays.copyOfRange(sealed, content, sealed.length));
    }

    byte[] open(DataKey key, byte[] place) throws GeneralSecurityException {
        return suite.cipher(key.cipher().decrypt(sealedKey, place)).decrypt(content, place);
    }

    /** The same content, its key sealed under another data key. */
    byte[] under(DataKey before, DataKey after, byte[] place) throws GeneralSecurityException {
        var own = before.cipher().decrypt(sealedKey, place);
        // what does not open must not be carried over as if it were sound
        suite.cipher(own).decrypt(content, place);
        return new Wrapped(after.id(), suite, after.cipher().encrypt(own, place), content).bytes();
    }

    private byte[] bytes() {
        return ByteBuffer.allocate(HEADER_BYTES + sealedKey.length + content.length)
                .put((byte) MARKER)
                .putInt(keyId)
                .put((byte) suite.marker())
                .put((byte) sealedKey.length)
                .put(sealedKey)
                .put(content)
                .array();
    }
}
