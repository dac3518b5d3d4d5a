package io.anju.waitinglist;

import io.anju.policy.ScoreItem;
import io.anju.policy.Text;
import io.anju.waitinglist.Registration.ExitType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        List<Reason> reasons) {

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

    /** A household's rank and score in one generation. */
    record Place(LocalDate asOf, int rank, BigDecimal score, List<ScoreItem> items) {}

    private static final Map<ExitType, Text> LEFT = Map.of(
            ExitType.HOUSED, new Text("前面有 %d 户已获配租", "%d ahead were housed"),
            ExitType.WITHDRAWN, new Text("前面有 %d 户自愿退出", "%d ahead withdrew"),
            ExitType.NO_LONGER_ELIGIBLE, new Text("前面有 %d 户不再符合条件", "%d ahead are no longer eligible"),
            ExitType.DECEIT, new Text("前面有 %d 户因弄虚作假被取消", "%d ahead were struck off for deceit"),
            ExitType.DECEASED, new Text("前面有 %d 户因申请人去世退出", "%d ahead left after a death"),
            ExitType.WAIVED, new Text("前面有 %d 户因多次弃选退出", "%d ahead left after refusing offers"),
            ExitType.OTHER, new Text("前面有 %d 户因其他原因退出", "%d ahead left for other reasons"));

    /**
     * Explains a move.
     *
     * <p>Those who left and those who entered ahead are counted from the register's facts. What is left of the move can
     * only be households that stay on the list and changed places with this one on points: told as the net of both
     * directions, so that telling it costs no comparison of two whole lists.
     *
     * @param leftAhead exits between the two generations of households that were ahead in the earlier one
     * @param registeredAhead registrations between the two that are ahead in the later one
     */
    static Movements explain(Place before, Place now, Map<ExitType, Integer> leftAhead, int registeredAhead) {
        var reasons = new ArrayList<Reason>();
        int left = 0;
        for (var type : ExitType.values()) {
            int count = leftAhead.getOrDefault(type, 0);
            left += count;
            if (count > 0) {
                reasons.add(households("left-ahead-" + type.id(), count, -count, textOf(type)));
            }
        }
        if (registeredAhead > 0) {
            reasons.add(households("registered-ahead", registeredAhead, registeredAhead, REGISTERED_AHEAD));
        }
        int changedPlaces = now.rank() - before.rank() + left - registeredAhead;
        if (changedPlaces > 0) {
            reasons.add(households("passed-by", changedPlaces, changedPlaces, PASSED_BY));
        } else if (changedPlaces < 0) {
            reasons.add(households("passed", -changedPlaces, changedPlaces, PASSED));
        }
        reasons.addAll(ownScore(before.items(), now.items()));
        return new Movements(
                before.asOf(), before.rank(), now.rank(), before.score(), now.score(), List.copyOf(reasons));
    }

    private static final Text REGISTERED_AHEAD = new Text("新登记的 %d 户排在前面", "%d newly registered ahead");
    private static final Text PASSED_BY =
            new Text("%d 户因积分变化排到前面（净数）", "%d more went ahead on points than fell behind");
    private static final Text PASSED = new Text("因积分变化超过 %d 户（净数）", "went past %d on points, net");

    private static Text textOf(ExitType type) {
        return Optional.ofNullable(LEFT.get(type)).orElseThrow();
    }

    private static Reason households(String code, int households, int change, Text template) {
        var text = new Text(template.zh().formatted(households), template.en().formatted(households));
        return new Reason(code, households, null, null, change, text);
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
        return new Text("本户“" + name.zh() + "”" + shown + " 分", "own points for " + name.en() + " " + shown);
    }
}
