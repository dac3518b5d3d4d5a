package io.anju.complaint;

import io.anju.api.model.ComplaintActor;
import io.anju.api.model.ComplaintAttachment;
import io.anju.api.model.ComplaintCategory;
import io.anju.api.model.ComplaintCategoryList;
import io.anju.api.model.ComplaintEvent;
import io.anju.api.model.ComplaintEventKind;
import io.anju.api.model.ComplaintFile;
import io.anju.api.model.ComplaintFiled;
import io.anju.api.model.ComplaintMark;
import io.anju.api.model.ComplaintOffice;
import io.anju.api.model.ComplaintOfficeLevel;
import io.anju.api.model.ComplaintPart;
import io.anju.api.model.ComplaintRating;
import io.anju.api.model.ComplaintReporter;
import io.anju.api.model.ComplaintSubject;
import io.anju.api.model.ComplaintSubjectType;
import io.anju.api.model.ComplaintSummary;
import io.anju.api.model.ComplaintViewed;
import io.anju.api.model.ComplaintWork;
import io.anju.api.model.RelatedComplaints;
import io.anju.api.model.RelatedMatters;
import io.anju.api.model.RelatedObjection;
import io.anju.api.model.SimilarComplaint;
import io.anju.complaint.Complaint.Content;
import io.anju.complaint.ComplaintPolicy.Mark;
import io.anju.platform.http.KnownCaller;
import io.anju.platform.http.Request;
import io.anju.platform.http.StaffCaller;
import io.anju.policy.City;
import io.anju.policy.ComplaintDesk;
import io.anju.policy.ComplaintKind;
import io.anju.policy.PolicyService;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Complaints as the contract shows them, in the caller's language and on the caller's day. */
final class ComplaintView {
    private final PolicyService policies;
    private final String language;
    private final LocalDate today;

    ComplaintView(PolicyService policies, Request request) {
        this.policies = policies;
        this.language = request.language().tag();
        this.today = request.today();
    }

    ComplaintCategoryList categories(ComplaintDesk desk) {
        return new ComplaintCategoryList(
                desk.categories().stream()
                        .map(category -> new ComplaintCategory(
                                category.id(),
                                category.name().in(language),
                                category.kinds().stream()
                                        .sorted(Comparator.naturalOrder())
                                        .map(ComplaintView::kind)
                                        .toList(),
                                category.joinable()))
                        .toList(),
                desk.anonymousReports());
    }

    ComplaintSummary summary(Complaint complaint) {
        var standing = complaint.standing();
        var city = policies.city(complaint.cityCode());
        var clock = complaint.clock();
        return new ComplaintSummary(
                complaint.id(),
                complaint.number(),
                complaint.cityCode(),
                kind(complaint.kind()),
                complaint.category(),
                categoryName(city, complaint.category()),
                io.anju.api.model.ComplaintState.of(complaint.state().id()),
                office(standing.office()),
                areaName(city, standing.office()),
                complaint.filedOn(),
                clock == null ? null : clock.dueOn(),
                standing.extended(),
                mark(ComplaintPolicy.mark(clock, today)),
                complaint.supporters(),
                standing.conclusive(),
                standing.reviewBy(),
                standing.reopenBy());
    }

    private static ComplaintMark mark(Mark mark) {
        return ComplaintMark.of(mark.name().toLowerCase(Locale.ROOT));
    }

    private String categoryName(City city, String id) {
        return Optional.ofNullable(city.complaints())
                .flatMap(desk -> desk.category(id))
                .map(category -> category.name().in(language))
                .orElse(id);
    }

    private String areaName(City city, OfficeRef office) {
        return city.areaName(office.areaCode()).orElseGet(city::name).in(language);
    }

    ComplaintFiled filed(Complaint complaint, List<Likeness.Like> like) {
        return new ComplaintFiled(
                summary(complaint),
                like.stream()
                        .map(one -> new SimilarComplaint(
                                one.complaint().id(),
                                one.complaint().number(),
                                io.anju.api.model.ComplaintState.of(
                                        one.complaint().state().id()),
                                one.complaint().filedOn(),
                                one.own(),
                                one.complaint().supporters(),
                                one.nearness()))
                        .toList());
    }

    /** @param content what was written; whoever joined sees none of it, nor what others said */
    io.anju.api.model.Complaint own(OwnDesk.Shown shown, Content content) {
        var complaint = shown.complaint();
        var filed = shown.filed();
        return new io.anju.api.model.Complaint(
                summary(complaint),
                filed ? ComplaintPart.FILER : ComplaintPart.SUPPORTER,
                filed ? subject(complaint, content) : null,
                filed ? content.text() : null,
                filed ? content.contact() : null,
                shown.events().stream().map(event -> event(event, filed)).toList(),
                shown.attachments().stream().map(ComplaintView::attachment).toList(),
                shown.rating()
                        .map(rating -> new ComplaintRating(rating.stars(), rating.text(), rating.at()))
                        .orElse(null),
                shown.views().stream()
                        .map(look -> new io.anju.api.model.ComplaintView(
                                look.at(), look.office(), ComplaintViewed.of(look.what()), look.reason()))
                        .toList());
    }

    /** @param transfer of the days in which it may be sent on */
    ComplaintWork work(Complaint complaint, Mark transfer, StaffCaller caller) {
        var standing = complaint.standing();
        return new ComplaintWork(
                summary(complaint),
                standing.supervised(),
                Objects.equals(standing.handlerId(), caller.id()),
                standing.handlerId() != null,
                !standing.office().is(caller.office()),
                standing.transferBy(),
                mark(transfer));
    }

    ComplaintFile file(ReadingDesk.File file, Content content, KnownCaller caller) {
        var complaint = file.complaint();
        var standing = complaint.standing();
        return new ComplaintFile(
                summary(complaint),
                standing.supervised(),
                Objects.equals(standing.handlerId(), caller.id()),
                standing.bound(),
                standing.transferBy(),
                subject(complaint, content),
                content.text(),
                file.joint().stream().map(ComplaintView::office).toList(),
                file.events().stream().map(event -> event(event, true)).toList(),
                file.attachments().stream().map(ComplaintView::attachment).toList());
    }

    static ComplaintReporter reporter(ReadingDesk.Reporter reporter, Content content) {
        var person = reporter.person();
        return new ComplaintReporter(
                person.isEmpty(),
                person.flatMap(found -> Optional.ofNullable(found.person()))
                        .map(bound -> bound.name())
                        .orElse(null),
                person.flatMap(found -> Optional.ofNullable(found.phone())).orElse(null),
                content.contact());
    }

    RelatedMatters related(Related.Matters matters) {
        return new RelatedMatters(
                matters.objections().stream()
                        .map(objection -> new RelatedObjection(
                                objection.id(),
                                io.anju.api.model.ObjectionState.of(
                                        objection.state().name().toLowerCase(Locale.ROOT)),
                                objection.receivedAt()))
                        .toList(),
                matters.applicationState(),
                matters.complaints().stream().map(this::summary).toList());
    }

    RelatedComplaints relatedComplaints(List<Complaint> complaints) {
        return new RelatedComplaints(complaints.stream().map(this::summary).toList());
    }

    /** Sizes of pictures that somebody sent elsewhere would tell who reported. */
    static ComplaintAttachment attachment(ComplaintFiles.Attachment file) {
        return new ComplaintAttachment(
                file.id(), file.mediaType(), file.padded() ? null : file.sizeBytes(), file.addedAt());
    }

    private static ComplaintEvent event(Happening event, boolean withText) {
        return new ComplaintEvent(
                event.id(),
                ComplaintEventKind.of(event.kind().id()),
                event.at(),
                ComplaintActor.of(event.actor().id()),
                event.office(),
                event.reason(),
                withText ? event.text() : null);
    }

    private static @Nullable ComplaintSubject subject(Complaint complaint, Content content) {
        var subject = complaint.subject();
        var office = content.office();
        return subject == null
                ? null
                : new ComplaintSubject(
                        ComplaintSubjectType.of(subject.type().id()),
                        subject.id(),
                        office == null ? null : office(office),
                        content.personName());
    }

    private static ComplaintOffice office(OfficeRef office) {
        return new ComplaintOffice(ComplaintOfficeLevel.of(office.level()), office.areaCode());
    }

    private static io.anju.api.model.ComplaintKind kind(ComplaintKind kind) {
        return io.anju.api.model.ComplaintKind.of(kind.id());
    }
}
