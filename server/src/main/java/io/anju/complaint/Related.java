package io.anju.complaint;

import io.anju.application.ApplicationService;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.ResidentCaller;
import io.anju.publicity.Objection;
import io.anju.publicity.ObjectionService;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Objections to notices, re-reviews and complaints about one thing, seen from each of them. */
final class Related {
    private final Casework work;
    private final ReadingDesk reading;
    private final ApplicationService applications;
    private final ObjectionService objections;
    private final OwnStore own = new OwnStore();

    Related(Casework work, ReadingDesk reading, ApplicationService applications, ObjectionService objections) {
        this.work = work;
        this.reading = reading;
        this.applications = applications;
        this.objections = objections;
    }

    /** @param applicationState where the application stands; null where it is about none */
    record Matters(List<Objection> objections, @Nullable String applicationState, List<Complaint> complaints) {}

    Future<Matters> of(AreaCaller caller, UUID complaintId) {
        return reading.seen(caller, complaintId).compose(complaint -> {
            var subject = complaint.subject();
            var thing = subject == null ? null : subject.id();
            return Future.all(
                            thing == null && complaint.objectionId() == null
                                    ? Future.succeededFuture(List.<Objection>of())
                                    : objections.listAbout(work.db, caller.office(), thing, complaint.objectionId()),
                            applicationState(complaint))
                    .compose(read -> {
                        List<Objection> found = read.resultAt(0);
                        Optional<String> state = read.resultAt(1);
                        return others(caller, complaint, thing, found)
                                .map(others -> new Matters(found, state.orElse(null), others));
                    });
        });
    }

    private Future<List<Complaint>> others(
            AreaCaller caller, Complaint complaint, @Nullable UUID thing, List<Objection> found) {
        var objected = Stream.concat(
                        found.stream().map(Objection::id), Optional.ofNullable(complaint.objectionId()).stream())
                .distinct()
                .toList();
        return thing == null && objected.isEmpty()
                ? Future.succeededFuture(List.of())
                : reading.about(caller, thing == null ? List.of() : List.of(thing), objected, complaint.id());
    }

    private Future<Optional<String>> applicationState(Complaint complaint) {
        var application = complaint.applicationId();
        return application.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : applications
                        .findCase(work.db, application.get())
                        .map(found -> found.map(file -> file.state().id()));
    }

    /** As whoever filed it sees it: their own matters, and of objections those that they quoted. */
    Future<Matters> ofOwn(ResidentCaller caller, UUID complaintId) {
        return work.own(work.db, caller, complaintId)
                .compose(complaint -> Future.all(
                                own.listRelated(work.db, caller.id(), complaint), applicationState(complaint))
                        .compose(read -> {
                            List<Complaint> others = read.resultAt(0);
                            Optional<String> state = read.resultAt(1);
                            return objections
                                    .listOf(work.db, quoted(complaint, others))
                                    .map(found -> new Matters(found, state.orElse(null), others));
                        }));
    }

    private static List<UUID> quoted(Complaint complaint, List<Complaint> others) {
        return Stream.concat(Stream.of(complaint), others.stream())
                .flatMap(one -> Optional.ofNullable(one.objectionId()).stream())
                .distinct()
                .toList();
    }

    /** Complaints about an application of the caller's area. */
    Future<List<Complaint>> ofApplication(AreaCaller caller, UUID applicationId) {
        var office = caller.office();
        return applications
                .findCase(work.db, applicationId)
                .map(found -> found.filter(file ->
                        file.cityCode().equals(office.cityCode()) && ComplaintPolicy.covers(office, file.areaCode())))
                .map(ReadingDesk::orNotFound)
                .compose(file -> reading.about(caller, List.of(file.id()), List.of(), null));
    }

    /** Complaints that quote an objection, or are about its application or notice. */
    Future<List<Complaint>> ofObjection(AreaCaller caller, UUID objectionId) {
        return objections
                .findWithin(work.db, caller.office(), objectionId)
                .map(ReadingDesk::orNotFound)
                .compose(objection -> reading.about(
                        caller, List.of(objection.applicationId(), objection.noticeId()), List.of(objectionId), null));
    }
}
