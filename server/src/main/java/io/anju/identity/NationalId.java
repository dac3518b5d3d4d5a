package io.anju.identity;

import io.anju.platform.crypto.Masking;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A citizen identification number (公民身份号码, GB 11643-1999): six digits of division, eight of birth date, three of
 * sequence and a check character (ISO 7064 MOD 11-2), which finds every single wrong digit.
 *
 * @param value 18 characters, a final {@code X} in upper case; personal data: never log or list it
 */
public record NationalId(String value) {
    /** Purpose of the blind index, the same wherever a person is looked up, so that one person is found everywhere. */
    public static final String INDEX_PURPOSE = "identity.person";

    private static final int LENGTH = 18;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_CHARACTERS = "10X98765432";
    private static final int OLDEST_YEARS = 150;

    /** GB/T 2260 provinces, and 81–83 of the residence permits of Hong Kong, Macao and Taiwan people. */
    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83");

    /** First digit of the numbers on foreigners' permanent residence cards (since 2023). */
    private static final char FOREIGN_RESIDENT = '9';

    public NationalId {
        if (fault(value).isPresent()) {
            throw new IllegalArgumentException("not a national ID");
        }
    }

    /** Reads a number whose {@code x} may be in lower case; throws {@link IllegalArgumentException} where it has a fault. */
    public static NationalId parse(String text) {
        return new NationalId(normalise(text));
    }

    /** Gives what is wrong with the text as the number of someone alive on this day; empty where nothing is. */
    public static Optional<NationalIdProblem> check(String text, LocalDate today) {
        var value = normalise(text);
        var fault = fault(value);
        return fault.isPresent() ? fault : ageFault(birthDate(value), today);
    }

    public LocalDate birthDate() {
        return birthDate(value);
    }

    public Sex sex() {
        return (value.charAt(16) - '0') % 2 == 1 ? Sex.MALE : Sex.FEMALE;
    }

    /** The division (GB/T 2260, six digits) where the number was first given out; not where the person lives. */
    public String divisionCode() {
        return value.substring(0, 6);
    }

    /** Fit for lists; birth date hidden. */
    public String masked() {
        return Masking.nationalId(value);
    }

    /** Masked, so that a number that reaches a log by accident says little. */
    @Override
    public String toString() {
        return masked();
    }

    /** The check character that follows from the first 17 digits. */
    public static char checkCharacter(String first17) {
        var sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (first17.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK_CHARACTERS.charAt(sum % 11);
    }

    private static String normalise(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static Optional<NationalIdProblem> fault(String value) {
        if (!hasForm(value)) {
            return Optional.of(NationalIdProblem.NATIONAL_ID_FORM);
        }
        if (checkCharacter(value) != value.charAt(17)) {
            return Optional.of(NationalIdProblem.NATIONAL_ID_CHECK_DIGIT);
        }
        if (value.charAt(0) != FOREIGN_RESIDENT && !PROVINCES.contains(value.substring(0, 2))) {
            return Optional.of(NationalIdProblem.NATIONAL_ID_REGION);
        }
        try {
            birthDate(value);
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.of(NationalIdProblem.NATIONAL_ID_BIRTH_DATE);
        }
    }

    private static boolean hasForm(String value) {
        if (value.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH - 1; i++) {
            if (!isDigit(value.charAt(i))) {
                return false;
            }
        }
        char last = value.charAt(LENGTH - 1);
        return last == 'X' || isDigit(last);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Optional<NationalIdProblem> ageFault(LocalDate birthDate, LocalDate today) {
        return birthDate.isAfter(today) || birthDate.isBefore(today.minusYears(OLDEST_YEARS))
                ? Optional.of(NationalIdProblem.NATIONAL_ID_BIRTH_DATE)
                : Optional.empty();
    }

    private static LocalDate birthDate(String value) {
        return LocalDate.of(number(value, 6, 10), number(value, 10, 12), number(value, 12, 14));
    }

    private static int number(String value, int from, int to) {
        return Integer.parseInt(value, from, to, 10);
    }
}
