package io.anju.arrears;

import io.anju.api.model.ArrearsAction;
import io.anju.api.model.ArrearsBill;
import io.anju.api.model.ArrearsCaseFile;
import io.anju.api.model.ArrearsChannel;
import io.anju.api.model.ArrearsDelivery;
import io.anju.api.model.ArrearsLateFee;
import io.anju.api.model.ArrearsNext;
import io.anju.api.model.ArrearsOffice;
import io.anju.api.model.ArrearsPause;
import io.anju.api.model.ArrearsPauseReason;
import io.anju.api.model.ArrearsStanding;
import io.anju.api.model.ArrearsStep;
import io.anju.arrears.ArrearsCase.Fee;
import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.arrears.ArrearsService.CaseFile;
import io.anju.arrears.Sheet.OverdueBill;
import io.anju.arrears.WorkLines.Line;
import io.anju.lease.Tenancy;
import io.anju.platform.http.Language;
import io.anju.policy.Arrears;
import io.anju.policy.ArrearsRelief;
import io.anju.policy.Text;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Arrears in the contract's words. */
final class ArrearsContract {
    private ArrearsContract() {}

    static ArrearsCaseFile file(CaseFile file, Language language) {
        return new ArrearsCaseFile(line(file.line()), sheet(file.sheet(), language));
    }

    static io.anju.api.model.ArrearsCase line(Line line) {
        var of = line.of();
        var home = line.lease().home();
        var owed = line.owed();
        var stage = of.stage();
        var office = of.office();
        return new io.anju.api.model.ArrearsCase(
                of.id(),
                of.leaseId(),
                line.lease().number(),
                line.maskedTenant(),
                line.tenancy().from(),
                last(line.tenancy()),
                home.estateName(),
                home.building(),
                home.number(),
                of.openedOn(),
                of.closedOn(),
                stage == null ? null : ArrearsAction.of(ArrearsCase.id(stage)),
                office == null ? null : ArrearsOffice.of(ArrearsCase.id(office)),
                owed.map(Arrears::unpaidSince).orElse(null),
                owed.map(one -> ArrearsPolicy.days(one.unpaidSince(), line.today()))
                        .orElse(0),
                owed.map(Arrears::monthsInAll).orElse(0),
                owed.map(Arrears::overdueFen).orElse(0L),
                line.isPaused(),
                ArrearsPolicy.pausedUntil(line.pauses(), line.today()).orElse(null),
                line.stageOn(),
                line.waitsSince());
    }

    /** The last day as the tenant; none where nobody took over. */
    static @Nullable LocalDate last(Tenancy tenancy) {
        var until = tenancy.until();
        return until == null ? null : until.minusDays(1);
    }

    static ArrearsStanding sheet(Sheet sheet, Language language) {
        var standing = sheet.standing();
        var owed = standing.arrears();
        var known = standing.known();
        var plan = sheet.asked().plan();
        return new ArrearsStanding(
                standing.lease().id(),
                standing.lease().number(),
                standing.tenancy().from(),
                last(standing.tenancy()),
                standing.today(),
                owed.map(Arrears::unpaidSince).orElse(null),
                owed.map(one -> ArrearsPolicy.days(one.unpaidSince(), standing.today()))
                        .orElse(0),
                owed.map(Arrears::monthsInAll).orElse(0),
                owed.map(Arrears::overdueFen).orElse(0L),
                sheet.feeFen(),
                sheet.feesDueFen(),
                known != null && standing.isPaused(),
                sheet.bills().stream().map(ArrearsContract::bill).toList(),
                sheet.allSteps().stream().map(step -> step(step, language)).toList(),
                standing.pauses().stream().map(ArrearsContract::pause).toList(),
                sheet.fees().stream().map(fee -> fee(fee, language)).toList(),
                sheet.next()
                        .map(next ->
                                new ArrearsNext(ArrearsAction.of(ArrearsCase.id(next.action())), next.earliestOn()))
                        .orElse(null),
                Advice.of(sheet).stream().map(text -> text(text, language)).toList(),
                relief(standing.relief()),
                sheet.asked().requests().stream().map(HardshipContract::request).toList(),
                plan == null ? null : HardshipContract.plan(plan),
                sheet.asked().proposals().stream()
                        .map(proposal -> HardshipContract.proposal(proposal, sheet, language))
                        .toList());
    }

    private static ArrearsBill bill(OverdueBill bill) {
        var debt = bill.debt();
        return new ArrearsBill(
                debt.billId(),
                debt.from(),
                debt.to(),
                debt.dueOn(),
                debt.dueFen(),
                debt.pendingSubsidyFen(),
                bill.feeFen(),
                Math.max(0, bill.billedFen()));
    }

    static ArrearsStep step(Step step, Language language) {
        return new ArrearsStep(
                step.id(),
                ArrearsAction.of(ArrearsCase.id(step.action())),
                ArrearsOffice.of(ArrearsCase.id(step.office())),
                step.channels().stream()
                        .map(channel -> ArrearsChannel.of(ArrearsCase.id(channel)))
                        .toList(),
                step.dueOn(),
                step.takenOn(),
                step.unpaidSince(),
                step.overdueFen(),
                text(step.text(), language),
                step.deliveries().stream().map(ArrearsContract::delivery).toList());
    }

    private static ArrearsDelivery delivery(ArrearsCase.Delivery delivery) {
        return new ArrearsDelivery(
                ArrearsChannel.of(ArrearsCase.id(delivery.channel())), delivery.on(), delivery.note());
    }

    static ArrearsPause pause(Pause pause) {
        return new ArrearsPause(
                pause.id(),
                ArrearsPauseReason.of(ArrearsCase.id(pause.reason())),
                pause.from(),
                pause.to(),
                pause.note(),
                pause.endedOn(),
                pause.endNote());
    }

    private static ArrearsLateFee fee(Fee fee, Language language) {
        return new ArrearsLateFee(
                fee.billId(), fee.feeBillId(), fee.through(), fee.chargedFen(), text(fee.text(), language));
    }

    private static io.anju.api.model.ArrearsRelief relief(ArrearsRelief relief) {
        var deferral = relief.deferral();
        var instalments = relief.instalments();
        return new io.anju.api.model.ArrearsRelief(
                deferral == null ? null : deferral.longestDays(),
                instalments == null ? null : instalments.most(),
                instalments == null ? null : instalments.firstPercent());
    }

    static String text(Text text, Language language) {
        return text.in(language.tag());
    }
}
