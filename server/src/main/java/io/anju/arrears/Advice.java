package io.anju.arrears;

import io.anju.arrears.HardshipRequest.Plan;
import io.anju.arrears.HardshipRequest.PlanState;
import io.anju.policy.Arrears;
import io.anju.policy.ArrearsAnswer.Action;
import io.anju.policy.ArrearsFollowUp.Upcoming;
import io.anju.policy.Text;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a household in arrears is told in plain words: where it stands, what to do now, what follows otherwise; pure. */
final class Advice {
    private static final int FEN_DIGITS = 2;

    private static final Map<Action, Text> ACTIONS = Map.of(
            Action.KIND_REMINDER, new Text("发出缴费提醒", "a reminder"),
            Action.FORMAL_NOTICE, new Text("发出催缴通知书", "a formal notice"),
            Action.ESTATE_NOTICE, new Text("由运营单位上门催缴", "a visit by the operator of the estate"),
            Action.CREDIT_RECORD_PROPOSAL, new Text("提请工作人员决定是否记入信用记录", "a proposal of a credit record"),
            Action.COURT_FILE_PROPOSAL, new Text("提请工作人员决定是否起诉", "a proposal to go to court"));

    private Advice() {}

    static List<Text> of(Sheet sheet) {
        var standing = sheet.standing();
        var advice = new ArrayList<Text>();
        var owed = standing.arrears();
        advice.add(owed.map(Advice::owed).orElse(new Text("目前没有逾期租金。", "No rent is overdue.")));
        if (sheet.feesDueFen() > 0) {
            advice.add(new Text("另有滞纳金 {yuan} 元待缴。", "Late fees of {yuan} yuan are to be paid too.")
                    .with(Map.of("yuan", yuan(sheet.feesDueFen()))));
        }
        if (owed.isEmpty()) {
            return advice;
        }
        ArrearsPolicy.pausedUntil(standing.pauses(), standing.today())
                .map(Advice::paused)
                .ifPresent(advice::add);
        Optional.ofNullable(sheet.asked().plan())
                .filter(plan -> plan.state() == PlanState.RUNNING)
                .flatMap(Advice::instalment)
                .ifPresent(advice::add);
        sheet.next().map(Advice::next).ifPresent(advice::add);
        if (sheet.asked().proposals().stream().anyMatch(Proposal::isOpen)) {
            advice.add(new Text(
                    "有对您不利的提议正等待工作人员决定；缴清欠租后，提议自动失效。",
                    "Something that is to your disadvantage waits for a decision; it lapses once all rent is paid."));
        }
        relief(sheet).ifPresent(advice::add);
        return advice;
    }

    private static Text owed(Arrears owed) {
        return new Text(
                        "自 {since} 起尚欠租金 {yuan} 元，请尽快缴纳，也可以分次缴纳。",
                        "{yuan} yuan of rent are open since {since}; please pay soon, also in parts.")
                .with(Map.of("since", owed.unpaidSince().toString(), "yuan", yuan(owed.overdueFen())));
    }

    private static Text paused(LocalDate until) {
        return new Text(
                        "催缴暂停至 {until}，暂停期间不计滞纳金。",
                        "The follow-up is paused until {until}; no late fee grows meanwhile.")
                .with(Map.of("until", until.toString()));
    }

    private static Optional<Text> instalment(Plan plan) {
        return PlanPolicy.paid(plan.instalments(), plan.paidFen()).stream()
                .filter(one -> one.paidFen() < one.fen())
                .findFirst()
                .map(one -> new Text(
                                "分期缴纳中：请在 {on} 前缴纳第 {number} 期尚欠的 {yuan} 元，否则分期终止。",
                                "By instalments: {yuan} yuan of number {number} are due by {on}, or the plan ends.")
                        .with(Map.of(
                                "on", one.dueOn().toString(),
                                "number", String.valueOf(one.number()),
                                "yuan", yuan(one.fen() - one.paidFen()))));
    }

    private static Text next(Upcoming next) {
        var action = Objects.requireNonNull(ACTIONS.get(next.action()));
        return new Text(
                "如未缴清，最早于 " + next.earliestOn() + " " + action.zh() + "。",
                "If it stays unpaid, " + action.en() + " follows on " + next.earliestOn() + " at the earliest.");
    }

    /** What can be asked for, while nothing was asked for and nothing eases it already. */
    private static Optional<Text> relief(Sheet sheet) {
        if (sheet.asked().requests().stream().anyMatch(one -> one.state() == HardshipRequest.State.ASKED)) {
            return Optional.of(new Text("您的缓缴或分期申请正在审核。", "Your request is being decided on."));
        }
        var relief = sheet.standing().relief();
        var deferral = relief.deferral();
        var instalments = relief.instalments();
        if (sheet.standing().isPaused() || deferral == null && instalments == null) {
            return Optional.empty();
        }
        var zh = new ArrayList<String>();
        var en = new ArrayList<String>();
        if (deferral != null) {
            zh.add("缓缴（最长 " + deferral.longestDays() + " 天）");
            en.add("a deferral of up to " + deferral.longestDays() + " days");
        }
        if (instalments != null) {
            zh.add("分期缴纳（最多 " + instalments.most() + " 期）");
            en.add("up to " + instalments.most() + " instalments");
        }
        return Optional.of(new Text(
                "如有困难，可申请" + String.join("或", zh) + "；对账单有异议，可对该租赁提出投诉。",
                "In hardship you can ask for " + String.join(" or ", en)
                        + "; if a bill is wrong, complain about the lease."));
    }

    /** As people write money. */
    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, FEN_DIGITS).toPlainString();
    }
}
