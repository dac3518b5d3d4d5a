package io.anju.publicity;

import java.security.SecureRandom;

/**
 * Makes the secret number that an objection is followed by: 80 random bits in characters that are not confused with one
 * another when read aloud or copied by hand.
 */
final class TrackingNumber {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private TrackingNumber() {}

    static String next() {
        var number = new StringBuilder(GROUPS * (GROUP_LENGTH + 1));
        for (int position = 0; position < GROUPS * GROUP_LENGTH; position++) {
            if (position > 0 && position % GROUP_LENGTH == 0) {
                number.append('-');
            }
            number.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return number.toString();
    }
}
