package io.anju.waitinglist;

import io.anju.api.model.FreezeType;
import io.anju.api.model.MovementReason;
import io.anju.api.model.MovementReasonCode;
import io.anju.api.model.MyRegistration;
import io.anju.api.model.MyRegistrationSummary;
import io.anju.api.model.PublishedPlace;
import io.anju.api.model.ReceiptStanding;
import io.anju.api.model.ReceiptStandingState;
import io.anju.api.model.RegistrationExit;
import io.anju.api.model.RegistrationState;
import io.anju.api.model.WaitingListEntry;
import io.anju.platform.http.Language;
import io.anju.waitinglist.OwnStanding.MyStanding;
import io.anju.waitinglist.OwnStanding.Place;
import io.anju.waitinglist.RegisterStore.Listed;
import io.anju.waitinglist.StandingService.ReceiptState;
import io.anju.waitinglist.StandingStore.PublicLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** From the domain's types to the contract's. */
final class WaitingListContract {
    private static final int SCORE_PLACES = 4;

    private WaitingListContract() {}

    static WaitingListEntry entry(PublicLine shown, ListPart part) {
        var line = shown.line();
        return new WaitingListEntry(
                line.rank(),
                part instanceof ListPart.District ? line.districtRank() : null,
                part instanceof ListPart.HomeSize || part instanceof ListPart.OfClass ? part.place(shown) : null,
                shown.receiptNumber(),
                shown.maskedName(),
                shown.householdSize(),
                line.districtCode(),
                shown.category(),
                points(line.score()),
                shown.registeredOn());
    }

    static ReceiptStanding receipt(ReceiptState receipt) {
        var standing = receipt.standing();
        var state = ReceiptStandingState.of(receipt.state());
        return standing == null
                ? new ReceiptStanding(receipt.receiptNumber(), state, null, null, null)
                : new ReceiptStanding(
                        receipt.receiptNumber(), state, receipt.rank(), standing.total(), standing.asOf());
    }

    static io.anju.api.model.Registration registration(Listed listed) {
        var registration = listed.registration();
        var exit = registration.exit();
        var line = listed.line();
        var freeze = registration.isFrozen() ? registration.freeze() : null;
        return new io.anju.api.model.Registration(
                registration.id(),
                registration.applicationId(),
                registration.receiptNumber(),
                registration.maskedName(),
                registration.householdSize(),
                registration.list().cityCode(),
                registration.areaCode(),
                registration.list().programme(),
                registration.category(),
                registration.qualifiedOn(),
                registration.registeredOn(),
                state(registration),
                exit == null ? null : io.anju.api.model.ExitType.of(exit.type().id()),
                exit == null ? null : exit.occurredOn(),
                freeze == null ? null : FreezeType.of(freeze.type().id()),
                freeze == null ? null : freeze.from(),
                registration.waivers(),
                line == null ? null : line.rank(),
                line == null ? null : points(line.score()));
    }

    static RegistrationState state(Registration registration) {
        if (registration.exit() != null) {
            return RegistrationState.EXITED;
        }
        return registration.isFrozen() ? RegistrationState.FROZEN : RegistrationState.WAITING;
    }

    static MyRegistrationSummary summary(Registration registration) {
        return new MyRegistrationSummary(
                registration.id(),
                registration.applicationId(),
                registration.receiptNumber(),
                registration.list().cityCode(),
                registration.list().programme(),
                state(registration),
                registration.registeredOn());
    }

    static MyRegistration mine(MyStanding mine, Language language) {
        var registration = mine.registration();
        var place = mine.place();
        var moved = mine.movements();
        return new MyRegistration(
                registration.id(),
                registration.applicationId(),
                registration.receiptNumber(),
                registration.list().cityCode(),
                registration.list().programme(),
                state(registration),
                registration.qualifiedOn(),
                registration.registeredOn(),
                mine.policy().version(),
                mine.policy().digest(),
                place == null ? null : standing(place, language),
                moved == null ? null : movements(moved, language),
                StandingContract.waitingTime(mine.waitingTime(), language),
                published(mine.published()),
                exit(mine));
    }

    private static @Nullable PublishedPlace published(StandingService.@Nullable PublishedPlace place) {
        return place == null
                ? null
                : new PublishedPlace(place.publicationId(), place.period(), place.asOf(), place.rank(), place.total());
    }

    private static @Nullable RegistrationExit exit(MyStanding mine) {
        var exit = mine.registration().exit();
        var told = mine.exit();
        if (exit == null || told == null) {
            return null;
        }
        var reason = told.reason();
        return new RegistrationExit(
                io.anju.api.model.ExitType.of(exit.type().id()),
                exit.occurredOn(),
                reason.finding(),
                reason.basis(),
                reason.evidenceNumber(),
                reason.remedy(),
                exit.recordedAt(),
                told.barredUntil());
    }

    private static io.anju.api.model.Standing standing(Place place, Language language) {
        var line = place.line();
        var ofDistrict = place.subRanks().get(0);
        return new io.anju.api.model.Standing(
                place.standing().asOf(),
                place.standing().derivedAt(),
                line.rank(),
                place.standing().total(),
                line.ahead(),
                line.districtCode(),
                line.districtRank(),
                ofDistrict.total(),
                points(line.score()),
                place.score().items().stream()
                        .map(item -> StandingContract.item(item, language))
                        .toList(),
                place.subRanks().stream()
                        .map(one -> StandingContract.subRank(one, language))
                        .toList());
    }

    private static io.anju.api.model.Movements movements(Movements moved, Language language) {
        return new io.anju.api.model.Movements(
                moved.since(),
                moved.rankBefore(),
                moved.rankNow(),
                points(moved.scoreBefore()),
                points(moved.scoreNow()),
                moved.reasons().stream().map(reason -> reason(reason, language)).toList(),
                moved.causes().stream()
                        .map(cause -> StandingContract.cause(cause, language))
                        .toList());
    }

    private static MovementReason reason(Movements.Reason reason, Language language) {
        return new MovementReason(
                MovementReasonCode.of(reason.code()),
                reason.households(),
                reason.scoreItem(),
                signed(reason.points()),
                reason.change(),
                reason.text().in(language.tag()));
    }

    private static @Nullable String signed(@Nullable BigDecimal points) {
        if (points == null) {
            return null;
        }
        return (points.signum() > 0 ? "+" : "") + points(points);
    }

    /** Four decimals, as scores are published. */
    static String points(BigDecimal points) {
        return points.setScale(SCORE_PLACES, RoundingMode.HALF_UP).toPlainString();
    }
}
