package io.anju.policy;

import io.anju.api.PolicyOperations;
import io.anju.api.model.CityList;
import io.anju.api.model.EligibilityCheck;
import io.anju.api.model.EligibilityCheckRequest;
import io.anju.api.model.EntitlementEstimate;
import io.anju.api.model.EntitlementEstimateRequest;
import io.anju.api.model.PolicyDetail;
import io.anju.api.model.PolicyPage;
import io.anju.api.model.ProgrammeList;
import io.anju.platform.db.Db;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Language;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.WorkingDays;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cities, programmes, documents, eligibility checks and estimates over HTTP; all of it is public and none of it stores anything. */
public final class PolicyApi implements PolicyOperations {
    private static final String POLICIES = "listPolicies";
    /** The content never changes; its last day and its standing may, and nobody should be told late. */
    private static final String KEPT_FOR_A_MINUTE = "public, max-age=60";

    private final PolicyService service;
    private final Db db;
    private final Cursors cursors;
    private final WorkingDays calendar;

    public PolicyApi(PolicyService service, Db db, Cursors cursors, WorkingDays calendar) {
        this.service = service;
        this.db = db;
        this.cursors = cursors;
        this.calendar = calendar;
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
                    var page = cursors.pageBy(name, found, limit, PolicyApi::place);
                    return Reply.of(new PolicyPage(
                            page.as(document -> PolicyView.entry(document, request.today())), page.nextCursor()));
                });
    }

    private static List<Object> place(PolicyDocument last) {
        return List.of(last.cityCode(), last.programme(), last.effectiveFrom());
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
        requireAskable(body.cityCode(), asOf, AskedDays.on(request.today()));
        requireNone(DeclaredFacts.contradictions(body.household(), asOf));
        var facts = DeclaredFacts.facts(body.cityCode(), body.household());
        return service.inForce(db, body.cityCode(), body.programme(), asOf)
                .map(document -> new PolicyView(request.language()).check(document, facts, asOf))
                .map(Reply::of);
    }

    @Override
    public Future<Reply<EntitlementEstimate>> estimateEntitlement(Request request, EntitlementEstimateRequest body) {
        var asOf = Objects.requireNonNullElse(body.asOf(), request.today());
        var days = AskedDays.on(request.today());
        requireAskable(body.cityCode(), asOf, days);
        var findings = new ArrayList<>(DeclaredFacts.contradictions(body.household(), asOf));
        findings.addAll(DeclaredTenancy.contradictions(body.tenancy(), body.household(), asOf, days));
        requireNone(findings);
        return service.inForce(db, body.cityCode(), body.programme(), asOf)
                .map(document -> Reply.of(estimate(request.language(), document, body, asOf)));
    }

    private EntitlementEstimate estimate(
            Language language, PolicyDocument document, EntitlementEstimateRequest body, LocalDate asOf) {
        requireNone(DeclaredTenancy.unregulated(body.tenancy(), document.money()));
        var facts = DeclaredFacts.facts(body.cityCode(), body.household());
        var tenancy = DeclaredTenancy.tenancy(body.tenancy());
        return new EntitlementEstimate(
                new PolicyView(language).check(document, facts, asOf),
                new EstimateView(language).money(MoneyAnswers.of(document.money(), facts, tenancy, asOf, calendar)));
    }

    private void requireAskable(String cityCode, LocalDate asOf, AskedDays days) {
        if (!days.contain(asOf)) {
            requireNone(List.of(new Finding("/asOf", PolicyProblem.AS_OF_OUT_OF_RANGE, days.args())));
        }
        service.city(cityCode);
    }

    private static void requireNone(List<Finding> contradictions) {
        if (!contradictions.isEmpty()) {
            throw Refusal.of(PolicyProblem.CONTRADICTORY_FACTS, contradictions);
        }
    }
}
