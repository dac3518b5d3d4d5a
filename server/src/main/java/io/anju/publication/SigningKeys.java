package io.anju.publication;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Checks Ed25519 signatures with what every JDK brings, so that the verifier needs no keys of ours. */
final class SigningKeys {
    /** What RFC 8410 writes before the 32 bytes of a key. */
    private static final byte[] ENCODING = HexFormat.of().parseHex("302a300506032b6570032100");

    private SigningKeys() {}

    static boolean verifies(byte[] publicKey, byte[] signed, byte[] signature) {
        try {
            var encoded = new byte[ENCODING.length + publicKey.length];
            System.arraycopy(ENCODING, 0, encoded, 0, ENCODING.length);
            System.arraycopy(publicKey, 0, encoded, ENCODING.length, publicKey.length);
            var check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            check.update(signed);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
