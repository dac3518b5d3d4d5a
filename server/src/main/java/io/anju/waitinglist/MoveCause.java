package io.anju.waitinglist;

import io.anju.policy.Text;
import io.anju.waitinglist.Registration.ExitType;
import java.util.Locale;

/**
 * Why a place moved from one derivation to the next.
 *
 * <p>Counts are kept by {@link #ordinal}: a new cause goes to the end.
 */
enum MoveCause {
    LEFT_HOUSED("前面有 %d 户已获配租", "%d ahead were housed"),
    LEFT_WITHDRAWN("前面有 %d 户自愿退出", "%d ahead withdrew"),
    LEFT_NO_LONGER_ELIGIBLE("前面有 %d 户不再符合条件", "%d ahead are no longer eligible"),
    LEFT_DECEIT("前面有 %d 户因弄虚作假被取消", "%d ahead were struck off for deceit"),
    LEFT_DECEASED("前面有 %d 户因申请人去世退出", "%d ahead left after a death"),
    LEFT_WAIVED("前面有 %d 户弃选达到规定次数退出", "%d ahead left after refusing offers"),
    LEFT_OTHER("前面有 %d 户因其他原因退出", "%d ahead left for other reasons"),
    ENTERED("新登记的 %d 户排在前面", "%d newly registered ahead"),
    /** Everybody is put in order by the new keys with the old points: counted in places. */
    RULES("轮候排序规则更新，位次变化 %d 位", "the rules of the order changed: %d places"),
    OWN_POINTS("本户积分变化，与 %d 户换位", "own points changed: %d changed places with this household"),
    /** Net of both directions: over months the same two may pass each other again and again. */
    ACCRUED("他户积分随时间变化，净 %d 户换位", "points of others changed with time: %d, net"),
    RESCORED_AHEAD("%d 户重新评分后排到前面", "%d went ahead after they were scored anew"),
    RESCORED_BEHIND("%d 户重新评分后退到后面", "%d fell behind after they were scored anew"),
    DEFERRED("前面有 %d 户因弃选移至末尾", "%d ahead were sent to the end after refusing offers"),
    OWN_DEFERRAL("本户因弃选移至末尾，后移 %d 位", "sent to the end after refusing offers: %d places");

    private static final MoveCause[] ALL = values();
    static final int COUNT = ALL.length;

    private final String zh;
    private final String en;

    MoveCause(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    /** The name in the contract. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether its number counts households, not places. */
    boolean countsHouseholds() {
        return this != RULES && this != OWN_DEFERRAL;
    }

    Text text(int number) {
        return new Text(zh.formatted(number), en.formatted(number));
    }

    /** The cause that an exit is for those behind. */
    static MoveCause of(ExitType type) {
        var name = "LEFT_" + type.name();
        for (var cause : ALL) {
            if (cause.name().equals(name)) {
                return cause;
            }
        }
        return LEFT_OTHER;
    }
}
