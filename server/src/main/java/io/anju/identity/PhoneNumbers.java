package io.anju.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.Optional;
import java.util.Set;

/** Mobile numbers in their one spelling, E.164. */
final class PhoneNumbers {
    static final String INDEX_PURPOSE = "identity.phone";

    private static final String HOME = "CN";
    /** Messages to far countries cost much and are a known fraud; residents of a Chinese city have numbers of these. */
    private static final Set<String> SERVED = Set.of("CN", "HK", "MO", "TW");

    private static final int HIDDEN = 4;
    private static final int SHOWN_AT_END = 4;

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

    /** An E.164 number with its country, carrier and last four digits only. */
    static String masked(String e164) {
        var shown = e164.length() - HIDDEN - SHOWN_AT_END;
        return e164.substring(0, shown) + "*".repeat(HIDDEN) + e164.substring(e164.length() - SHOWN_AT_END);
    }
}
