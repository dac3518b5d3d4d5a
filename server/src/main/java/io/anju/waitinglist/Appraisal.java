package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.policy.Foresight;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.policy.SortKey;
import io.anju.policy.Standing.Entry;
import io.anju.waitinglist.HouseholdStore.Sealed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Opens households' facts and works out what their places follow from; all cores take part. */
final class Appraisal {
    private final Vertx vertx;
    private final PolicyService policies;
    private final HouseholdStore households;

    Appraisal(Vertx vertx, PolicyService policies, HouseholdStore households) {
        this.vertx = vertx;
        this.policies = policies;
        this.households = households;
    }

    /** @param ordering rules of the order; each household's score is that of its own rules */
    Future<List<Member>> of(Sql sql, List<Sealed> page, PolicyDocument ordering, LocalDate day) {
        return policies.byDigests(sql, page.stream().map(Sealed::policyDigest).collect(Collectors.toSet()))
                .compose(known -> vertx.executeBlocking(
                        () -> page.parallelStream()
                                .map(one -> member(one, own(known, one), ordering, day))
                                .toList(),
                        false));
    }

    private static PolicyDocument own(Map<String, PolicyDocument> known, Sealed household) {
        var policy = known.get(household.policyDigest());
        if (policy == null) {
            throw new IllegalStateException("no policy for registration " + household.registrationId());
        }
        return policy;
    }

    private Member member(Sealed household, PolicyDocument own, PolicyDocument ordering, LocalDate day) {
        var facts = households.open(household);
        var entry = new Entry(household.appliedAt(), household.registeredAt(), household.receiptNumber());
        var course = own.course(facts, day);
        var score = BigDecimal.valueOf(course.at(day.toEpochDay()), course.scale());
        var foresight = ordering.foresee(facts, day, score, entry);
        var sortKey = SortKey.of(ordering.order(), foresight.standing());
        return new Member(
                household.sequence(),
                course,
                keys(household, foresight),
                household.later(),
                Member.key(household.later().deferred(), sortKey));
    }

    private static Member.Keys keys(Sealed household, Foresight foresight) {
        var standing = foresight.standing();
        var rooms = foresight.homeRooms();
        return new Member.Keys(
                Integer.parseInt(Registration.districtOf(household.areaCode())),
                standing.priority() == Integer.MAX_VALUE ? Member.NO_CLASS : standing.priority(),
                standing.since().equals(LocalDate.MAX)
                        ? Member.NO_DATE
                        : Math.toIntExact(standing.since().toEpochDay()),
                rooms == null ? 0 : rooms,
                foresight.until());
    }
}
