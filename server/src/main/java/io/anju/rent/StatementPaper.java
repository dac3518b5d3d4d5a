package io.anju.rent;

import io.anju.lease.LeaseFile;
import io.anju.platform.paper.Paper;
import io.anju.platform.paper.Paper.Column;
import io.anju.policy.MoneyStep;
import io.anju.rent.Bill.Charge;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A statement as its household prints it (对账单): every movement, and beneath each bill how its amount came about. */
final class StatementPaper {
    private static final String TITLE = "租金对账单";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日");
    private static final int FEN_DIGITS = 2;
    private static final List<Column> MOVEMENTS =
            List.of(new Column(22, false), new Column(42, false), new Column(18, true), new Column(18, true));
    private static final List<Column> REASONS = List.of(new Column(22, false), new Column(78, false));
    private static final List<Column> SUMS = List.of(new Column(70, false), new Column(30, true));

    private StatementPaper() {}

    /** @param bills those that the statement's lines are about */
    record Content(Statement statement, LeaseFile file, Map<UUID, Bill> bills) {
        Content {
            bills = Map.copyOf(bills);
        }
    }

    /** Gives the PDF. Blocks: for worker threads. */
    static byte[] write(Content content) {
        return Paper.write(TITLE + " " + content.statement().leaseNumber(), paper -> {
            head(paper, content);
            sums(paper, content.statement());
            movements(paper, content);
            foot(paper);
        });
    }

    private static void head(Paper paper, Content content) {
        var lease = content.file().lease();
        var home = lease.home();
        var statement = content.statement();
        paper.line(Paper.TITLE, TITLE);
        paper.line(Paper.PLAIN, "合同编号：" + lease.number());
        paper.line(Paper.PLAIN, "承租人：" + lease.tenant().maskedName());
        paper.line(
                Paper.PLAIN,
                "房屋：" + home.estateName() + home.building() + home.number() + "，建筑面积 " + home.areaSqm() + " 平方米");
        paper.line(Paper.PLAIN, "收款单位：" + lease.provider());
        paper.line(Paper.PLAIN, "期间：" + day(statement.from()) + " 至 " + day(statement.to()));
        paper.rule();
    }

    private static void sums(Paper paper, Statement statement) {
        long charged = sum(statement, true);
        long settled = sum(statement, false);
        paper.row(Paper.PLAIN, SUMS, "期初应缴", yuan(statement.openingFen()));
        paper.row(Paper.PLAIN, SUMS, "本期增加", yuan(charged));
        paper.row(Paper.PLAIN, SUMS, "本期减少", yuan(settled));
        paper.row(
                Paper.TITLE - 6, SUMS, statement.closingFen() < 0 ? "期末预收（多缴）" : "期末应缴", yuan(statement.closingFen()));
        paper.rule();
    }

    private static long sum(Statement statement, boolean isCharge) {
        return statement.lines().stream()
                .mapToLong(Statement.Line::amountFen)
                .filter(fen -> fen > 0 == isCharge)
                .sum();
    }

    private static void movements(Paper paper, Content content) {
        paper.head(Paper.PLAIN, MOVEMENTS, "日期", "事项", "金额（元）", "余额（元）");
        paper.rule();
        if (content.statement().lines().isEmpty()) {
            paper.line(Paper.PLAIN, "本期没有发生额。");
        }
        for (var line : content.statement().lines()) {
            var bill = line.billId() == null ? null : content.bills().get(line.billId());
            var reasons = bill == null || line.amountFen() < 0 ? List.<String>of() : explain(content.file(), bill);
            paper.keepTogether(1 + reasons.size());
            paper.row(
                    Paper.PLAIN,
                    MOVEMENTS,
                    day(line.on()),
                    line.text(),
                    yuan(line.amountFen()),
                    yuan(line.balanceFen()));
            reasons.forEach(reason -> paper.row(Paper.SMALL, REASONS, "", reason));
        }
        paper.rule();
    }

    /** How the amount of a bill came about, in the words of the rules that it was worked out by. */
    private static List<String> explain(LeaseFile file, Bill bill) {
        var reasons = new ArrayList<String>();
        if (bill.charge() == Charge.RENT) {
            for (var terms : RentPolicy.termsOf(file, bill)) {
                terms.trace().stream()
                        .map(MoneyStep::text)
                        .map(text -> text.in("zh-CN"))
                        .filter(text -> !text.isBlank())
                        .forEach(reasons::add);
            }
        }
        if (bill.charge() != Charge.DEPOSIT) {
            var days = ChronoUnit.DAYS.between(bill.from(), bill.to()) + 1;
            reasons.add("账期 " + day(bill.from()) + " 至 " + day(bill.to()) + "，共 " + days + " 天，账单 "
                    + yuan(bill.amountFen()) + " 元");
        }
        if (bill.subsidyFen() > 0) {
            reasons.add("其中租金补贴 " + yuan(bill.subsidyFen()) + " 元，缴清自付部分后抵减");
        }
        if (bill.creditedFen() > 0) {
            reasons.add("已红冲 " + yuan(bill.creditedFen()) + " 元");
        }
        if (bill.reason() != null) {
            reasons.add("事由：" + bill.reason());
        }
        reasons.add("应于 " + day(bill.dueOn()) + " 前缴纳");
        return reasons;
    }

    private static void foot(Paper paper) {
        paper.line(Paper.SMALL, "金额单位为元。余额为负数时，表示已多缴，可抵以后的租金。");
        paper.line(Paper.SMALL, "各项金额与保障机构的总账一致；对金额有疑问的，可在小程序中投诉或向住房保障机构查询。");
    }

    private static String day(LocalDate day) {
        return day.format(DAY);
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, FEN_DIGITS).toPlainString();
    }
}
