package io.anju.platform.crypto;

import java.security.GeneralSecurityException;

/** A keyed function of 32 bytes: blind indexes and tags. */
interface Fingerprint {
    int BYTES = 32;

    byte[] of(byte[] data) throws GeneralSecurityException;
}
