package io.anju.proxy;

import io.anju.identity.NationalId;
import java.time.LocalDate;
import java.util.Optional;

/** Who may be whose proxy, and for how long. */
final class ProxyPolicy {
    /** 民法典 art. 17, 18: of age from eighteen on. */
    static final int OF_AGE_YEARS = 18;

    /** Of one represented, at a time. */
    static final int MOST_PROXIES = 3;

    private ProxyPolicy() {}

    static boolean isMinor(NationalId person, LocalDate today) {
        return today.isBefore(ofAgeOn(person));
    }

    /** The last day that a mandate may have: a minor's guardian stops on the day before the minor comes of age. */
    static LocalDate latest(Mandate.Kind kind, NationalId represented, LocalDate today) {
        var latest = today.plusYears(kind.years());
        if (!isMinor(represented, today)) {
            return latest;
        }
        var lastAsMinor = ofAgeOn(represented).minusDays(1);
        return lastAsMinor.isBefore(latest) ? lastAsMinor : latest;
    }

    /** What stands against a resident's appointing somebody by themself. */
    static Optional<ProxyProblem> againstAppointing(NationalId represented, LocalDate today) {
        return isMinor(represented, today) ? Optional.of(ProxyProblem.PROXY_OF_MINOR) : Optional.empty();
    }

    /** What stands against this person's acting for that one. */
    static Optional<ProxyProblem> againstActing(NationalId proxy, NationalId represented, LocalDate today) {
        if (proxy.equals(represented)) {
            return Optional.of(ProxyProblem.PROXY_OF_ONESELF);
        }
        return isMinor(proxy, today) ? Optional.of(ProxyProblem.PROXY_IS_MINOR) : Optional.empty();
    }

    /** A guardian of somebody of age acts by a judgment or the like (民法典 art. 28): its paper has a number. */
    static boolean needsEvidence(Mandate.Kind kind, NationalId represented, LocalDate today) {
        return kind == Mandate.Kind.GUARDIAN && !isMinor(represented, today);
    }

    private static LocalDate ofAgeOn(NationalId person) {
        return person.birthDate().plusYears(OF_AGE_YEARS);
    }
}
