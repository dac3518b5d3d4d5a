package io.anju.complaint;

import static io.anju.complaint.ComplaintProblem.SERVICE_FORM_INVALID;
import static io.anju.complaint.ComplaintProblem.SERVICE_SPAN_INVALID;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.api.Open311Operations;
import io.anju.complaint.ServiceStore.Shown;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.City;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Open311 GeoReport v2 over HTTP. Each document comes as JSON or XML, as the path ends. */
public final class Open311Api implements Open311Operations {
    private static final int MOST_DAYS = 90;
    private static final int MOST_NUMBERS = 50;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{16,64}");

    private final ServiceDesk desk;
    private final GeoReportView view;
    private final GeoReport form = new GeoReport();
    private final Db db;
    private final Once once;

    Open311Api(ServiceDesk desk, GeoReportView view, Db db, Once once) {
        this.desk = desk;
        this.view = view;
        this.db = db;
        this.once = once;
    }

    @Override
    public Future<Reply<Buffer>> getOpen311DiscoveryAsJson(Request request) {
        return answer("discovery", view.discovery(), true);
    }

    @Override
    public Future<Reply<Buffer>> getOpen311DiscoveryAsXml(Request request) {
        return answer("discovery", view.discovery(), false);
    }

    private Future<Reply<Buffer>> answer(String root, JsonNode content, boolean json) {
        return Future.succeededFuture(reply(root, content, json));
    }

    private Reply<Buffer> reply(String root, JsonNode content, boolean json) {
        return Reply.bytes(form.write(root, content, json), form.mediaType(json ? ".json" : ".xml"));
    }

    @Override
    public Future<Reply<Buffer>> listOpen311ServicesAsJson(Request request, @Nullable String jurisdictionId) {
        return services(request, jurisdictionId, true);
    }

    @Override
    public Future<Reply<Buffer>> listOpen311ServicesAsXml(Request request, @Nullable String jurisdictionId) {
        return services(request, jurisdictionId, false);
    }

    private Future<Reply<Buffer>> services(Request request, @Nullable String jurisdiction, boolean json) {
        var city = desk.city(jurisdiction);
        return answer("services", view.services(desk.services(city), request.language()), json);
    }

    @Override
    public Future<Reply<Buffer>> getOpen311Service(Request request, String service, @Nullable String jurisdictionId) {
        var found = desk.service(desk.city(jurisdictionId), withoutFormat(service));
        return answer("service_definition", view.definition(found), GeoReport.isJson(service));
    }

    /** What stands before the last dot; the standard puts the format behind it. */
    private static String withoutFormat(String segment) {
        int dot = segment.lastIndexOf('.');
        return dot < 0 ? segment : segment.substring(0, dot);
    }

    @Override
    public Future<Reply<Buffer>> listOpen311RequestsAsJson(
            Request request,
            @Nullable String jurisdictionId,
            @Nullable String serviceRequestId,
            @Nullable String serviceCode,
            @Nullable String startDate,
            @Nullable String endDate,
            @Nullable String status) {
        return requests(
                request, jurisdictionId, serviceRequestId, new Filter(serviceCode, startDate, endDate, status), true);
    }

    @Override
    public Future<Reply<Buffer>> listOpen311RequestsAsXml(
            Request request,
            @Nullable String jurisdictionId,
            @Nullable String serviceRequestId,
            @Nullable String serviceCode,
            @Nullable String startDate,
            @Nullable String endDate,
            @Nullable String status) {
        return requests(
                request, jurisdictionId, serviceRequestId, new Filter(serviceCode, startDate, endDate, status), false);
    }

    private record Filter(
            @Nullable String codes,
            @Nullable String start,
            @Nullable String end,
            @Nullable String status) {}

    private Future<Reply<Buffer>> requests(
            Request request, @Nullable String jurisdiction, @Nullable String numbers, Filter filter, boolean json) {
        var city = desk.city(jurisdiction);
        var asked = list(numbers);
        if (asked.size() > MOST_NUMBERS) {
            throw Refusal.of(SERVICE_SPAN_INVALID);
        }
        // numbers win over every other condition, as the standard says
        var found = asked.isEmpty() ? filtered(request, city, filter) : desk.listByNumber(city, asked);
        return found.map(shown -> requests(city, shown, request, json));
    }

    private Reply<Buffer> requests(City city, List<Shown> shown, Request request, boolean json) {
        return reply("service_requests", view.requests(city, shown, request.language()), json);
    }

    private Future<List<Shown>> filtered(Request request, City city, Filter filter) {
        var to = date(filter.end()).orElse(request.today());
        var from = date(filter.start()).orElse(to.minusDays(MOST_DAYS));
        if (from.isBefore(to.minusDays(MOST_DAYS)) || from.isAfter(to)) {
            throw Refusal.of(SERVICE_SPAN_INVALID);
        }
        return desk.list(city, list(filter.codes()), from, to, isOpen(filter.status()));
    }

    private static Optional<LocalDate> date(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(given -> Shanghai.date(OffsetDateTime.parse(given).toInstant()));
        } catch (DateTimeException e) {
            throw Refusal.of(SERVICE_SPAN_INVALID);
        }
    }

    private static @Nullable Boolean isOpen(@Nullable String status) {
        var asked = Set.copyOf(list(status));
        if (!Set.of("open", "closed").containsAll(asked)) {
            throw Refusal.of(SERVICE_SPAN_INVALID);
        }
        return asked.size() == 1 ? asked.contains("open") : null;
    }

    private static List<String> list(@Nullable String text) {
        return text == null || text.isBlank()
                ? List.of()
                : List.of(text.split(",", -1)).stream()
                        .map(String::strip)
                        .distinct()
                        .toList();
    }

    @Override
    public Future<Reply<Buffer>> getOpen311Request(
            Request request, String serviceRequest, @Nullable String jurisdictionId) {
        var city = desk.city(jurisdictionId);
        return desk.get(city, withoutFormat(serviceRequest))
                .map(shown -> requests(city, List.of(shown), request, GeoReport.isJson(serviceRequest)));
    }

    @Override
    public Future<Reply<Buffer>> getOpen311Token(Request request, String token, @Nullable String jurisdictionId) {
        return desk.get(desk.city(jurisdictionId), withoutFormat(token))
                .map(shown -> reply("service_requests", view.token(shown), GeoReport.isJson(token)));
    }

    @Override
    public Future<Reply<Buffer>> fileOpen311RequestAsJson(Request request, @Nullable String jurisdictionId) {
        return file(request, jurisdictionId, true);
    }

    @Override
    public Future<Reply<Buffer>> fileOpen311RequestAsXml(Request request, @Nullable String jurisdictionId) {
        return file(request, jurisdictionId, false);
    }

    private Future<Reply<Buffer>> file(Request request, @Nullable String jurisdiction, boolean json) {
        var filled = ServiceForm.parse(request.body());
        var named = filled.find("jurisdiction_id", 20);
        var city = desk.city(named.isPresent() ? named.get() : jurisdiction);
        var now = request.now();
        return desk.admit(city, filled.apiKey(), request.remoteAddress(), now).compose(partner -> {
            Function<Tx, Future<Reply<Buffer>>> filing = tx -> desk.file(tx, city, partner, filled, now)
                    .map(number -> reply("service_requests", view.filed(number), json));
            return isKeyed(request) ? once.run(request, filing) : db.inTransaction(filing);
        });
    }

    /** The standard knows no keys: whoever sends one gets what it is for. */
    private static boolean isKeyed(Request request) {
        var key = request.header("Idempotency-Key");
        if (key != null && !KEY.matcher(key).matches()) {
            throw Refusal.of(SERVICE_FORM_INVALID, Map.of("field", "Idempotency-Key"));
        }
        return key != null;
    }
}
