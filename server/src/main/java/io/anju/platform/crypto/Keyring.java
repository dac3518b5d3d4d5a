package io.anju.platform.crypto;

import java.security.GeneralSecurityException;
import java.util.Map;

/**
 * The keys that are good at one moment.
 *
 * @param fields by their ids: all that open
 * @param primary the one that seals
 */
record Keyring(Map<Integer, DataKey> fields, DataKey primary, Fingerprint index, Fingerprint tags, Signer signer) {
    Keyring {
        fields = Map.copyOf(fields);
    }

    byte[] seal(byte[] plain, byte[] place, boolean isKept) throws GeneralSecurityException {
        return isKept ? Wrapped.seal(primary, plain, place) : primary.seal(plain, place);
    }

    byte[] open(byte[] sealed, byte[] place) throws GeneralSecurityException {
        var key = keyOf(sealed);
        return Wrapped.isIn(sealed) ? Wrapped.read(sealed).open(key, place) : key.open(sealed, place);
    }

    boolean isCurrent(byte[] sealed) throws GeneralSecurityException {
        return DataKey.idIn(sealed) == primary.id();
    }

    byte[] reseal(byte[] sealed, byte[] place) throws GeneralSecurityException {
        var key = keyOf(sealed);
        return Wrapped.isIn(sealed)
                ? Wrapped.read(sealed).under(key, primary, place)
                : primary.seal(key.open(sealed, place), place);
    }

    private DataKey keyOf(byte[] sealed) throws GeneralSecurityException {
        var key = fields.get(DataKey.idIn(sealed));
        if (key == null) {
            throw new GeneralSecurityException("sealed under a key that is not known");
        }
        return key;
    }
}
