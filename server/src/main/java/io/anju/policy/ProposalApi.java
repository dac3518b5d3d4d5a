package io.anju.policy;

import io.anju.api.PolicyProposalOperations;
import io.anju.api.model.DecidePolicyProposalRequest;
import io.anju.api.model.PolicyProposalDetail;
import io.anju.api.model.PolicyProposalPage;
import io.anju.api.model.PolicyProposalState;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.policy.PolicyProposal.State;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Proposals of rules over HTTP. */
public final class ProposalApi implements PolicyProposalOperations {
    private static final String PROPOSALS = "listPolicyProposals";
    private static final int REASON_MAX_CHARS = 500;
    private static final int MAX_DIFFERENCES = 1_000;

    private final ProposalService service;
    private final Once once;
    private final Cursors cursors;

    public ProposalApi(ProposalService service, Once once, Cursors cursors) {
        this.service = service;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<io.anju.api.model.PolicyProposal>> proposePolicy(Request request, CityCaller caller) {
        var upload = request.upload();
        var reason = request.formField("reason", REASON_MAX_CHARS);
        var name = upload.fileName().isBlank() ? "policy.yaml" : upload.fileName();
        return once.run(
                request,
                () -> service.check(caller, name, upload.content().getBytes()),
                (tx, checked) -> service.propose(tx, caller, checked, reason, request.now())
                        .map(ProposalApi::proposal)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<PolicyProposalPage>> listPolicyProposals(
            Request request,
            CityCaller caller,
            @Nullable PolicyProposalState state,
            @Nullable String cursor,
            int limit) {
        var name = PROPOSALS + "/" + (state == null ? "" : state.wire());
        var wanted = state == null ? null : State.of(state.wire());
        var before = cursors.uuid(name, cursor);
        return service.list(caller, wanted, before, limit + 1).map(found -> {
            var page = cursors.page(name, found, limit, last -> last.id());
            return Reply.of(new PolicyProposalPage(page.as(ProposalApi::proposal), page.nextCursor()));
        });
    }

    @Override
    public Future<Reply<PolicyProposalDetail>> getPolicyProposal(Request request, CityCaller caller, UUID proposalId) {
        return service.show(caller, proposalId, request.today())
                .map(shown -> Reply.of(new PolicyProposalDetail(
                        proposal(shown.proposal()),
                        PolicyView.text(shown.document().meta().title()),
                        shown.written(),
                        shown.document().content(),
                        shown.differences().stream()
                                .limit(MAX_DIFFERENCES)
                                .map(difference -> new io.anju.api.model.PolicyDifference(
                                        difference.place(), difference.before(), difference.after()))
                                .toList())));
    }

    @Override
    public Future<Reply<io.anju.api.model.PolicyProposal>> approvePolicy(
            Request request, CityCaller caller, UUID proposalId, DecidePolicyProposalRequest body) {
        return decide(request, caller, proposalId, body, service::approve);
    }

    @Override
    public Future<Reply<io.anju.api.model.PolicyProposal>> rejectPolicyProposal(
            Request request, CityCaller caller, UUID proposalId, DecidePolicyProposalRequest body) {
        return decide(request, caller, proposalId, body, service::reject);
    }

    @Override
    public Future<Reply<io.anju.api.model.PolicyProposal>> withdrawPolicyProposal(
            Request request, CityCaller caller, UUID proposalId, DecidePolicyProposalRequest body) {
        return decide(request, caller, proposalId, body, service::withdraw);
    }

    private interface Decision {
        Future<PolicyProposal> apply(Tx tx, CityCaller caller, UUID proposalId, String reason, Instant now);
    }

    private Future<Reply<io.anju.api.model.PolicyProposal>> decide(
            Request request, CityCaller caller, UUID proposalId, DecidePolicyProposalRequest body, Decision decision) {
        return once.run(
                request,
                tx -> decision.apply(tx, caller, proposalId, body.reason(), request.now())
                        .map(ProposalApi::proposal)
                        .map(Reply::of));
    }

    private static io.anju.api.model.PolicyProposal proposal(PolicyProposal proposal) {
        var decision = proposal.decision();
        return new io.anju.api.model.PolicyProposal(
                proposal.id(),
                proposal.cityCode(),
                proposal.programme(),
                proposal.version(),
                proposal.digest(),
                proposal.effectiveFrom(),
                proposal.effectiveTo(),
                PolicyProposalState.valueOf(proposal.state().name()),
                proposal.proposedBy(),
                proposal.proposerOffice(),
                proposal.proposedAt(),
                proposal.reason(),
                decision == null ? null : decision.by(),
                decision == null ? null : decision.at(),
                decision == null ? null : decision.reason());
    }
}
