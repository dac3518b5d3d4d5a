package io.anju.complaint;

import io.anju.complaint.ComplaintPolicy.Mark;
import io.anju.platform.db.Sql;
import io.anju.policy.ComplaintKind;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists of {@code complaint.complaint} for staff, each by {@link Sight}. */
final class WorkStore {
    private static final String LIST = ComplaintStore.COLUMNS + " WHERE " + Sight.MAY_SEE + """
               AND c.state IN ('received', 'handling', 'in_review')
               AND k.id IS NOT NULL
               AND CASE $7
                       WHEN 'area' THEN true
                       WHEN 'mine' THEN c.handler_id = $5
                       ELSE (c.office_level = $3 AND c.area_code = $4)
                            OR EXISTS (SELECT
                                         FROM complaint.joint_office AS j
                                        WHERE j.complaint_id = c.id AND j.office_level = $3 AND j.area_code = $4)
                   END
               AND CASE $8
                       WHEN 'overdue' THEN k.due_on < $9
                       WHEN 'warning' THEN k.warn_on <= $9 AND k.due_on >= $9
                       WHEN 'none' THEN k.warn_on > $9
                       ELSE true
                   END
               AND ($10::text IS NULL OR c.kind = $10)
               AND ($11::date IS NULL OR (NOT c.supervised, k.due_on, c.id) > ($12, $11, $13))
             ORDER BY NOT c.supervised, k.due_on, c.id
             LIMIT $14
            """;

    private static final String LIST_ABOUT = ComplaintStore.COLUMNS + " WHERE " + Sight.MAY_SEE + """
               AND (c.subject_id = ANY ($7) OR c.objection_id = ANY ($8))
               AND c.id IS DISTINCT FROM $9
             ORDER BY c.id DESC
             LIMIT 100
            """;

    private static final String LIST_HIDDEN = """
            SELECT c.id
              FROM complaint.complaint AS c
             WHERE c.id = ANY ($7) AND c.kind = 'report' AND NOT (
            """ + Sight.MAY_SEE + ")";

    enum Queue {
        OFFICE,
        MINE,
        AREA
    }

    /** Where a page ended. */
    record After(boolean supervised, LocalDate dueOn, UUID id) {}

    /** The open ones, those that are pressed for first, then by the day they are due. */
    Future<List<Complaint>> list(
            Sql sql,
            Sight sight,
            Queue queue,
            @Nullable Mark mark,
            @Nullable ComplaintKind kind,
            LocalDate today,
            @Nullable After after,
            int limit) {
        return sql.list(
                LIST,
                ComplaintStore::complaint,
                sight.with(
                        queue.name().toLowerCase(Locale.ROOT),
                        mark == null ? "" : mark.name().toLowerCase(Locale.ROOT),
                        today,
                        kind == null ? null : kind.id(),
                        after == null ? null : after.dueOn(),
                        after == null ? null : !after.supervised(),
                        after == null ? null : after.id(),
                        limit));
    }

    /** Those about one of these things, or that quote one of the objections. */
    Future<List<Complaint>> listAbout(
            Sql sql, Sight sight, List<UUID> things, List<UUID> objections, @Nullable UUID but) {
        return sql.list(
                LIST_ABOUT,
                ComplaintStore::complaint,
                sight.with(things.toArray(UUID[]::new), objections.toArray(UUID[]::new), but));
    }

    /** The reports among these that are not there for whoever looks. */
    Future<Set<UUID>> listHidden(Sql sql, Sight sight, List<UUID> ids) {
        return sql.list(LIST_HIDDEN, row -> row.getUUID("id"), sight.with((Object) ids.toArray(UUID[]::new)))
                .map(Set::copyOf);
    }
}
