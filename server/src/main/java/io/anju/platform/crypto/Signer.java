package io.anju.platform.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.PublicKeyVerify;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.signature.Ed25519PrivateKey;
import com.google.crypto.tink.signature.Ed25519PublicKey;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/** Signs with the newest key of a keyset and checks with any of them. */
final class Signer {
    private record Known(Ed25519PublicKey key, PublicKeyVerify verifier) {}

    private final Ed25519PrivateKeyParameters signing;
    private final String keyId;
    private final Map<String, Known> known = new HashMap<>();

    static Signer of(byte[] keyset) throws GeneralSecurityException {
        return new Signer(TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get()));
    }

    private Signer(KeysetHandle handle) throws GeneralSecurityException {
        signing = signing(handle);
        keyId = keyId(handle.getPrimary().getId());
        var publicKeys = handle.getPublicKeysetHandle();
        for (var i = 0; i < publicKeys.size(); i++) {
            var entry = publicKeys.getAt(i);
            known.put(keyId(entry.getId()), new Known((Ed25519PublicKey) entry.getKey(), verifier(entry)));
        }
    }

    /** Bouncy Castle's signature is byte for byte that of Tink, in half the time. */
    @AccessesPartialKey
    private static Ed25519PrivateKeyParameters signing(KeysetHandle handle) {
        var key = (Ed25519PrivateKey) handle.getPrimary().getKey();
        return new Ed25519PrivateKeyParameters(key.getPrivateKeyBytes().toByteArray(InsecureSecretKeyAccess.get()), 0);
    }

    private static PublicKeyVerify verifier(KeysetHandle.Entry entry) throws GeneralSecurityException {
        var alone = KeysetHandle.importKey(entry.getKey())
                .withFixedId(entry.getId())
                .makePrimary();
        return KeysetHandle.newBuilder()
                .addEntry(alone)
                .build()
                .getPrimitive(RegistryConfiguration.get(), PublicKeyVerify.class);
    }

    private static String keyId(int id) {
        return "%08x".formatted(id);
    }

    String keyId() {
        return keyId;
    }

    Signature sign(byte[] data) {
        var signer = new Ed25519Signer();
        signer.init(true, signing);
        signer.update(data, 0, data.length);
        return new Signature(keyId, signer.generateSignature());
    }

    boolean verify(byte[] data, Signature signature) {
        var key = known.get(signature.keyId());
        if (key == null) {
            return false;
        }
        try {
            key.verifier().verify(signature.value(), data);
            return true;
        } catch (GeneralSecurityException wrong) {
            return false;
        }
    }

    @AccessesPartialKey
    byte @Nullable [] publicKey(String id) {
        var key = known.get(id);
        return key == null ? null : key.key().getPublicKeyBytes().toByteArray();
    }
}
