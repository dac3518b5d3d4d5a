package io.anju.complaint;

import io.anju.application.ApplicationService;
import io.anju.complaint.Complaint.SubjectType;
import io.anju.complaint.SubjectCheck.Found;
import io.anju.platform.db.Sql;
import io.anju.platform.problem.Refusal;
import io.anju.publicity.PublicityService;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What complaints may be about: one's own application, any notice, and what other rooms make known. */
public final class Subjects {
    private static final UUID NOBODY = new UUID(0, 0);

    private final Map<SubjectType, SubjectCheck> checks = new ConcurrentHashMap<>();

    Subjects(ApplicationService applications, PublicityService notices) {
        checks.put(
                SubjectType.APPLICATION,
                (sql, residentId, cityCode, id) -> applications
                        .findCase(sql, id)
                        .map(found -> found.filter(file -> file.residentId().equals(residentId)
                                        && file.cityCode().equals(cityCode))
                                .map(file -> new Found(file.areaCode()))));
        checks.put(
                SubjectType.NOTICE,
                (sql, residentId, cityCode, id) -> notices.findNotice(sql, id)
                        .map(found -> found.filter(notice -> notice.cityCode().equals(cityCode))
                                .map(notice -> new Found(notice.areaCode()))));
    }

    public Subjects leases(SubjectCheck check) {
        return know(SubjectType.LEASE, check);
    }

    public Subjects homes(SubjectCheck check) {
        return know(SubjectType.HOME, check);
    }

    public Subjects payments(SubjectCheck check) {
        return know(SubjectType.PAYMENT, check);
    }

    private Subjects know(SubjectType type, SubjectCheck check) {
        checks.put(type, check);
        return this;
    }

    /**
     * Refuses what is not there; the two kinds that are no things have nothing to look up.
     *
     * @param residentId null where nobody gave a name: then nothing is one's own, and only a notice can be looked up
     */
    Future<Found> require(Sql sql, @Nullable UUID residentId, String cityCode, SubjectType type, @Nullable UUID id) {
        var check = checks.get(type);
        if (id == null || check == null || (residentId == null && type != SubjectType.NOTICE)) {
            return Future.succeededFuture(Optional.<Found>empty()).map(Subjects::orUnknown);
        }
        return check.find(sql, residentId == null ? NOBODY : residentId, cityCode, id)
                .map(Subjects::orUnknown);
    }

    private static Found orUnknown(Optional<Found> found) {
        return found.orElseThrow(() -> Refusal.at("/subject/subjectId", ComplaintProblem.COMPLAINT_SUBJECT_UNKNOWN));
    }
}
