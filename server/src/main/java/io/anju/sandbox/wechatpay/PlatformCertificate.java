package io.anju.sandbox.wechatpay;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * A self-signed X.509 certificate, written in DER by hand: the JDK reads certificates but has no public way of making
 * one, and this is its only use.
 */
final class PlatformCertificate {
    static final LocalDate FROM = LocalDate.of(2025, 1, 1);
    static final LocalDate TO = LocalDate.of(2045, 1, 1);

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int VERSION = 0xa0;
    /** AlgorithmIdentifier of sha256WithRSAEncryption. */
    private static final byte[] SHA256_WITH_RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00
    };
    /** Object identifier of the common name. */
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

    private PlatformCertificate() {}

    static byte[] make(KeyPair keys, BigInteger serial) throws GeneralSecurityException {
        byte[] name = tlv(SEQUENCE, tlv(SET, tlv(SEQUENCE, COMMON_NAME, utf8("Simulated WeChat Pay platform"))));
        byte[] body = tlv(
                SEQUENCE,
                tlv(VERSION, integer(BigInteger.TWO)),
                integer(serial),
                SHA256_WITH_RSA,
                name,
                tlv(SEQUENCE, time(FROM), time(TO)),
                name,
                keys.getPublic().getEncoded());
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        byte[] noUnusedBits = {0};
        return tlv(SEQUENCE, body, SHA256_WITH_RSA, tlv(BIT_STRING, noUnusedBits, signature.sign()));
    }

    private static byte[] integer(BigInteger value) {
        return tlv(INTEGER, value.toByteArray());
    }

    private static byte[] utf8(String text) {
        return tlv(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] time(LocalDate day) {
        return tlv(
                UTC_TIME,
                day.format(DateTimeFormatter.ofPattern("yyMMdd'000000Z'")).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] tlv(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        var out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        writeLength(out, length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
            return;
        }
        byte[] bytes = BigInteger.valueOf(length).toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        out.write(0x80 | (bytes.length - from));
        out.write(bytes, from, bytes.length - from);
    }
}
