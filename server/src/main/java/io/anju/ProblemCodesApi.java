package io.anju;

import io.anju.api.PlatformOperations;
import io.anju.api.model.ProblemCode;
import io.anju.api.model.ProblemCodeList;
import io.anju.api.model.ProblemText;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.problem.Catalogue;
import io.vertx.core.Future;

/** Publishes the catalogue of problems. */
final class ProblemCodesApi implements PlatformOperations {
    private final Future<Reply<ProblemCodeList>> answer;

    ProblemCodesApi(Catalogue catalogue) {
        var codes =
                catalogue.entries().stream().map(ProblemCodesApi::toContract).toList();
        this.answer = Future.succeededFuture(
                Reply.of(new ProblemCodeList(codes)).withHeader("Cache-Control", "public, max-age=3600"));
    }

    @Override
    public Future<Reply<ProblemCodeList>> listProblemCodes(Request request) {
        return answer;
    }

    private static ProblemCode toContract(Catalogue.Entry entry) {
        return new ProblemCode(
                entry.id(), entry.domain(), entry.status(), toContract(entry.title()), toContract(entry.detail()));
    }

    private static ProblemText toContract(Catalogue.Text text) {
        return new ProblemText(text.zhCn(), text.en());
    }
}
