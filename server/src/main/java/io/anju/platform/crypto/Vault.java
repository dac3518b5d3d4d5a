package io.anju.platform.crypto;

import java.util.UUID;

/** Seals single fields, finds them again without opening them, and signs what residents carry away. */
public final class Vault {
    private Vault() {}

    /** Encrypts a field; it opens again only for the same table, column and row. */
    public byte[] seal(String table, String column, UUID row, byte[] plain) {
        throw new UnsupportedOperationException();
    }

    /** Opens what {@link #seal} made; throws {@link IllegalStateException} where it was altered or moved. */
    public byte[] open(String table, String column, UUID row, byte[] sealed) {
        throw new UnsupportedOperationException();
    }

    /** {@link #seal} of a text in UTF-8. */
    public byte[] sealText(String table, String column, UUID row, String plain) {
        throw new UnsupportedOperationException();
    }

    /** {@link #open} of a text in UTF-8. */
    public String openText(String table, String column, UUID row, byte[] sealed) {
        throw new UnsupportedOperationException();
    }

    /** {@link #seal} of a value written as JSON. */
    public byte[] sealJson(String table, String column, UUID row, Object plain) {
        throw new UnsupportedOperationException();
    }

    /** {@link #open} of a value read from JSON. */
    public <T> T openJson(String table, String column, UUID row, byte[] sealed, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    /** A keyed fingerprint (32 bytes) to look a value up by; the same value has another one for another purpose. */
    public byte[] blindIndex(String purpose, String value) {
        throw new UnsupportedOperationException();
    }

    /** A keyed tag (32 bytes) over data that comes back to us, as cursors do. */
    public byte[] mac(String purpose, byte[] data) {
        throw new UnsupportedOperationException();
    }

    /** Whether {@link #mac} gave this tag for this purpose and data. */
    public boolean verifyMac(String purpose, byte[] data, byte[] tag) {
        throw new UnsupportedOperationException();
    }

    /** Signs with Ed25519; anyone can check it with {@link #publicKey}. */
    public Signature sign(byte[] data) {
        throw new UnsupportedOperationException();
    }

    /** Whether {@link #sign} gave this signature for this data, with a key that is still known. */
    public boolean verify(byte[] data, Signature signature) {
        throw new UnsupportedOperationException();
    }

    /** The raw 32 bytes of the Ed25519 public key with this id. */
    public byte[] publicKey(String keyId) {
        throw new UnsupportedOperationException();
    }
}
