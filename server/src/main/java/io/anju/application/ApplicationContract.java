package io.anju.application;

import io.anju.api.model.ActorKind;
import io.anju.api.model.ApplicationFile;
import io.anju.api.model.ApplicationPage;
import io.anju.api.model.ApplicationReading;
import io.anju.api.model.ApplicationRefusal;
import io.anju.api.model.ApplicationStep;
import io.anju.api.model.ApplicationSummary;
import io.anju.api.model.FileAmendment;
import io.anju.api.model.ReadingPage;
import io.anju.api.model.Receipt;
import io.anju.api.model.ReceiptKey;
import io.anju.api.model.ReceiptSignature;
import io.anju.api.model.TimelineActor;
import io.anju.api.model.TimelineEvent;
import io.anju.api.model.TimelineEventKind;
import io.anju.api.model.TimelinePage;
import io.anju.platform.crypto.Signature;
import io.anju.platform.http.Language;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Our types in the contract's. */
final class ApplicationContract {
    private ApplicationContract() {}

    static io.anju.api.model.Application application(ApplicationViews.View view, Language language, Instant now) {
        var application = view.application();
        var fixed = application.handedIn();
        return new io.anju.api.model.Application(
                application.id(),
                application.cityCode(),
                application.programme(),
                state(application.state()),
                application.version(),
                fixed == null ? null : step(view.policy(), fixed.stepIndex(), language),
                fixed == null ? null : fixed.receiptNumber(),
                fixed == null ? null : fixed.submittedAt(),
                HouseholdContract.write(view.household()),
                attachments(view.attachments()),
                correction(view.correction()),
                refusal(view.refusal()),
                reReview(view),
                Actions.of(view, Shanghai.date(now)),
                application.createdAt(),
                application.updatedAt());
    }

    static ApplicationPage page(List<Application> applications, @Nullable String nextCursor) {
        return new ApplicationPage(
                applications.stream().map(ApplicationContract::summary).toList(), nextCursor);
    }

    private static ApplicationSummary summary(Application application) {
        var fixed = application.handedIn();
        return new ApplicationSummary(
                application.id(),
                application.cityCode(),
                application.programme(),
                state(application.state()),
                fixed == null ? null : fixed.receiptNumber(),
                fixed == null ? null : fixed.submittedAt(),
                application.createdAt(),
                application.updatedAt());
    }

    static ApplicationFile file(FileService.File file, Language language) {
        var view = file.view();
        var application = view.application();
        var fixed = application.requireHandedIn();
        return new ApplicationFile(
                application.id(),
                application.cityCode(),
                fixed.areaCode(),
                application.programme(),
                state(application.state()),
                step(view.policy(), fixed.stepIndex(), language),
                fixed.receiptNumber(),
                fixed.submittedAt(),
                fixed.submissions(),
                fixed.policyDigest(),
                file.filed().contentSha256(),
                HouseholdContract.write(view.household()),
                attachments(view.attachments()),
                correction(view.correction()),
                refusal(view.refusal()),
                file.events().stream()
                        .map(event -> event(event, view.policy(), language))
                        .toList(),
                file.amendments().stream()
                        .map(one -> new FileAmendment(
                                one.at(), one.item(), one.correct(), one.office(), one.phone(), one.addressLine()))
                        .toList());
    }

    static Receipt receipt(ApplicationViews.ReceiptView view, Language language) {
        var application = view.application();
        var fixed = application.requireHandedIn();
        var filed = view.filed();
        var signature = Signature.parse(filed.signature());
        return new Receipt(
                application.id(),
                fixed.receiptNumber(),
                application.cityCode(),
                application.programme(),
                view.policy().programmeName().in(language.tag()),
                fixed.maskedName(),
                fixed.householdSize(),
                filed.receivedAt(),
                filed.contentSha256(),
                fixed.policyDigest(),
                filed.number(),
                new ReceiptSignature(
                        signature.keyId(),
                        "Ed25519",
                        filed.signedText(),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(signature.value())));
    }

    /** As RFC 8037 writes an Ed25519 key. */
    static ReceiptKey receiptKey(String keyId, byte[] publicKey) {
        return new ReceiptKey(
                "OKP", "Ed25519", keyId, Base64.getUrlEncoder().withoutPadding().encodeToString(publicKey));
    }

    static TimelinePage timeline(
            ApplicationViews.TimelineView view, List<Event> shown, @Nullable String nextCursor, Language language) {
        return new TimelinePage(
                shown.stream()
                        .map(event -> event(event, view.policy(), language))
                        .toList(),
                nextCursor);
    }

    private static TimelineEvent event(Event event, @Nullable PolicyDocument policy, Language language) {
        var from = event.from();
        var stepIndex = event.stepIndex();
        return new TimelineEvent(
                event.id(),
                event.at(),
                TimelineEventKind.valueOf(event.kind().name()),
                new TimelineActor(
                        ActorKind.valueOf(event.actor().kind().name()),
                        event.actor().office(),
                        event.actor().proxy()),
                from == null ? null : state(from),
                state(event.to()),
                stepIndex == null ? null : step(policy, stepIndex, language),
                event.reasonCodes(),
                event.note());
    }

    static ReadingPage readings(List<ReadingStore.Reading> readings, @Nullable String nextCursor) {
        return new ReadingPage(
                readings.stream()
                        .map(reading ->
                                new ApplicationReading(reading.id(), reading.at(), reading.office(), reading.reason()))
                        .toList(),
                nextCursor);
    }

    static io.anju.api.model.Attachment attachment(Attachment attachment) {
        return new io.anju.api.model.Attachment(
                attachment.id(),
                attachment.kind(),
                attachment.fileName(),
                attachment.mediaType(),
                attachment.sizeBytes(),
                attachment.sha256(),
                attachment.uploadedAt());
    }

    private static List<io.anju.api.model.Attachment> attachments(List<Attachment> attachments) {
        return attachments.stream().map(ApplicationContract::attachment).toList();
    }

    private static io.anju.api.model.ApplicationState state(ApplicationState state) {
        return io.anju.api.model.ApplicationState.of(state.id());
    }

    private static @Nullable ApplicationStep step(@Nullable PolicyDocument policy, int index, Language language) {
        if (policy == null) {
            return null;
        }
        var step = policy.pipeline().get(index);
        return new ApplicationStep(index, step.id(), step.name().in(language.tag()));
    }

    private static io.anju.api.model.@Nullable Correction correction(Optional<CorrectionStore.Correction> found) {
        return found.map(correction -> new io.anju.api.model.Correction(
                        correction.requestedAt(),
                        correction.dueOn(),
                        correction.items().stream()
                                .map(item ->
                                        new io.anju.api.model.CorrectionItem(item.pointer(), item.code(), item.text()))
                                .toList(),
                        correction.answeredAt()))
                .orElse(null);
    }

    private static @Nullable ApplicationRefusal refusal(Optional<Event> found) {
        return found.map(event -> new ApplicationRefusal(event.at(), event.reasonCodes(), event.note()))
                .orElse(null);
    }

    private static io.anju.api.model.@Nullable ReReview reReview(ApplicationViews.View view) {
        var policy = view.policy();
        if (policy == null || view.refusal().isEmpty()) {
            return null;
        }
        var asked = view.reReview();
        return asked.isPresent()
                ? new io.anju.api.model.ReReview(
                        null, asked.get().requestedAt(), asked.get().dueOn())
                : new io.anju.api.model.ReReview(ReReviewTerms.possibleUntil(view.application(), policy), null, null);
    }
}
