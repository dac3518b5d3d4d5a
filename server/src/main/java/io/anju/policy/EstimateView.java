package io.anju.policy;

import io.anju.api.model.EstimateAnswer;
import io.anju.api.model.EstimateArrearsAction;
import io.anju.api.model.EstimateArrearsLadder;
import io.anju.api.model.EstimateArrearsState;
import io.anju.api.model.EstimateArrearsStep;
import io.anju.api.model.EstimateBill;
import io.anju.api.model.EstimateMoney;
import io.anju.api.model.EstimateRent;
import io.anju.api.model.EstimateStep;
import io.anju.api.model.EstimateSubsidy;
import io.anju.api.model.EstimateSubsidyCourse;
import io.anju.api.model.EstimateSubsidyMonth;
import io.anju.api.model.EstimateSubsidyMonthState;
import io.anju.api.model.EstimateUnanswered;
import io.anju.api.model.EstimateUnansweredReason;
import io.anju.platform.http.Language;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers about money in the contract's words and the caller's language. */
public final class EstimateView {
    private final Language language;

    public EstimateView(Language language) {
        this.language = language;
    }

    EstimateMoney money(MoneyAnswers answers) {
        return new EstimateMoney(
                rent(answers.rent()),
                subsidy(answers.subsidy()),
                course(answers.subsidyCourse()),
                stepOrNull(answers.deposit()),
                answers.bills().stream().map(EstimateView::bill).toList(),
                stepOrNull(answers.lateFee()),
                ladder(answers.arrears()),
                stepOrNull(answers.rentAfterEnd()),
                answers.unanswered().stream().map(EstimateView::unanswered).toList());
    }

    private @Nullable EstimateRent rent(@Nullable RentAnswer rent) {
        return rent == null
                ? null
                : new EstimateRent(
                        rent.monthlyFen(), rent.tier(), rent.mayEnter(), rent.mayStay(), steps(rent.trace()));
    }

    private @Nullable EstimateSubsidy subsidy(@Nullable SubsidyAnswer subsidy) {
        return subsidy == null
                ? null
                : new EstimateSubsidy(subsidy.monthlyFen(), subsidy.tier(), steps(subsidy.trace()));
    }

    private @Nullable EstimateSubsidyCourse course(@Nullable SubsidyCourse course) {
        return course == null
                ? null
                : new EstimateSubsidyCourse(
                        course.payableFen(),
                        course.recoverFen(),
                        course.months().stream().map(EstimateView::month).toList(),
                        steps(course.trace()));
    }

    private static EstimateSubsidyMonth month(SubsidyCourse.Month month) {
        return new EstimateSubsidyMonth(
                month.month().toString(),
                EstimateSubsidyMonthState.valueOf(month.state().name()),
                month.fen(),
                month.rule());
    }

    private static EstimateBill bill(BillingPeriod bill) {
        return new EstimateBill(bill.number(), bill.from(), bill.to(), bill.dueOn(), bill.fen());
    }

    private @Nullable EstimateArrearsLadder ladder(@Nullable ArrearsAnswer arrears) {
        return arrears == null
                ? null
                : new EstimateArrearsLadder(
                        arrears.highestDue().map(ArrearsAnswer.Step::id).orElse(null),
                        arrears.endsLease(),
                        stepOrNull(arrears.end()),
                        arrears.steps().stream().map(this::rung).toList());
    }

    private EstimateArrearsStep rung(ArrearsAnswer.Step step) {
        return new EstimateArrearsStep(
                step.id(),
                EstimateArrearsAction.valueOf(step.action().name()),
                step.dueOn(),
                EstimateArrearsState.valueOf(step.state().name()),
                in(step.text()));
    }

    private static EstimateUnanswered unanswered(MoneyAnswers.Unanswered unanswered) {
        return new EstimateUnanswered(
                EstimateAnswer.valueOf(unanswered.question().name()),
                unanswered.lacksFacts() ? EstimateUnansweredReason.FACTS_MISSING : EstimateUnansweredReason.NOT_SET,
                unanswered.missing());
    }

    private List<EstimateStep> steps(List<MoneyStep> steps) {
        return steps.stream().map(this::step).toList();
    }

    private @Nullable EstimateStep stepOrNull(@Nullable MoneyStep step) {
        return step == null ? null : step(step);
    }

    /** One step of how an amount came about. */
    public EstimateStep step(MoneyStep step) {
        return new EstimateStep(step.id(), PolicyView.facts(step.facts()), step.bound(), step.fen(), in(step.text()));
    }

    private String in(Text text) {
        return text.in(language.tag());
    }
}
