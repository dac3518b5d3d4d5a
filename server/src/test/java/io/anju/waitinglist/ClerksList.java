package io.anju.waitinglist;

import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyDocument;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/** A list as a clerk keeps it in memory: what is known of each household on it, and the order that follows from that. */
final class ClerksList {
    final List<Known> households = new ArrayList<>();

    /**
     * A household as the test remembers it: enough to place it without the database.
     *
     * @param deferred number of the event that sent it to the end; 0 for none
     */
    record Known(
            UUID applicationId,
            HouseholdFacts facts,
            Instant appliedAt,
            String receiptNumber,
            String district,
            int waivers,
            int deferred,
            boolean frozen,
            PolicyDocument own) {
        Known living(HouseholdFacts changed) {
            return new Known(
                    applicationId, changed, appliedAt, receiptNumber, district, waivers, deferred, frozen, own);
        }

        Known waived(int event) {
            return new Known(applicationId, facts, appliedAt, receiptNumber, district, waivers + 1, event, frozen, own);
        }

        Known frozen(boolean is) {
            return new Known(applicationId, facts, appliedAt, receiptNumber, district, waivers, deferred, is, own);
        }

        Known scoredBy(PolicyDocument newer) {
            return new Known(
                    applicationId, facts, appliedAt, receiptNumber, district, waivers, deferred, frozen, newer);
        }

        HouseholdFacts counted() {
            return facts.onFile(facts.onFile().moreWaivers(waivers));
        }
    }

    private record Scored(Known known, BigDecimal score) {}

    /**
     * The list as a patient clerk would make it: score everyone, compare, count.
     *
     * @param rules in force on the day
     */
    List<String> lines(PolicyDocument rules, LocalDate asOf) {
        var ordered = households.stream()
                .map(known -> new Scored(
                        known, known.own().score(known.counted(), asOf).total()))
                .sorted(Comparator.comparing((Scored one) -> one.known().deferred())
                        .thenComparing(Scored::score, Comparator.reverseOrder())
                        .thenComparing(one -> one.known().appliedAt())
                        .thenComparing(one -> one.known().receiptNumber()))
                .toList();
        var districts = new HashMap<String, Integer>();
        var homes = new HashMap<Integer, Integer>();
        var lines = new ArrayList<String>();
        int ahead = 0;
        for (var one : ordered) {
            var known = one.known();
            var size = rules.homeSize(known.counted(), asOf);
            var homeRank = size.isEmpty() ? null : homes.merge(size.get().size().rooms(), 1, Integer::sum);
            lines.add((lines.size() + 1) + " " + known.receiptNumber() + " "
                    + districts.merge(known.district(), 1, Integer::sum) + " " + homeRank + " " + ahead + " "
                    + one.score());
            ahead += known.frozen() ? 0 : 1;
        }
        return lines;
    }
}
