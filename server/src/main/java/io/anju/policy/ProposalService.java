package io.anju.policy;

import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyProposal.Decision;
import io.anju.policy.PolicyProposal.State;
import io.anju.policy.yaml.PolicyFault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How rules come into force over the API: one person proposes a document, a second one of the same city decides. */
public final class ProposalService {
    /** A document of rules is some thousand lines at most. */
    private static final int MAX_BYTES = 1 << 20;
    /** The contract's most errors of one answer. */
    private static final int MAX_FINDINGS = 200;
    /** The contract's longest detail, less what is said around the reason. */
    private static final int MAX_REASON_CHARS = 1_900;

    private final Vertx vertx;
    private final Db db;
    private final PolicyService policies;
    private final PolicyStore documents = new PolicyStore();
    private final ProposalStore store = new ProposalStore();

    public ProposalService(Vertx vertx, Db db, PolicyService policies) {
        this.vertx = vertx;
        this.db = db;
        this.policies = policies;
    }

    /** A document that was read and found in order, with the text it was read from. */
    public record Checked(PolicyDocument document, String written) {}

    /** A proposal as its reader sees it; the differences are those from the rules that are in force. */
    public record Shown(
            PolicyProposal proposal, PolicyDocument document, String written, List<PolicyDifference> differences) {}

    /** Rules that can be tried, and the proposal that they are of where they were never in force. */
    public record Candidate(
            PolicyDocument document, @Nullable UUID proposalId) {}

    /** The city's document or proposal with this digest; refuses where there is none. */
    public Future<Candidate> candidate(Sql sql, String cityCode, String digest) {
        return policies.find(sql, digest).compose(found -> {
            var document = found.filter(one -> one.cityCode().equals(cityCode));
            return document.isPresent()
                    ? Future.succeededFuture(new Candidate(document.get(), null))
                    : store.findByDigest(sql, digest, cityCode)
                            .map(proposal ->
                                    proposal.orElseThrow(() -> Refusal.at("/digest", PolicyProblem.POLICY_UNKNOWN)))
                            .compose(proposal -> store.texts(sql, proposal.id())
                                    .map(texts -> new Candidate(proposal.document(texts.content()), proposal.id())));
        });
    }

    /**
     * Reads a document as {@code policy check} does, for the caller's city; refuses with every fault and its line. Reading
     * and checking against the schema is work for worker code.
     */
    public Future<Checked> check(CityCaller caller, String fileName, byte[] bytes) {
        var city = policies.city(caller.office().cityCode());
        if (bytes.length > MAX_BYTES) {
            return Refusal.failed(PlatformProblem.PAYLOAD_TOO_LARGE, Map.of("maximum", Integer.toString(MAX_BYTES)));
        }
        return vertx.executeBlocking(() -> check(city, fileName, text(bytes)), false);
    }

    private static Checked check(City city, String fileName, String text) {
        var faults = PolicyFiles.check(fileName, text, city);
        if (!faults.isEmpty()) {
            throw Refusal.of(
                    PolicyProblem.FAULTY_POLICY,
                    faults.stream()
                            .limit(MAX_FINDINGS)
                            .map(ProposalService::finding)
                            .toList(),
                    Map.of("count", Integer.toString(faults.size())));
        }
        return new Checked(DocumentReader.read(fileName, text, city), text);
    }

    private static Finding finding(PolicyFault fault) {
        var reason = fault.reason();
        var args = Map.of(
                "line",
                Integer.toString(fault.line()),
                "reason",
                reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS));
        return new Finding("/file/lines/" + fault.line(), PolicyProblem.POLICY_FAULT, args);
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.of(PolicyProblem.FAULTY_POLICY, List.of(Finding.of("/file", PolicyProblem.POLICY_NOT_UTF8)));
        }
    }

    /** Stores the document for a second person to decide on. */
    public Future<PolicyProposal> propose(Tx tx, CityCaller caller, Checked checked, String reason, Instant now) {
        var document = checked.document();
        var id = Ids.next(now);
        return succession(tx, document, Shanghai.date(now))
                .compose(succession -> succession.findings().isEmpty()
                        ? store.insert(tx, id, document, checked.written(), reason, caller, now)
                        : Refusal.failed(PolicyProblem.FAULTY_POLICY, succession.findings()))
                .compose(stored -> record(tx, caller, "policy.proposed", id, document.digest(), reason))
                .compose(told -> get(tx, caller, id));
    }

    private Future<Succession> succession(Tx tx, PolicyDocument document, LocalDate today) {
        return documents
                .periods(tx, document.cityCode(), document.programme())
                .map(others -> Succession.of(document.meta(), document.digest(), others, today));
    }

    /**
     * Puts the document in force from its first day on; the rules before it end the day before. The proposer cannot: the
     * four eyes are two people's.
     */
    public Future<PolicyProposal> approve(Tx tx, CityCaller caller, UUID id, String reason, Instant now) {
        // two approvals, and the load of a starting instance, follow one another
        return documents
                .lockLoading(tx)
                .compose(locked -> undecided(tx, caller, id))
                .compose(proposal -> bySecondPerson(caller, proposal))
                .compose(proposal ->
                        document(tx, proposal).compose(document -> putInForce(tx, document, Shanghai.date(now))))
                .compose(stored -> decide(tx, caller, id, State.APPROVED, reason, now));
    }

    private Future<Void> putInForce(Tx tx, PolicyDocument document, LocalDate today) {
        return succession(tx, document, today).compose(succession -> {
            if (!succession.findings().isEmpty()) {
                return Refusal.failed(PolicyProblem.POLICY_CANNOT_FOLLOW, succession.findings());
            }
            var before = succession.toEnd();
            var ended = before == null
                    ? Future.<Void>succeededFuture()
                    : documents.endPeriod(
                            tx, before.digest(), document.effectiveFrom().minusDays(1));
            return ended.compose(done -> documents.insert(tx, document));
        });
    }

    /** Declines somebody else's proposal; final. */
    public Future<PolicyProposal> reject(Tx tx, CityCaller caller, UUID id, String reason, Instant now) {
        return undecided(tx, caller, id)
                .compose(proposal -> bySecondPerson(caller, proposal))
                .compose(proposal -> decide(tx, caller, id, State.REJECTED, reason, now));
    }

    /** Takes one's own proposal back; final. */
    public Future<PolicyProposal> withdraw(Tx tx, CityCaller caller, UUID id, String reason, Instant now) {
        return undecided(tx, caller, id)
                .compose(proposal -> proposal.proposedBy().equals(caller.id())
                        ? Future.succeededFuture(proposal)
                        : Refusal.failed(PolicyProblem.NOT_THE_PROPOSER))
                .compose(proposal -> decide(tx, caller, id, State.WITHDRAWN, reason, now));
    }

    private Future<PolicyProposal> undecided(Tx tx, CityCaller caller, UUID id) {
        return store.lock(tx, id, caller.office().cityCode())
                .compose(Refusal::orNotFound)
                .compose(proposal -> proposal.state() == State.PROPOSED
                        ? Future.succeededFuture(proposal)
                        : Refusal.failed(
                                PolicyProblem.PROPOSAL_DECIDED,
                                Map.of("state", proposal.state().id())));
    }

    private static Future<PolicyProposal> bySecondPerson(CityCaller caller, PolicyProposal proposal) {
        return proposal.proposedBy().equals(caller.id())
                ? Refusal.failed(PolicyProblem.SECOND_PERSON_REQUIRED)
                : Future.succeededFuture(proposal);
    }

    private Future<PolicyProposal> decide(Tx tx, CityCaller caller, UUID id, State state, String reason, Instant now) {
        return store.decide(tx, id, state, new Decision(caller.id(), now, reason))
                .compose(decided -> get(tx, caller, id))
                .compose(proposal -> record(tx, caller, "policy.proposal-" + state.id(), id, proposal.digest(), reason)
                        .map(proposal));
    }

    private static Future<Void> record(Tx tx, Caller caller, String what, UUID id, String digest, String reason) {
        return Audit.record(tx, caller, what, "policy-proposal", id, reason)
                .compose(audited -> Outbox.append(tx, what, id, "{\"digest\":\"" + digest + "\"}"));
    }

    private Future<PolicyProposal> get(Tx tx, CityCaller caller, UUID id) {
        return store.find(tx, id, caller.office().cityCode()).compose(Refusal::orNotFound);
    }

    /** The proposals of the caller's city, newest first. */
    public Future<List<PolicyProposal>> list(
            CityCaller caller, @Nullable State state, @Nullable UUID before, int limit) {
        return store.list(db, caller.office().cityCode(), state, before, limit);
    }

    /** A proposal of the caller's city with all of its text. */
    public Future<Shown> show(CityCaller caller, UUID id, LocalDate today) {
        return store.find(db, id, caller.office().cityCode())
                .compose(Refusal::orNotFound)
                .compose(proposal -> store.texts(db, id)
                        .compose(texts -> compared(proposal, today)
                                .compose(before -> vertx.executeBlocking(
                                        () -> shown(proposal, texts, before.orElse(null)), false))));
    }

    /** The rules that it would follow: those in force today, where the programme has any. */
    private Future<Optional<PolicyDocument>> compared(PolicyProposal proposal, LocalDate today) {
        return policies.findInForce(db, proposal.cityCode(), proposal.programme(), today);
    }

    private static Shown shown(PolicyProposal proposal, ProposalStore.Texts texts, @Nullable PolicyDocument before) {
        var document = proposal.document(texts.content());
        var differences = before == null ? List.<PolicyDifference>of() : PolicyFiles.diff(before, document);
        return new Shown(proposal, document, texts.written(), differences);
    }

    private Future<PolicyDocument> document(Tx tx, PolicyProposal proposal) {
        return store.texts(tx, proposal.id())
                .compose(texts -> vertx.executeBlocking(() -> proposal.document(texts.content()), false));
    }
}
