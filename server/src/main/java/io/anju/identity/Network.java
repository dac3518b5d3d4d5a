package io.anju.identity;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A block of network addresses in CIDR notation, of IPv4 or IPv6. */
record Network(byte[] address, int prefixBits) {
    /** Digits and separators only, so that no text is ever looked up as a name. */
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F.:]+(/[0-9]{1,3})?");

    /** Reads {@code 203.0.113.0/24}, {@code 2001:db8::/32} or one address; fails where it is neither. */
    static Network parse(String text) {
        var parts = text.split("/", -1);
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a network in CIDR notation: " + text);
        }
        var address = bytes(parts[0]);
        var bits = parts.length == 1 ? address.length * Byte.SIZE : Integer.parseInt(parts[1]);
        if (bits > address.length * Byte.SIZE) {
            throw new IllegalArgumentException("a prefix longer than its address: " + text);
        }
        return new Network(address, bits);
    }

    boolean contains(String other) {
        if (!FORM.matcher(other).matches()) {
            return false;
        }
        var bytes = bytes(other);
        int dropped = address.length * Byte.SIZE - prefixBits;
        return bytes.length == address.length
                && new BigInteger(1, bytes).shiftRight(dropped).equals(new BigInteger(1, address).shiftRight(dropped));
    }

    private static byte[] bytes(String text) {
        try {
            if (text.indexOf(':') < 0 && text.chars().filter(c -> c == '.').count() != 3) {
                throw new IllegalArgumentException("not an address: " + text);
            }
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + text, e);
        }
    }
}
