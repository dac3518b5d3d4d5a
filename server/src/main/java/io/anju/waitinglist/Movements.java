package io.anju.waitinglist;

import io.anju.policy.ScoreItem;
import io.anju.policy.Text;
import io.anju.waitinglist.Registration.ExitType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What moved a household between two generations, each cause with its share; the shares sum up to the whole move.
 *
 * @param since the day of the earlier generation
 */
public record Movements(
        LocalDate since,
        int rankBefore,
        int rankNow,
        BigDecimal scoreBefore,
        BigDecimal scoreNow,
        List<Reason> reasons,
        List<Cause> causes) {

    /**
     * One cause.
     *
     * @param code as in the contract, e.g. {@code left-ahead-housed}
     * @param households how many; none where the cause is one's own score
     * @param scoreItem which item of one's own score changed
     * @param points by how many points it changed
     * @param change of the rank; negative is towards the front
     */
    public record Reason(
            String code,
            @Nullable Integer households,
            @Nullable String scoreItem,
            @Nullable BigDecimal points,
            int change,
            Text text) {}

    /**
     * One of the causes that a move was taken apart into, from derivation to derivation.
     *
     * @param code as in the contract, e.g. {@code left-housed}
     * @param households how many; none where places were counted
     * @param change of the rank; negative is towards the front
     */
    public record Cause(String code, @Nullable Integer households, int change, Text text) {}

    /**
     * A household's rank and score in one generation.
     *
     * @param moved what has moved it up to there
     */
    record Place(LocalDate asOf, int rank, BigDecimal score, List<ScoreItem> items, MoveCounts moved) {}

    /**
     * Explains a move by what was counted from derivation to derivation between the two.
     *
     * <p>The reasons tell who left and who entered, and all the rest as the net of changed places; the causes tell all
     * of it apart.
     */
    static Movements explain(Place before, Place now) {
        var moved = now.moved().minus(before.moved());
        var reasons = new ArrayList<Reason>();
        int rest = now.rank() - before.rank();
        for (var type : ExitType.values()) {
            var cause = MoveCause.of(type);
            int change = moved.get(cause);
            rest -= change;
            if (change != 0) {
                reasons.add(households("left-ahead-" + type.id(), change, cause.text(change)));
            }
        }
        int entered = moved.get(MoveCause.ENTERED);
        rest -= entered;
        if (entered != 0) {
            reasons.add(households("registered-ahead", entered, MoveCause.ENTERED.text(entered)));
        }
        if (rest > 0) {
            reasons.add(households("passed-by", rest, MoveCause.filled(PASSED_BY, rest)));
        } else if (rest < 0) {
            reasons.add(households("passed", rest, MoveCause.filled(PASSED, -rest)));
        }
        reasons.addAll(ownScore(before.items(), now.items()));
        return new Movements(
                before.asOf(),
                before.rank(),
                now.rank(),
                before.score(),
                now.score(),
                List.copyOf(reasons),
                causes(moved, now.rank() - before.rank()));
    }

    private static List<Cause> causes(MoveCounts moved, int whole) {
        var causes = new ArrayList<Cause>();
        for (var cause : MoveCause.values()) {
            int change = moved.get(cause);
            if (change != 0) {
                var households = cause.countsHouseholds() ? Math.abs(change) : null;
                causes.add(new Cause(cause.code(), households, change, cause.text(change)));
            }
        }
        int uncounted = whole - moved.sum();
        if (uncounted != 0) {
            causes.add(new Cause("uncounted", null, uncounted, MoveCause.filled(UNCOUNTED, Math.abs(uncounted))));
        }
        return List.copyOf(causes);
    }

    private static final Text PASSED_BY =
            new Text("积分变化相抵之后，%d 户排到本户前面", "%d {household|households} went past this one on points, net");
    private static final Text PASSED =
            new Text("积分变化相抵之后，本户超过 %d 户", "this household went past %d {other|others} on points, net");

    /** Derivations from before causes were counted. */
    private static final Text UNCOUNTED =
            new Text("另有 %d 位的变化发生在逐项统计启用之前", "{a place|%d places} more moved before causes were counted one by one");

    private static Reason households(String code, int change, Text text) {
        return new Reason(code, Math.abs(change), null, null, change, text);
    }

    private static List<Reason> ownScore(List<ScoreItem> before, List<ScoreItem> now) {
        var reasons = new ArrayList<Reason>();
        for (var item : now) {
            var earlier = before.stream()
                    .filter(other -> other.id().equals(item.id()))
                    .map(ScoreItem::points)
                    .findFirst()
                    .orElse(BigDecimal.ZERO);
            var points = item.points().subtract(earlier);
            if (points.signum() != 0) {
                reasons.add(new Reason("own-score", null, item.id(), points, 0, ownText(item.name(), points)));
            }
        }
        return reasons;
    }

    private static Text ownText(Text name, BigDecimal points) {
        var sign = points.signum() > 0 ? "+" : "";
        var shown = sign + points.stripTrailingZeros().toPlainString();
        return new Text(
                "本户“" + name.zh() + "”" + shown + " 分", "this household's points for " + name.en() + ": " + shown);
    }
}
