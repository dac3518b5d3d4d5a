package io.anju.complaint;

import static io.anju.complaint.ComplaintProblem.COMPLAINTS_NOT_TAKEN;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_AREA_UNKNOWN;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_SUBJECT_INCOMPLETE;
import static io.anju.complaint.ComplaintProblem.KIND_NOT_TAKEN;
import static io.anju.complaint.ComplaintProblem.OBJECTION_UNKNOWN;
import static io.anju.complaint.ComplaintProblem.REPORT_BY_PROXY;
import static io.anju.complaint.ComplaintProblem.REPORT_NAMES_LAST_OFFICE;
import static io.anju.complaint.ComplaintProblem.TOO_MANY_COMPLAINTS;
import static io.anju.complaint.ComplaintProblem.UNKNOWN_COMPLAINT_CATEGORY;

import io.anju.application.ReceiptNumber;
import io.anju.complaint.Complaint.Content;
import io.anju.complaint.Complaint.Subject;
import io.anju.complaint.Complaint.SubjectType;
import io.anju.complaint.Happening.Kind;
import io.anju.complaint.Happening.Note;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.ComplaintClock;
import io.anju.policy.ComplaintDesk;
import io.anju.policy.ComplaintDesk.Category;
import io.anju.policy.ComplaintKind;
import io.anju.policy.PolicyDocument;
import io.anju.publicity.ObjectionService;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes complaints in. Whoever files one need not have an account: then there is nobody to hold things against. */
final class Filing {
    private static final int MOST_OPEN = 20;
    /** Numbers of reports are drawn, so that two of them do not tell which came first. */
    private static final int FIRST_DRAWN = 100_000_000;

    private static final int DRAWN = 900_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Casework work;
    private final Subjects subjects;
    private final ObjectionService objections;

    Filing(Casework work, Subjects subjects, ObjectionService objections) {
        this.work = work;
        this.subjects = subjects;
        this.objections = objections;
    }

    /**
     * What is handed in.
     *
     * @param residentId null where nobody gives a name
     * @param proxyId the account of who files it for the resident; null where nobody does
     * @param areaCode where it happened
     * @param objection tracking number of an objection that it is about
     */
    record Order(
            @Nullable UUID residentId,
            @Nullable UUID proxyId,
            String cityCode,
            ComplaintKind kind,
            String category,
            @Nullable String areaCode,
            @Nullable Subject subject,
            Content content,
            @Nullable String objection) {}

    /** What was taken in, and the text by which others about the same thing are found. */
    record Filed(Complaint complaint, String about) {}

    Future<Filed> file(Tx tx, Order order, Instant now) {
        return holdFiler(tx, order)
                .compose(held -> examine(tx, order, now))
                .compose(plan -> insert(tx, order, plan, now));
    }

    /** An account that is being joined to another takes no complaint with it that is filed meanwhile. */
    private Future<Void> holdFiler(Tx tx, Order order) {
        var resident = order.residentId();
        return resident == null ? Future.succeededFuture() : work.identities.hold(tx, resident);
    }

    /** Where it goes, and by which rules. */
    record Plan(
            Category category,
            PolicyDocument document,
            OfficeRef office,
            @Nullable String areaCode,
            @Nullable UUID objectionId) {}

    /** Refuses what cannot be filed, and writes nothing. */
    Future<Plan> examine(Tx tx, Order order, Instant now) {
        var desk = desk(order);
        var category = category(desk, order);
        requireInPerson(order);
        requireWholeSubject(order);
        requireArea(order);
        return requireFewOpen(tx, order)
                .compose(few -> Future.all(area(tx, order), objection(tx, order), rules(tx, desk, order, now)))
                .map(read -> {
                    Optional<String> area = read.resultAt(0);
                    Optional<UUID> objection = read.resultAt(1);
                    PolicyDocument document = read.resultAt(2);
                    var office = route(order, category, area.orElse(null));
                    return new Plan(category, document, office, area.orElse(null), objection.orElse(null));
                });
    }

    private ComplaintDesk desk(Order order) {
        return work.policies
                .findCity(order.cityCode())
                .flatMap(city -> Optional.ofNullable(city.complaints()))
                .orElseThrow(() -> Refusal.at("/cityCode", COMPLAINTS_NOT_TAKEN));
    }

    private static Category category(ComplaintDesk desk, Order order) {
        var category =
                desk.category(order.category()).orElseThrow(() -> Refusal.at("/category", UNKNOWN_COMPLAINT_CATEGORY));
        if (!category.kinds().contains(order.kind())) {
            throw Refusal.at("/kind", KIND_NOT_TAKEN);
        }
        return category;
    }

    /** The record of what a proxy did tells who was represented and when: of reporters nothing may. */
    private static void requireInPerson(Order order) {
        if (order.proxyId() != null && order.kind() == ComplaintKind.REPORT) {
            throw Refusal.at("/kind", REPORT_BY_PROXY);
        }
    }

    private void requireWholeSubject(Order order) {
        var subject = order.subject();
        if (subject == null) {
            return;
        }
        var content = order.content();
        var whole =
                switch (subject.type()) {
                    case OFFICE -> content.office() != null;
                    case PERSON -> content.personName() != null;
                    default -> subject.id() != null;
                };
        if (!whole) {
            throw Refusal.at("/subject", COMPLAINT_SUBJECT_INCOMPLETE);
        }
        var office = content.office();
        if (office != null) {
            work.requireOffice(office, order.cityCode(), "/subject/office");
        }
    }

    private void requireArea(Order order) {
        var area = order.areaCode();
        if (area != null && work.city(order.cityCode()).areaName(area).isEmpty()) {
            throw Refusal.at("/areaCode", COMPLAINT_AREA_UNKNOWN);
        }
    }

    private Future<Void> requireFewOpen(Tx tx, Order order) {
        var resident = order.residentId();
        return resident == null
                ? Future.succeededFuture()
                : work.complaints
                        .countOpen(tx, resident)
                        .compose(open -> open < MOST_OPEN
                                ? Future.succeededFuture()
                                : Refusal.failed(TOO_MANY_COMPLAINTS, Map.of("maximum", Integer.toString(MOST_OPEN))));
    }

    /** Where it is: as was said, or where the thing is. */
    private Future<Optional<String>> area(Tx tx, Order order) {
        var subject = order.subject();
        var resident = order.residentId();
        if (subject == null || !subject.type().isThing()) {
            return Future.succeededFuture(Optional.ofNullable(order.areaCode()));
        }
        return subjects.require(tx, resident, order.cityCode(), subject.type(), subject.id())
                .map(found -> Optional.ofNullable(order.areaCode() == null ? found.areaCode() : order.areaCode()));
    }

    private Future<Optional<UUID>> objection(Tx tx, Order order) {
        var trackingNumber = order.objection();
        return trackingNumber == null
                ? Future.succeededFuture(Optional.empty())
                : objections.findByTracking(tx, trackingNumber).map(found -> {
                    if (found.isEmpty()) {
                        throw Refusal.at("/objectionTrackingNumber", OBJECTION_UNKNOWN);
                    }
                    return found.map(objection -> objection.id());
                });
    }

    /** The rules in force today; refuses where they set no clock for this kind. */
    private Future<PolicyDocument> rules(Tx tx, ComplaintDesk desk, Order order, Instant now) {
        return work.policies
                .findInForce(tx, order.cityCode(), desk.programme(), Shanghai.date(now))
                .map(found -> found.filter(document ->
                                document.cases().clock(order.kind().clock()).isPresent())
                        .orElseThrow(() -> Refusal.at("/cityCode", COMPLAINTS_NOT_TAKEN)));
    }

    private static OfficeRef route(Order order, Category category, @Nullable String areaCode) {
        var named = order.kind() == ComplaintKind.REPORT ? order.content().office() : null;
        return ComplaintPolicy.route(category.office(), areaCode, order.cityCode(), named)
                .filter(office -> !ComplaintPolicy.intake(order.cityCode()).equals(named))
                .orElseThrow(() -> Refusal.of(
                        REPORT_NAMES_LAST_OFFICE, List.of(Finding.of("/subject/office", REPORT_NAMES_LAST_OFFICE))));
    }

    private Future<Filed> insert(Tx tx, Order order, Plan plan, Instant now) {
        var category = plan.category();
        var document = plan.document();
        var today = Shanghai.date(now);
        var clock = document.cases().clock(order.kind().clock()).orElseThrow();
        var standing = Standing.received(
                plan.office(), clock.refuseTransferBy(today, work.workingDays).orElse(null));
        var id = Ids.next(ComplaintPolicy.keptTime(order.kind(), now));
        var about = ComplaintPolicy.about(order.cityCode(), plan.areaCode(), order.subject(), order.content());
        return number(tx, order, today)
                .map(number -> new Complaint(
                        id,
                        number,
                        order.cityCode(),
                        order.kind(),
                        category.id(),
                        ComplaintPolicy.isJoinable(category.joinable(), order.kind(), order.subject()),
                        document.digest(),
                        order.residentId(),
                        order.subject(),
                        plan.objectionId(),
                        work.complaints.seal(id, order.kind(), order.content()),
                        standing,
                        1,
                        0,
                        today,
                        ComplaintPolicy.keptTime(order.kind(), now),
                        null))
                .compose(complaint -> work.complaints
                        .insert(tx, complaint, about, order.proxyId())
                        .compose(inserted -> begin(tx, complaint, clock, today, now))
                        .compose(begun -> work.complaints.get(tx, id)))
                .map(complaint -> new Filed(complaint, about));
    }

    private Future<String> number(Tx tx, Order order, LocalDate today) {
        var serial = order.kind() == ComplaintKind.REPORT
                ? Future.succeededFuture((long) FIRST_DRAWN + RANDOM.nextInt(DRAWN))
                : work.complaints.nextSerial(tx);
        return serial.map(drawn ->
                ReceiptNumber.of(order.cityCode(), today.getYear(), drawn).text());
    }

    /** Starts the first clock, and notes who has it and whom it names. */
    private Future<Void> begin(Tx tx, Complaint complaint, ComplaintClock clock, LocalDate today, Instant now) {
        var accepting = clock.accepting(today, work.workingDays);
        var stage = ComplaintPolicy.firstStage(accepting.isPresent());
        var due = accepting.orElseGet(() -> clock.handling(today, work.workingDays));
        var actor = complaint.residentId() == null ? Happening.Actor.ANONYMOUS : Happening.Actor.RESIDENT;
        return work.clocks
                .start(tx, complaint.id(), stage, today, due, complaint.filedAt())
                .compose(started -> work.parts.insertHolder(
                        tx, complaint.id(), complaint.standing().office(), complaint.filedAt()))
                .compose(held -> work.note(tx, complaint, new Note(Kind.FILED, actor, null, null, null, null), now))
                .compose(noted -> complaint.isReport() ? nameAll(tx, complaint) : Future.succeededFuture());
    }

    private Future<Void> nameAll(Tx tx, Complaint complaint) {
        var subject = complaint.subject();
        if (subject == null || subject.type().isThing()) {
            return Future.succeededFuture();
        }
        var content = work.complaints.open(complaint);
        var person = content.personName();
        var office = content.office();
        // a person's office is kept out too: colleagues talk
        Future<Void> named =
                office == null ? Future.succeededFuture() : work.parts.nameOffice(tx, complaint.id(), office);
        return named.compose(done -> person == null || subject.type() != SubjectType.PERSON
                ? Future.succeededFuture()
                : work.parts.nameKey(tx, complaint.id(), work.nameKey(person)));
    }
}
