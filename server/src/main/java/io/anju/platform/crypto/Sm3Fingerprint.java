package io.anju.platform.crypto;

import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** HMAC with SM3. A new one for each use: the library's keeps state, and many threads ask. */
final class Sm3Fingerprint implements Fingerprint {
    private final byte[] key;

    Sm3Fingerprint(byte[] key) {
        this.key = key.clone();
    }

    @Override
    public byte[] of(byte[] data) {
        var mac = new HMac(new SM3Digest());
        mac.init(new KeyParameter(key));
        mac.update(data, 0, data.length);
        var tag = new byte[BYTES];
        mac.doFinal(tag, 0);
        return tag;
    }
}
