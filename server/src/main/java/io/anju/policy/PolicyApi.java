package io.anju.policy;

import io.anju.api.PolicyOperations;
import io.anju.api.model.CityList;
import io.anju.api.model.EligibilityCheck;
import io.anju.api.model.EligibilityCheckRequest;
import io.anju.api.model.ProgrammeList;
import io.anju.platform.db.Db;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cities, programmes and eligibility checks over HTTP; all of it is public and none of it stores anything. */
public final class PolicyApi implements PolicyOperations {
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final int YEARS_AHEAD = 10;

    private final PolicyService service;
    private final Db db;

    public PolicyApi(PolicyService service, Db db) {
        this.service = service;
        this.db = db;
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
