package io.anju.waitinglist;

import io.anju.policy.Text;
import io.anju.waitinglist.Registration.ExitType;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Why a place moved from one derivation to the next.
 *
 * <p>Counts are kept by {@link #ordinal}: a new cause goes to the end.
 */
enum MoveCause {
    LEFT_HOUSED("前面有 %d 户已获配租", "%d {household|households} ahead {was|were} housed"),
    LEFT_WITHDRAWN("前面有 %d 户自愿退出", "%d {household|households} ahead withdrew"),
    LEFT_NO_LONGER_ELIGIBLE("前面有 %d 户不再符合条件", "%d {household|households} ahead {is|are} no longer eligible"),
    LEFT_DECEIT("前面有 %d 户因弄虚作假被取消登记", "%d {household|households} ahead {was|were} struck off for deceit"),
    LEFT_DECEASED("前面有 %d 户因申请人去世退出", "%d {household|households} ahead left after a death"),
    LEFT_WAIVED("前面有 %d 户弃选达到规定次数退出", "%d {household|households} ahead left after refusing offers"),
    LEFT_OTHER("前面有 %d 户因其他原因退出", "%d {household|households} ahead left for other reasons"),
    ENTERED(
            "新入册的 %d 户排在本户前面（含导入的原有登记）",
            "%d {household|households} entered the list ahead of this one (registers taken over included)"),
    /** Everybody is put in order by the new keys with the old points: counted in places. */
    RULES(
            "轮候排序规则更新，本户前移 %d 位",
            "new rules of the order moved this household {a place|%d places} forward",
            "轮候排序规则更新，本户后移 %d 位",
            "new rules of the order moved this household {a place|%d places} back"),
    OWN_POINTS(
            "本户积分变化，超过了 %d 户",
            "this household went past %d {other|others} as its own points changed",
            "本户积分变化，被 %d 户超过",
            "%d {household|households} went past this one as its own points changed"),
    /** Net of both directions: over months the same two may pass each other again and again. */
    ACCRUED(
            "其他家庭的积分随时间变化，相抵之后本户超过 %d 户",
            "as points of others changed with time, this household went past %d of them, net",
            "其他家庭的积分随时间变化，相抵之后 %d 户超过本户",
            "as their points changed with time, %d {household|households} went past this one, net"),
    RESCORED_AHEAD("%d 户重新评分后排到本户前面", "%d {household|households} went ahead after being scored anew"),
    RESCORED_BEHIND("%d 户重新评分后退到本户后面", "%d {household|households} fell behind after being scored anew"),
    DEFERRED("前面有 %d 户因弃选移至末尾", "%d {household|households} ahead {was|were} sent to the end after refusing offers"),
    OWN_DEFERRAL(
            "本户因弃选移至末尾，后移 %d 位", "this household was sent to the end after refusing offers: {a place|%d places} back");

    private static final Pattern ONE_OR_MORE = Pattern.compile("\\{([^|}]*)\\|([^}]*)}");
    private static final MoveCause[] ALL = values();
    static final int COUNT = ALL.length;

    private final Text forward;
    private final Text back;

    /** Moves one way only. */
    MoveCause(String zh, String en) {
        this(zh, en, zh, en);
    }

    /** Texts of a move towards the front and of one away from it; English says {@code {one|more}}. */
    MoveCause(String zhForward, String enForward, String zhBack, String enBack) {
        this.forward = new Text(zhForward, enForward);
        this.back = new Text(zhBack, enBack);
    }

    /** The name in the contract. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether its number counts households, not places. */
    boolean countsHouseholds() {
        return this != RULES && this != OWN_DEFERRAL;
    }

    /** @param change of the rank; negative is towards the front */
    Text text(int change) {
        return filled(change < 0 ? forward : back, Math.abs(change));
    }

    static Text filled(Text template, int number) {
        var en = ONE_OR_MORE.matcher(template.en()).replaceAll(number == 1 ? "$1" : "$2");
        return new Text(template.zh().formatted(number), en.formatted(number));
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
