package io.anju.policy;

import io.anju.api.PolicyOperations;
import io.anju.api.model.CityList;
import io.anju.api.model.EligibilityCheck;
import io.anju.api.model.EligibilityCheckRequest;
import io.anju.api.model.PolicyDetail;
import io.anju.api.model.PolicyPage;
import io.anju.api.model.ProgrammeList;
import io.anju.platform.db.Db;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cities, programmes, documents and eligibility checks over HTTP; all of it is public and none of it stores anything. */
public final class PolicyApi implements PolicyOperations {
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final int YEARS_AHEAD = 10;
    private static final String POLICIES = "listPolicies";
    /** The content never changes; its last day and its standing may, and nobody should be told late. */
    private static final String KEPT_FOR_A_MINUTE = "public, max-age=60";

    private final PolicyService service;
    private final Db db;
    private final Cursors cursors;

    public PolicyApi(PolicyService service, Db db, Cursors cursors) {
        this.service = service;
        this.db = db;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<CityList>> listCities(Request request) {
        return Future.succeededFuture(Reply.of(new PolicyView(request.language()).cities(service.cities())));
    }

    @Override
    public Future<Reply<ProgrammeList>> listProgrammes(Request request, @Nullable String cityCode) {
        var view = new PolicyView(request.language());
        return service.list(db, cityCode, request.today())
                .map(documents -> documents.stream()
                        .filter(PolicyDocument::takesApplications)
                        .filter(document ->
                                service.findCity(document.cityCode()).isPresent())
                        .map(document -> view.programme(document, service.city(document.cityCode())))
                        .toList())
                .map(ProgrammeList::new)
                .map(Reply::of);
    }

    @Override
    public Future<Reply<PolicyPage>> listPolicies(
            Request request,
            @Nullable String cityCode,
            @Nullable String programme,
            @Nullable LocalDate on,
            @Nullable String cursor,
            int limit) {
        // a cursor is bound to its filters; one more than asked for tells whether there is a next page
        var name = String.join("/", POLICIES, orEmpty(cityCode), orEmpty(programme), on == null ? "" : on.toString());
        return service.browse(db, new PolicyFilter(cityCode, programme, on), place(name, cursor), limit + 1)
                .map(found -> {
                    var page = found.subList(0, Math.min(limit, found.size()));
                    var next = found.size() > limit ? cursor(name, page.get(limit - 1)) : null;
                    return Reply.of(new PolicyPage(
                            page.stream()
                                    .map(document -> PolicyView.entry(document, request.today()))
                                    .toList(),
                            next));
                });
    }

    private String cursor(String name, PolicyDocument last) {
        return cursors.seal(name, last.cityCode(), last.programme(), last.effectiveFrom());
    }

    private @Nullable PolicyPlace place(String name, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        var values = cursors.open(name, 3, cursor);
        return new PolicyPlace(values.get(0), values.get(1), LocalDate.parse(values.get(2)));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public Future<Reply<PolicyDetail>> getPolicy(Request request, String digest) {
        return service.find(db, digest)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found.get())
                        : Refusal.failed(PlatformProblem.NOT_FOUND))
                .map(document -> {
                    var entry = PolicyView.entry(document, request.today());
                    return Reply.of(new PolicyDetail(entry, document.content()))
                            .withContentTag(PolicyView.tag(entry), KEPT_FOR_A_MINUTE);
                });
    }

    @Override
    public Future<Reply<EligibilityCheck>> checkEligibility(Request request, EligibilityCheckRequest body) {
        var asOf = Objects.requireNonNullElse(body.asOf(), request.today());
        requireInRange(asOf, request.today());
        service.city(body.cityCode());
        var findings = DeclaredFacts.contradictions(body.household(), asOf);
        if (!findings.isEmpty()) {
            return Refusal.failed(PolicyProblem.CONTRADICTORY_FACTS, findings);
        }
        var facts = DeclaredFacts.facts(body.cityCode(), body.household());
        return service.inForce(db, body.cityCode(), body.programme(), asOf)
                .map(document -> new PolicyView(request.language()).check(document, facts, asOf))
                .map(Reply::of);
    }

    private static void requireInRange(LocalDate asOf, LocalDate today) {
        var last = today.plusYears(YEARS_AHEAD);
        if (asOf.isBefore(FIRST_DAY) || asOf.isAfter(last)) {
            var args = Map.of("from", FIRST_DAY.toString(), "to", last.toString());
            throw Refusal.of(
                    PolicyProblem.CONTRADICTORY_FACTS,
                    List.of(new Finding("/asOf", PolicyProblem.AS_OF_OUT_OF_RANGE, args)));
        }
    }
}
