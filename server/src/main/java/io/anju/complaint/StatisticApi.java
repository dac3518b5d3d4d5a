package io.anju.complaint;

import io.anju.api.ComplaintStatisticsOperations;
import io.anju.api.model.ComplaintStatistic;
import io.anju.api.model.ComplaintStatisticPage;
import io.anju.complaint.StatisticStore.After;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Page;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statistics of complaints over HTTP: for everyone, and for offices. */
public final class StatisticApi implements ComplaintStatisticsOperations {
    private static final String PUBLIC = "listComplaintStatistics";
    private static final String OFFICES = "listComplaintStatisticsOfOffices";
    private static final String FOR_FIVE_MINUTES = "public, max-age=300";
    /** As many lines as a city has offices times its categories, at most. */
    private static final int WHOLE_MONTH = 100_000;

    private final Statistics statistics;
    private final Cursors cursors;

    StatisticApi(Statistics statistics, Cursors cursors) {
        this.statistics = statistics;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<ComplaintStatisticPage>> listComplaintStatistics(
            Request request, String cityCode, String month, @Nullable String cursor, int limit) {
        var name = String.join("/", PUBLIC, cityCode, month);
        var first = first(month);
        var after = after(name, 3, cursor);
        var view = new StatisticView(statistics.city(cityCode), request.language());
        return statistics
                .countedAt(cityCode, first)
                .compose(counted -> statistics
                        .list(cityCode, first, after == null ? After.START : after, limit + 1)
                        .map(found -> cursors.pageBy(name, found, limit, StatisticApi::place))
                        .map(page -> Reply.of(page(cityCode, month, counted, page, view::forEveryone))
                                .withContentTag(tag(counted, request), FOR_FIVE_MINUTES)));
    }

    @Override
    public Future<Reply<Buffer>> downloadComplaintStatisticsCsv(Request request, String cityCode, String month) {
        var first = first(month);
        var view = new StatisticView(statistics.city(cityCode), request.language());
        return statistics
                .countedAt(cityCode, first)
                .compose(counted -> statistics
                        .list(cityCode, first, After.START, WHOLE_MONTH)
                        .map(found -> Reply.bytes(view.csv(month, found), "text/csv")
                                .withContentTag(tag(counted, request), FOR_FIVE_MINUTES)
                                .withHeader(
                                        "Content-Disposition",
                                        "attachment; filename=\"complaints-" + cityCode + "-" + month + ".csv\"")));
    }

    @Override
    public Future<Reply<ComplaintStatisticPage>> listComplaintStatisticsOfOffices(
            Request request, AreaCaller caller, String month, @Nullable String cursor, int limit) {
        var cityCode = caller.office().cityCode();
        var name = String.join("/", OFFICES, month);
        var first = first(month);
        var view = new StatisticView(statistics.city(cityCode), request.language());
        return statistics
                .listOfOffices(caller, first, after(name, 5, cursor), limit + 1)
                .map(found -> cursors.pageBy(name, found, limit, StatisticApi::detailedPlace))
                .map(page -> Reply.of(page(cityCode, month, Optional.empty(), page, view::forOffices)));
    }

    private static ComplaintStatisticPage page(
            String cityCode,
            String month,
            Optional<Instant> counted,
            Page<Statistic> page,
            Function<Statistic, ComplaintStatistic> view) {
        return new ComplaintStatisticPage(cityCode, month, counted.orElse(null), page.as(view), page.nextCursor());
    }

    private static LocalDate first(String month) {
        return YearMonth.parse(month).atDay(1);
    }

    /** The lines follow from the counting, and their names from the language. */
    private static String tag(Optional<Instant> counted, Request request) {
        return counted.map(Instant::toEpochMilli).orElse(0L) + "-"
                + request.language().tag();
    }

    private @Nullable After after(String name, int values, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        var place = cursors.open(name, values, cursor);
        return new After(
                place.get(0),
                place.get(1),
                place.get(2),
                values > 3 ? place.get(3) : "",
                values > 3 ? place.get(4) : "");
    }

    private static List<Object> place(Statistic last) {
        return List.of(last.category(), last.office().level(), last.office().areaCode());
    }

    private static List<Object> detailedPlace(Statistic last) {
        var detail = last.detail();
        return List.of(
                last.category(),
                last.office().level(),
                last.office().areaCode(),
                detail == null ? "" : detail.kind().id(),
                detail == null ? "" : detail.stage().id());
    }
}
