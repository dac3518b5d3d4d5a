package io.anju.complaint;

import io.anju.application.ApplicationService;
import io.anju.platform.http.Caller;
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

    Related(Casework work, ReadingDesk reading, ApplicationService applications, ObjectionService objections) {
        this.work = work;
        this.reading = reading;
        this.applications = applications;
        this.objections = objections;
    }

    /** @param applicationState where the application stands; null where it is about none */
    record Matters(List<Objection> objections, @Nullable String applicationState, List<Complaint> complaints) {}

    Future<Matters> of(Caller caller, UUID complaintId) {
        return reading.seen(caller, complaintId).compose(complaint -> {
            var subject = complaint.subject();
            var thing = subject == null ? null : subject.id();
            return Future.all(
                            thing == null && complaint.objectionId() == null
                                    ? Future.succeededFuture(List.<Objection>of())
                                    : objections.listAbout(
                                            work.db, caller.requireOffice(), thing, complaint.objectionId()),
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
            Caller caller, Complaint complaint, @Nullable UUID thing, List<Objection> found) {
        var quoted = Stream.concat(
                        found.stream().map(Objection::id), Optional.ofNullable(complaint.objectionId()).stream())
                .distinct()
                .toList();
        return thing == null && quoted.isEmpty()
                ? Future.succeededFuture(List.of())
                : reading.about(caller, thing, quoted, complaint.id());
    }

    private Future<Optional<String>> applicationState(Complaint complaint) {
        var application = complaint.applicationId();
        return application.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : applications
                        .findCase(work.db, application.get())
                        .map(found -> found.map(file -> file.state().id()));
    }

    /** Complaints that quote an objection, or are about its application or notice. */
    Future<List<Complaint>> ofObjection(Caller caller, UUID objectionId) {
        return objections
                .findWithin(work.db, caller.requireOffice(), objectionId)
                .map(ReadingDesk::orNotFound)
                .compose(objection -> Future.all(
                                reading.about(caller, objection.applicationId(), List.of(objectionId), null),
                                reading.about(caller, objection.noticeId(), List.of(), null))
                        .map(read -> Stream.concat(
                                        read.<List<Complaint>>resultAt(0).stream(),
                                        read.<List<Complaint>>resultAt(1).stream())
                                .limit(100)
                                .toList()));
    }
}
