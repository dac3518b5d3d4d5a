package io.anju.waitinglist;

import io.anju.api.model.AllocationResult;
import io.anju.api.model.AllocationResultPage;
import io.anju.api.model.MovementCause;
import io.anju.api.model.RegistrationScoreItem;
import io.anju.api.model.ScoreFact;
import io.anju.api.model.SubRank;
import io.anju.api.model.SubRankKind;
import io.anju.api.model.WaitingTime;
import io.anju.api.model.WaitingTimeStatus;
import io.anju.platform.http.Language;
import io.anju.platform.http.Page;
import io.anju.policy.ScoreItem;
import io.anju.policy.Text;
import io.anju.waitinglist.FlowStore.Kept;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.ResultStore.Result;
import io.anju.waitinglist.WaitingTimePolicy.Range;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** What is told of a place beside the place, in the contract's types. */
final class StandingContract {
    /** Smaller groups would lead to households. */
    static final int FEWEST_HOUSEHOLDS = 5;

    private static final int RANKS_A_STEP = 10;
    private static final Text NOT_ENOUGH_DATA =
            new Text("近两年配租数据不足，暂不估算轮候时间", "Not enough homes were allocated in the last two years to tell a time");
    private static final Text BEYOND_HORIZON = new Text(
            "按近 %d 个月配租 %d 户的进度，需二十年以上", "Based on %d months with %d households housed: more than twenty years");
    private static final Text OPEN = new Text(
            "按近 %d 个月配租 %d 户的进度估算，最早约 %d 个月，最晚可能超过二十年",
            "Based on %d months with %d households housed: %d months at the soonest, perhaps more than twenty years");
    private static final Text ESTIMATED = new Text(
            "按近 %d 个月配租 %d 户的进度估算，约 %d 至 %d 个月", "Based on %d months with %d households housed: about %d to %d months");
    private static final Text NO_RESULTS = new Text(
            "尚无可公布的配租结果（同一小区同一户型满 %d 户方予公布）",
            "No results yet: a size of home in an estate is told from %d households on");
    private static final Text RESULTS = new Text(
            "不足 %d 户的小区户型不予列示；序号按整十、资格时间按月公布",
            "Sizes of homes with fewer than %d households are left out; ranks in tens, days as months");

    private StandingContract() {}

    static SubRank subRank(SubRanks.SubRank one, Language language) {
        var kind =
                switch (one.kind()) {
                    case DISTRICT -> SubRankKind.DISTRICT;
                    case HOME_SIZE -> SubRankKind.HOME_SIZE;
                    case PRIORITY_CLASS -> SubRankKind.PRIORITY_CLASS;
                };
        return new SubRank(kind, one.key(), one.name().in(language.tag()), one.rank(), one.total(), one.ahead());
    }

    static RegistrationScoreItem item(ScoreItem item, Language language) {
        var bound = item.bound().in(language.tag());
        return new RegistrationScoreItem(
                item.id(),
                item.name().in(language.tag()),
                WaitingListContract.points(item.points()),
                WaitingListContract.points(item.maximum()),
                item.explanation().in(language.tag()),
                item.facts().entrySet().stream()
                        .map(fact -> new ScoreFact(fact.getKey(), fact.getValue()))
                        .toList(),
                bound.isEmpty() ? null : bound);
    }

    static MovementCause cause(Movements.Cause cause, Language language) {
        return new MovementCause(
                cause.code(), cause.households(), cause.change(), cause.text().in(language.tag()));
    }

    static @Nullable WaitingTime waitingTime(WaitingTimes.@Nullable WaitingTime told, Language language) {
        if (told == null) {
            return null;
        }
        var kept = told.kept();
        return kept == null ? notEnoughData(language) : waitingTime(kept, told.range(), language);
    }

    private static WaitingTime notEnoughData(Language language) {
        return new WaitingTime(
                WaitingTimeStatus.NOT_ENOUGH_DATA,
                WaitingTimePolicy.METHOD,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                NOT_ENOUGH_DATA.in(language.tag()));
    }

    private static WaitingTime waitingTime(Kept kept, @Nullable Range range, Language language) {
        var verdict = kept.verdict();
        boolean isChecked = verdict.checked() >= WaitingTimePolicy.LEAST_CHECKED;
        return new WaitingTime(
                range == null ? WaitingTimeStatus.BEYOND_HORIZON : WaitingTimeStatus.ESTIMATED,
                WaitingTimePolicy.METHOD,
                kept.flow().months(),
                kept.flow().housed(),
                kept.homeRooms() == 0 ? null : kept.homeRooms(),
                range == null ? null : range.soonest(),
                range == null ? null : range.latest(),
                isChecked ? verdict.checked() : null,
                isChecked ? verdict.hits() : null,
                text(kept, range, language));
    }

    private static String text(Kept kept, @Nullable Range range, Language language) {
        int months = kept.flow().months();
        int housed = kept.flow().housed();
        if (range == null) {
            return BEYOND_HORIZON.in(language.tag()).formatted(months, housed);
        }
        return range.latest() == null
                ? OPEN.in(language.tag()).formatted(months, housed, range.soonest())
                : ESTIMATED.in(language.tag()).formatted(months, housed, range.soonest(), range.latest());
    }

    static AllocationResultPage results(ListKey list, Page<Result> page, Language language) {
        var text = page.items().isEmpty() ? NO_RESULTS : RESULTS;
        return new AllocationResultPage(
                list.cityCode(),
                list.programme(),
                FEWEST_HOUSEHOLDS,
                text.in(language.tag()).formatted(FEWEST_HOUSEHOLDS),
                page.as(StandingContract::result),
                page.nextCursor());
    }

    private static AllocationResult result(Result result) {
        int within = (result.lowestRank() + RANKS_A_STEP - 1) / RANKS_A_STEP * RANKS_A_STEP;
        return new AllocationResult(
                result.group().year(),
                result.group().estateName(),
                result.group().homeRooms(),
                result.households(),
                within,
                YearMonth.from(result.latestQualifiedOn()).toString());
    }
}
