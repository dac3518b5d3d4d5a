package io.anju.sandbox;

import static io.anju.sandbox.CityHistory.await;

import io.anju.Domains;
import io.anju.application.CorrectionItem;
import io.anju.platform.db.Tx;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.Step;
import io.anju.policy.VerificationRequirement;
import io.anju.publicity.Objection;
import io.anju.review.BulkDesk;
import io.anju.review.Decision;
import io.anju.review.Task;
import io.anju.sandbox.CityCases.Case;
import io.anju.sandbox.CityOffices.Desk;
import io.anju.sandbox.CityPlan.Fate;
import io.anju.verification.Answer;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A day's work of a city's offices: decide what is ripe, publish what waits, and answer objections. */
final class CityDesks {
    private static final int MOST_TASKS = 1_000;
    private static final int TOGETHER = 20;
    private static final Set<Fate> OBJECTED = EnumSet.of(Fate.OBJECTION_DISMISSED, Fate.OBJECTION_UPHELD);

    private final Domains domains;
    private final CityCases cases;
    private final Set<UUID> returned = ConcurrentHashMap.newKeySet();
    private final Set<UUID> objected = ConcurrentHashMap.newKeySet();

    CityDesks(Domains domains, CityCases cases) {
        this.domains = domains;
        this.cases = cases;
    }

    void work(CityOffices city, Instant day) {
        await(Future.all(
                city.desks().stream().map(desk -> review(city, desk, day)).toList()));
        for (var step : city.policy().pipeline()) {
            if (step.kind() == Step.Kind.PUBLICITY) {
                for (var desk : city.desks()) {
                    if (desk.office().level().equals(step.office())) {
                        await(answerObjections(desk, day));
                        await(publish(city, desk, step, day));
                    }
                }
            }
        }
    }

    private Future<Void> review(CityOffices city, Desk desk, Instant day) {
        return domains.review.listOpen(desk.reviewer(), MOST_TASKS).compose(open -> {
            var ripe = open.stream().filter(task -> isRipe(task, day)).toList();
            var first = ripe.stream()
                    .filter(task -> task.kind() == Task.Kind.REVIEW)
                    .toList();
            var again = ripe.stream()
                    .filter(task -> task.kind() == Task.Kind.RE_REVIEW)
                    .toList();
            return decide(city, desk.reviewer(), first, day)
                    .compose(done -> decide(city, desk.secondReviewer(), again, day));
        });
    }

    private boolean isRipe(Task task, Instant day) {
        var patience = Duration.ofDays(cases.get(task.applicationId()).story().patienceDays());
        return !task.openedAt().plus(patience).isAfter(day);
    }

    private Future<Void> decide(CityOffices city, OfficeCaller reviewer, List<Task> tasks, Instant day) {
        Future<Void> done = Future.succeededFuture();
        for (int from = 0; from < tasks.size(); from += TOGETHER) {
            var together = tasks.subList(from, Math.min(from + TOGETHER, tasks.size()));
            done = done.compose(
                    before -> domains.db.inTransaction(tx -> decideTogether(tx, city, reviewer, together, day)));
        }
        return done;
    }

    private Future<Void> decideTogether(Tx tx, CityOffices city, OfficeCaller reviewer, List<Task> tasks, Instant day) {
        Future<Void> verified = Future.succeededFuture();
        for (var task : tasks) {
            verified = verified.compose(before -> verify(tx, city, reviewer, task, day));
        }
        var rows = tasks.stream()
                .map(task -> new BulkDesk.Row(task.id(), null, decision(task)))
                .toList();
        return verified.compose(done -> domains.review.decideAll(tx, reviewer, rows, false, day))
                .map(result -> {
                    if (!result.applied()) {
                        throw new IllegalStateException("an office could not decide: " + result.rows());
                    }
                    return null;
                });
    }

    /** Every agency confirms what the household declared. */
    private Future<Void> verify(Tx tx, CityOffices city, OfficeCaller reviewer, Task task, Instant day) {
        var asked = city.policy().pipeline().get(task.stepIndex()).verification();
        if (asked.isEmpty() || task.kind() == Task.Kind.RE_REVIEW) {
            return Future.succeededFuture();
        }
        Future<Void> done = domains.review.claim(tx, reviewer, task.id(), day).mapEmpty();
        for (var requirement : asked) {
            done = done.compose(before -> confirm(tx, reviewer, task, requirement, day));
        }
        return done;
    }

    private Future<Void> confirm(
            Tx tx, OfficeCaller reviewer, Task task, VerificationRequirement requirement, Instant day) {
        var evidenceNumber = "SIM-" + requirement.agency() + "-" + task.receiptNumber();
        var content = new Answer.Content(evidenceNumber, null, null);
        var answer = new Answer.Draft(Answer.Result.CONFIRMED, Shanghai.date(day), content);
        return domains.verification
                .record(tx, reviewer, task.id(), requirement.agency(), requirement.fact(), answer, day)
                .mapEmpty();
    }

    private Decision decision(Task task) {
        var planned = cases.get(task.applicationId());
        boolean isFirstStep = task.stepIndex() == 0;
        if (task.kind() == Task.Kind.RE_REVIEW) {
            boolean lifted = planned.story().number() % 2 == 0;
            return Decision.reReview(lifted, lifted ? "补交材料属实，撤销原决定" : "经复核，维持原决定");
        }
        return switch (planned.story().fate()) {
            case REFUSED -> isFirstStep ? Decision.refuse(List.of("income-above-line"), null) : Decision.approve();
            case RE_REVIEWED ->
                isFirstStep ? Decision.refuse(List.of("documents-insufficient"), null) : Decision.approve();
            case CORRECTED, CORRECTION_LAPSES ->
                isFirstStep && returned.add(task.applicationId())
                        ? Decision.requestCorrection(
                                List.of(new CorrectionItem("/members/0/incomes", "document-missing", "请补充近十二个月的收入证明")))
                        : Decision.approve();
            default -> Decision.approve();
        };
    }

    private Future<Void> publish(CityOffices city, Desk desk, Step step, Instant day) {
        var programme = city.policy().programme();
        return domains.db
                .inTransaction(tx -> domains.publicity.open(tx, desk.clerk(), programme, step.id(), null, day))
                .compose(opened -> object(desk, opened.notice().id(), day))
                .recover(failure -> ignoring("nothing-to-publish", failure));
    }

    /** Neighbours object to those of whom the plan says so, the first time they see them on a notice. */
    private Future<Void> object(Desk desk, UUID noticeId, Instant day) {
        Future<Void> done = Future.succeededFuture();
        for (var planned : cases.all()) {
            if (OBJECTED.contains(planned.story().fate())
                    && desk.isInChargeOf(planned.communityCode())
                    && !objected.contains(planned.applicationId())) {
                done = done.compose(before -> object(planned, noticeId, day));
            }
        }
        return done;
    }

    private Future<Void> object(Case planned, UUID noticeId, Instant day) {
        var content = new Objection.Content("据了解，该家庭另有住房未申报，请核实。", null);
        return domains.db
                .inTransaction(tx -> domains.objections.object(tx, noticeId, planned.receiptNumber(), content, day))
                .onSuccess(taken -> objected.add(planned.applicationId()))
                .<Void>mapEmpty()
                .recover(failure -> ignoring("not-on-notice", failure));
    }

    /** Answers what neighbours objected to since the last day of work. */
    private Future<Void> answerObjections(Desk desk, Instant day) {
        return domains.objections
                .list(desk.clerk(), Objection.State.OPEN, null, null, MOST_TASKS)
                .compose(page -> {
                    Future<Void> done = Future.succeededFuture();
                    for (var open : page.objections()) {
                        done = done.compose(before -> answer(desk, open, day));
                    }
                    return done;
                });
    }

    private Future<Void> answer(Desk desk, Objection open, Instant day) {
        boolean holds = cases.get(open.applicationId()).story().fate() == Fate.OBJECTION_UPHELD;
        var state = holds ? Objection.State.UPHELD : Objection.State.DISMISSED;
        var reason = holds ? "经核查，该家庭另有一套住房未如实申报。" : "经核查，所述房屋已办理转移登记。";
        return domains.db
                .inTransaction(tx -> domains.objections.decide(tx, desk.clerk(), open.id(), state, reason, day))
                .mapEmpty();
    }

    private static Future<Void> ignoring(String code, Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code().id().equals(code)
                ? Future.succeededFuture()
                : Future.failedFuture(failure);
    }
}
