package io.anju.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import io.anju.platform.crypto.Masking;
import java.util.Optional;
import java.util.Set;

/** Mobile numbers in their one spelling, E.164. */
final class PhoneNumbers {
    static final String INDEX_PURPOSE = "identity.phone";

    private static final String HOME = "CN";
    private static final String HOME_CODE = "+86";
    /** Messages to far countries cost much and are a known fraud; residents of a Chinese city have numbers of these. */
    private static final Set<String> SERVED = Set.of("CN", "HK", "MO", "TW");

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private PhoneNumbers() {}

    /** Gives a mobile number in E.164; empty for anything that cannot receive a message of ours. */
    static Optional<String> normalise(String text) {
        try {
            var number = NUMBERS.parse(text, HOME);
            var type = NUMBERS.getNumberType(number);
            var mobile = type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE;
            var region = NUMBERS.getRegionCodeForNumber(number);
            return mobile && region != null && SERVED.contains(region) && !number.hasExtension()
                    ? Optional.of(NUMBERS.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** An E.164 number with its middle hidden; a number of the home country as people know it, without its code. */
    static String masked(String e164) {
        return Masking.phone(asWritten(e164));
    }

    /** An E.164 number as people of the home country write it: one of theirs without its code. */
    static String asWritten(String e164) {
        return e164.startsWith(HOME_CODE) ? e164.substring(HOME_CODE.length()) : e164;
    }
}
