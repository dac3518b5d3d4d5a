package io.anju.application;

import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether everybody of a household may be in an application now; where they may, their places are taken. */
final class Admission {
    private final Vault vault;
    private final Pipeline pipeline;
    private final ClaimStore claims = new ClaimStore();

    Admission(Vault vault, Pipeline pipeline) {
        this.vault = vault;
        this.pipeline = pipeline;
    }

    /** Refuses members who applied elsewhere, are housed or barred, all of them at once; gives a receipt's serial. */
    Future<Long> admit(Tx tx, Application application, Household household, Instant now) {
        var city = application.cityCode();
        var persons = Persons.indexes(vault, household);
        // places first: whoever is barred in between has given the place back by then, and is found by the second
        var places = claims.findTaken(tx, city, persons, application.id());
        var barred = pipeline.bars().of(tx, city, application.programme(), persons, Shanghai.date(now));
        return Future.all(places, barred)
                .map(read -> findings(household, persons, places.result(), barred.result()))
                .compose(findings -> {
                    requireNone(findings);
                    return claims.replace(tx, application.id(), city, persons, now);
                })
                .map(taken -> places.result().serial());
    }

    private static List<Finding> findings(
            Household household, List<Buffer> persons, ClaimStore.Taken taken, Map<Buffer, LocalDate> barred) {
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < persons.size(); i++) {
            var pointer = "/household/members/" + i;
            var person = persons.get(i);
            if (taken.housed().contains(person)) {
                findings.add(Finding.of(pointer, ApplicationProblem.MEMBER_ALREADY_HOUSED));
            }
            if (taken.applied().contains(person)) {
                findings.add(Finding.of(pointer, ApplicationProblem.MEMBER_ALREADY_APPLIED));
            }
            var until = barred.get(person);
            if (until != null) {
                findings.add(
                        barred(pointer, Masking.name(household.members().get(i).fullName()), until));
            }
        }
        return findings;
    }

    private static Finding barred(String pointer, String maskedName, LocalDate until) {
        return new Finding(
                pointer, ApplicationProblem.MEMBER_BARRED, Map.of("maskedName", maskedName, "until", until.toString()));
    }

    /** The document is that of what can be helped least. */
    private static void requireNone(List<Finding> findings) {
        Stream.of(
                        ApplicationProblem.MEMBER_ALREADY_HOUSED,
                        ApplicationProblem.MEMBER_BARRED,
                        ApplicationProblem.MEMBER_ALREADY_APPLIED)
                .flatMap(code -> findings.stream().filter(finding -> finding.code() == code))
                .findFirst()
                .ifPresent(first -> {
                    throw Refusal.of(first.code(), findings, first.args());
                });
    }
}
