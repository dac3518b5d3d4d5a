package io.anju.application;

import io.anju.application.ApplicationViews.ReceiptView;
import io.anju.identity.IdentityService;
import io.anju.identity.Resident;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Sha256;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.policy.Relation;
import io.anju.policy.Step;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Handing in: the first submission, and the answer to a correction request. */
final class SubmissionService {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;

    private final Vault vault;
    private final PolicyService policies;
    private final IdentityService identities;
    private final ApplicationStore store;
    private final SubmissionStore submissions;
    private final CorrectionStore corrections;
    private final AttachmentStore attachments;
    private final Admission admission;
    private final Moves moves;

    SubmissionService(Vault vault, PolicyService policies, IdentityService identities, Pipeline pipeline) {
        this.vault = vault;
        this.policies = policies;
        this.identities = identities;
        this.store = new ApplicationStore(vault);
        this.submissions = new SubmissionStore(vault);
        this.corrections = new CorrectionStore(vault);
        this.attachments = new AttachmentStore(vault);
        this.admission = new Admission(vault, pipeline);
        this.moves = new Moves(store, pipeline);
    }

    /** What is about to be handed in. */
    private record Entry(
            Caller caller,
            Application application,
            PolicyDocument policy,
            Household household,
            Submission.Commitment commitment,
            List<Submission.Document> documents,
            @Nullable String note,
            Instant now) {

        boolean isFirst() {
            return application.handedIn() == null;
        }
    }

    /** Hands in the draft that still is the version that the caller read; gives what its receipt says. */
    Future<ReceiptView> submit(
            Tx tx, ResidentCaller caller, UUID id, long expected, boolean accepted, String signedName, Instant now) {
        return lockOwn(tx, caller, id)
                .map(application -> application.requireVersion(expected).requireDraft())
                .compose(draft -> Future.all(
                                policies.inForceForApplications(
                                        tx, draft.cityCode(), draft.programme(), Shanghai.date(now)),
                                store.draft(tx, id),
                                attachments.documents(tx, id),
                                identities.resident(tx, draft.residentId()))
                        .compose(read -> {
                            requireCommitment(accepted, signedName, read.resultAt(1));
                            requireBound(read.resultAt(3), read.resultAt(1));
                            return handIn(
                                    tx,
                                    new Entry(
                                            caller,
                                            draft,
                                            read.resultAt(0),
                                            read.resultAt(1),
                                            new Submission.Commitment(signedName, now),
                                            read.resultAt(2),
                                            null,
                                            now));
                        }));
    }

    /** Answers the correction request in time, with the household as it should be. */
    Future<CaseFile> answerCorrection(
            Tx tx, ResidentCaller caller, UUID id, Household household, @Nullable String note, Instant now) {
        return lockOwn(tx, caller, id)
                .compose(application -> requireInTime(tx, application, now))
                .compose(application -> Future.all(
                                policies.byDigest(
                                        tx, application.requireHandedIn().policyDigest()),
                                submissions.latest(tx, id),
                                attachments.documents(tx, id),
                                identities.resident(tx, application.residentId()))
                        .compose(read -> {
                            Submission before = read.resultAt(1);
                            requireBound(read.resultAt(3), household);
                            return handIn(
                                    tx,
                                    new Entry(
                                            caller,
                                            application,
                                            read.resultAt(0),
                                            household,
                                            before.commitment(),
                                            read.resultAt(2),
                                            note,
                                            now));
                        }))
                .compose(handed -> corrections
                        .answered(tx, id, now)
                        .map(handed.application().asCase()));
    }

    private Future<Application> lockOwn(Tx tx, ResidentCaller caller, UUID id) {
        return store.lock(tx, id)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .map(application -> application.requireOwner(caller));
    }

    private Future<Application> requireInTime(Tx tx, Application application, Instant now) {
        if (application.state() != ApplicationState.AWAITING_CORRECTION) {
            return Refusal.failed(ApplicationProblem.MOVE_NOT_ALLOWED);
        }
        return corrections.find(tx, application.id()).map(found -> {
            var dueOn = found.orElseThrow().dueOn();
            if (Shanghai.date(now).isAfter(dueOn)) {
                throw Refusal.of(ApplicationProblem.CORRECTION_OVERDUE, Map.of("dueOn", dueOn.toString()));
            }
            return application;
        });
    }

    private static void requireCommitment(boolean accepted, String signedName, Household household) {
        if (!accepted) {
            throw Refusal.at("/commitment/accepted", ApplicationProblem.COMMITMENT_NOT_ACCEPTED);
        }
        var isApplicant = household.members().stream()
                .anyMatch(member -> member.relation() == Relation.APPLICANT
                        && member.fullName().equals(signedName));
        if (!isApplicant) {
            throw Refusal.at("/commitment/signedName", ApplicationProblem.SIGNED_NAME_DIFFERS);
        }
    }

    /** Nobody applies in another's name: the applicant is the person whom the account is bound to. */
    private static void requireBound(Resident resident, Household household) {
        var person = resident.person();
        if (person == null) {
            throw Refusal.of(ApplicationProblem.IDENTITY_NOT_BOUND);
        }
        for (int i = 0; i < household.members().size(); i++) {
            var member = household.members().get(i);
            if (member.relation() == Relation.APPLICANT
                    && !member.nationalId().equals(person.nationalId().value())) {
                throw Refusal.at("/household/members/" + i + "/nationalId", ApplicationProblem.APPLICANT_NOT_BOUND);
            }
        }
    }

    private Future<ReceiptView> handIn(Tx tx, Entry entry) {
        requireWhole(entry);
        return admission
                .admit(tx, entry.application(), entry.household(), entry.now())
                .compose(serial -> file(tx, entry, serial));
    }

    /** Everything that contradicts and everything that is missing, at once. */
    private void requireWhole(Entry entry) {
        var today = Shanghai.date(entry.now());
        var household = entry.household();
        var city = policies.city(entry.application().cityCode());
        var contradictions = ApplicationPolicy.contradictions(household, city, today);
        var missing = ApplicationPolicy.hasOneApplicant(household) ? missingDocuments(entry) : List.<Finding>of();
        if (!contradictions.isEmpty()) {
            var all = new ArrayList<>(contradictions);
            all.addAll(missing);
            throw Refusal.of(ApplicationProblem.HOUSEHOLD_CONTRADICTORY, all);
        }
        if (!missing.isEmpty()) {
            throw Refusal.of(ApplicationProblem.APPLICATION_INCOMPLETE, missing);
        }
    }

    private static List<Finding> missingDocuments(Entry entry) {
        var facts = entry.household().facts(entry.application().cityCode(), null);
        var required = entry.policy().requiredDocuments(facts, Shanghai.date(entry.now()));
        var present = entry.documents().stream().map(Submission.Document::kind).collect(Collectors.toSet());
        return ApplicationPolicy.missingDocuments(required, present);
    }

    /** Writes the submission and hands the file to the step that works on it next. */
    private Future<ReceiptView> file(Tx tx, Entry entry, long serial) {
        var step = entry.policy().pipeline().get(entry.isFirst() ? 0 : stepIndex(entry));
        var fixed = fixed(entry, step.index(), serial);
        var content = CanonicalJson.write(content(entry));
        var filed = filed(entry, fixed, content);
        var kind = entry.isFirst() ? Event.Kind.SUBMITTED : Event.Kind.CORRECTION_ANSWERED;
        var move = Move.of(kind, Moves.stateAt(step), Actor.of(entry.caller()), entry.note(), entry.now());
        Moves.requireLegal(entry.application().state(), move.to());
        return submissions
                .handIn(tx, entry.application(), fixed, move, content, filed)
                .compose(handed -> handOn(tx, entry, handed.asCase(), kind, step)
                        .map(new ReceiptView(handed, entry.policy(), filed.receivedAt(handed.updatedAt()))));
    }

    private Future<Void> handOn(Tx tx, Entry entry, CaseFile file, Event.Kind kind, Step step) {
        return Future.all(
                        moves.announce(tx, file, kind),
                        Audit.record(tx, entry.caller(), "application.submitted", "application", file.id(), null))
                .compose(told -> moves.enter(tx, file, step, entry.now()));
    }

    private static int stepIndex(Entry entry) {
        return entry.application().requireHandedIn().stepIndex();
    }

    private static Application.HandedIn fixed(Entry entry, int stepIndex, long serial) {
        var household = entry.household();
        var before = entry.application().handedIn();
        var year = Shanghai.date(entry.now()).getYear();
        return new Application.HandedIn(
                stepIndex,
                stepIndex,
                before == null ? 1 : before.submissions() + 1,
                household.currentAddress().areaCode(),
                household.members().size(),
                Masking.name(household.applicant().fullName()),
                household.category(),
                entry.policy().digest(),
                before == null
                        ? ReceiptNumber.of(entry.application().cityCode(), year, serial)
                                .text()
                        : before.receiptNumber(),
                before == null ? entry.now() : before.submittedAt());
    }

    private static Submission content(Entry entry) {
        var salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Submission(
                entry.household(),
                entry.commitment(),
                entry.documents(),
                HexFormat.of().formatHex(salt));
    }

    private Submission.Filed filed(Entry entry, Application.HandedIn fixed, byte[] content) {
        var sha256 = Sha256.hex(content);
        var signedText = String.join(
                "|",
                "anju-receipt-1",
                fixed.receiptNumber(),
                Integer.toString(fixed.submissions()),
                entry.now().toString(),
                sha256,
                fixed.policyDigest());
        var signature = vault.sign(signedText.getBytes(StandardCharsets.UTF_8));
        return new Submission.Filed(fixed.submissions(), sha256, entry.now(), signedText, signature.text());
    }
}
