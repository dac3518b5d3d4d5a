package io.anju.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Whose budget a client's address counts against. */
public final class NetworkAddress {
    /** An IPv6 customer gets a /64 at least, and could draw a new address for each try. */
    private static final int IPV6_PREFIX_BYTES = 8;

    private NetworkAddress() {}

    /** An IPv4 address as it is, an IPv6 address as its /64. */
    public static String subject(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // a text with a colon is never looked up by name
            var bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == 4
                    ? String.format("%d.%d.%d.%d", bytes[0] & 255, bytes[1] & 255, bytes[2] & 255, bytes[3] & 255)
                    : HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_PREFIX_BYTES));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
