package io.anju.platform.crypto;

import io.anju.platform.crypto.Keysets.Name;
import io.anju.platform.crypto.Keysets.Opened;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes rings of keys that were opened. */
final class Keyrings {
    private Keyrings() {}

    static Keyring of(List<Opened> opened, Instant now) throws GeneralSecurityException {
        var fields = new HashMap<Integer, DataKey>();
        for (var one : opened) {
            if (one.stored().name().equals(Name.FIELDS.label())) {
                fields.put(
                        one.keyId(),
                        DataKey.of(
                                one.keyId(),
                                one.stored().version(),
                                one.stored().suite(),
                                one.key()));
            }
        }
        var primary = newest(opened, Name.FIELDS, now);
        return new Keyring(
                fields,
                DataKey.of(
                        primary.keyId(),
                        primary.stored().version(),
                        primary.stored().suite(),
                        primary.key()),
                fingerprint(newest(opened, Name.INDEX, now)),
                fingerprint(newest(opened, Name.TAGS, now)),
                Signer.of(newest(opened, Name.SIGNING, now).key()));
    }

    static Keyring temporary(Suite suite) {
        try {
            var key = DataKey.of(Suite.newKeyId(), 1, suite, suite.newCipherKey());
            return new Keyring(
                    Map.of(key.id(), key),
                    key,
                    suite.fingerprint(Suite.newFingerprintKey()),
                    suite.fingerprint(Suite.newFingerprintKey()),
                    Signer.of(Keysets.fresh(Name.SIGNING, suite)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whoever opens keys knows a new one some time before anybody seals with it. */
    private static Opened newest(List<Opened> opened, Name name, Instant now) {
        return opened.stream()
                .filter(one -> one.stored().name().equals(name.label()))
                .filter(one -> {
                    var from = one.stored().primaryFrom();
                    return from == null || !from.isAfter(now);
                })
                .max(Comparator.comparing(one -> one.stored().version()))
                .orElseThrow(() -> new IllegalStateException("no keyset " + name.label()));
    }

    private static Fingerprint fingerprint(Opened opened) throws GeneralSecurityException {
        return opened.stored().suite().fingerprint(opened.key());
    }
}
