package io.anju.complaint;

import io.anju.api.model.ComplaintOffice;
import io.anju.api.model.ComplaintOfficeLevel;
import io.anju.api.model.ComplaintStage;
import io.anju.api.model.ComplaintStatistic;
import io.anju.complaint.Statistic.Figures;
import io.anju.platform.http.Language;
import io.anju.policy.City;
import io.anju.policy.Text;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Statistics as the contract shows them, with the names of one city in one language. */
final class StatisticView {
    private static final Text REPORTS = new Text("举报", "Reports of wrongdoing");
    private static final String HEADER =
            "month,category,categoryName,officeLevel,areaCode,officeName,suppressed,pledges,met,late,unanswered,"
                    + "extended,meanWorkingDays,medianWorkingDays,p90WorkingDays,rated,stars";

    private final City city;
    private final String language;

    StatisticView(City city, Language language) {
        this.city = city;
        this.language = language.tag();
    }

    ComplaintStatistic forEveryone(Statistic line) {
        return line(line, line.forEveryone());
    }

    ComplaintStatistic forOffices(Statistic line) {
        return line(line, line.forOffices());
    }

    private ComplaintStatistic line(Statistic line, @Nullable Figures figures) {
        var detail = line.detail();
        var office = line.office();
        var told = Optional.ofNullable(figures);
        return new ComplaintStatistic(
                line.category(),
                categoryName(line),
                new ComplaintOffice(ComplaintOfficeLevel.of(office.level()), office.areaCode()),
                officeName(line),
                detail == null
                        ? null
                        : io.anju.api.model.ComplaintKind.of(detail.kind().id()),
                detail == null ? null : ComplaintStage.of(detail.stage().id()),
                figures == null,
                told.map(Figures::pledges).orElse(null),
                told.map(Figures::met).orElse(null),
                told.map(Figures::late).orElse(null),
                told.map(Figures::unanswered).orElse(null),
                told.map(Figures::extended).orElse(null),
                told.map(Figures::meanDays).map(BigDecimal::toPlainString).orElse(null),
                told.map(Figures::medianDays).orElse(null),
                told.map(Figures::p90Days).orElse(null),
                told.map(Figures::rated).orElse(null),
                told.map(Figures::stars).map(BigDecimal::toPlainString).orElse(null));
    }

    private String categoryName(Statistic line) {
        return line.category().equals(Statistic.REPORTS)
                ? REPORTS.in(language)
                : Optional.ofNullable(city.complaints())
                        .flatMap(desk -> desk.category(line.category()))
                        .map(category -> category.name().in(language))
                        .orElse(line.category());
    }

    private String officeName(Statistic line) {
        return city.areaName(line.office().areaCode()).orElseGet(city::name).in(language);
    }

    Buffer csv(String month, List<Statistic> lines) {
        var rows = lines.stream().map(line -> row(month, line));
        return Buffer.buffer(Stream.concat(Stream.of(HEADER), rows).collect(Collectors.joining("\n", "", "\n")));
    }

    private String row(String month, Statistic line) {
        var shown = forEveryone(line);
        return Stream.of(
                        month,
                        shown.category(),
                        quoted(shown.categoryName()),
                        shown.office().level().wire(),
                        shown.office().areaCode(),
                        quoted(shown.officeName()),
                        shown.suppressed(),
                        shown.pledges(),
                        shown.met(),
                        shown.late(),
                        shown.unanswered(),
                        shown.extended(),
                        shown.meanWorkingDays(),
                        shown.medianWorkingDays(),
                        shown.p90WorkingDays(),
                        shown.rated(),
                        shown.stars())
                .map(value -> value == null ? "" : value.toString())
                .collect(Collectors.joining(","));
    }

    /** Names are a city's own words, which may hold commas. */
    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
