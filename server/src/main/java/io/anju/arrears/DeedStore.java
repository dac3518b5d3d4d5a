package io.anju.arrears;

import static io.anju.arrears.ArrearsCase.id;
import static io.anju.platform.db.Columns.at;

import io.anju.arrears.ArrearsCase.Step;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes what a night does about many leases, one statement for each kind of row. */
final class DeedStore {
    /** The leases' accounts are locked, so nobody else does anything about them meanwhile. */
    Future<Void> write(Tx tx, List<Deed> deeds, LocalDate today, Instant now) {
        var opened = deeds.stream().filter(Deed::opens).map(Deed::of).toList();
        var closed = deeds.stream().filter(Deed::closes).map(Deed::of).toList();
        var steps = deeds.stream().map(Deed::step).filter(Objects::nonNull).toList();
        var proposed = deeds.stream().flatMap(deed -> deed.proposed().stream()).toList();
        var ended = deeds.stream().flatMap(deed -> deed.ended().stream()).toList();
        var events = deeds.stream().flatMap(deed -> deed.events().stream()).toList();
        return open(tx, opened, now)
                .compose(done -> end(tx, ended, today))
                .compose(done -> take(tx, steps, now))
                .compose(done -> propose(tx, proposed))
                .compose(done -> close(tx, closed, today))
                .compose(done -> Outbox.appendAll(tx, events));
    }

    private static final String OPEN = """
            INSERT INTO arrears.arrears_case
                   (case_id, lease_id, tenant_from, city_code, programme, policy_digest, opened_on, opened_at)
            SELECT *, $8::timestamptz
              FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::text[], $6::text[], $7::date[])
            """;

    private static Future<Void> open(Tx tx, List<ArrearsCase> cases, Instant now) {
        return cases.isEmpty()
                ? Future.succeededFuture()
                : tx.execute(
                                OPEN,
                                uuids(cases, ArrearsCase::id),
                                uuids(cases, ArrearsCase::leaseId),
                                days(cases, ArrearsCase::tenantFrom),
                                texts(cases, ArrearsCase::cityCode),
                                texts(cases, ArrearsCase::programme),
                                texts(cases, ArrearsCase::policyDigest),
                                days(cases, ArrearsCase::openedOn),
                                at(now))
                        .mapEmpty();
    }

    private static final String CLOSE = """
            UPDATE arrears.arrears_case
               SET closed_on = $2
             WHERE case_id = ANY ($1::uuid[]) AND closed_on IS NULL
            """;

    private static Future<Void> close(Tx tx, List<ArrearsCase> cases, LocalDate day) {
        return cases.isEmpty()
                ? Future.succeededFuture()
                : tx.execute(CLOSE, uuids(cases, ArrearsCase::id), day).mapEmpty();
    }

    /** An array of arrays would have to be of one length, so the channels come in one text. */
    private static final String TAKE = """
            WITH one AS (
                INSERT INTO arrears.step
                       (step_id, case_id, rung, action, office, channels, due_on, taken_on, unpaid_since, overdue_fen,
                        text_zh, text_en, taken_at)
                SELECT step_id, case_id, rung, action, office, string_to_array(channels, ','), due_on, taken_on,
                       unpaid_since, overdue_fen, text_zh, text_en, $13
                  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[],
                              $8::date[], $9::date[], $10::bigint[], $11::text[], $12::text[])
                       AS step (step_id, case_id, rung, action, office, channels, due_on, taken_on, unpaid_since,
                                overdue_fen, text_zh, text_en)
                RETURNING case_id, action, office)
            UPDATE arrears.arrears_case c
               SET stage = one.action, office = one.office
              FROM one
             WHERE c.case_id = one.case_id
            """;

    /** A case that is opened by the same statements is there already when its first step is taken. */
    private static Future<Void> take(Tx tx, List<Step> steps, Instant now) {
        return steps.isEmpty()
                ? Future.succeededFuture()
                : tx.execute(
                                TAKE,
                                uuids(steps, Step::id),
                                uuids(steps, Step::caseId),
                                texts(steps, Step::rung),
                                texts(steps, step -> id(step.action())),
                                texts(steps, step -> id(step.office())),
                                texts(steps, DeedStore::channels),
                                days(steps, Step::dueOn),
                                days(steps, Step::takenOn),
                                days(steps, Step::unpaidSince),
                                steps.stream().map(Step::overdueFen).toArray(Long[]::new),
                                texts(steps, step -> step.text().zh()),
                                texts(steps, step -> step.text().en()),
                                at(now))
                        .mapEmpty();
    }

    private static String channels(Step step) {
        return step.channels().stream().map(ArrearsCase::id).collect(Collectors.joining(","));
    }

    private static final String PROPOSE = """
            INSERT INTO arrears.proposal
                   (proposal_id, case_id, lease_id, city_code, kind, proposed_on, text_zh, text_en)
            SELECT *
              FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::text[], $8::text[])
            """;

    private static Future<Void> propose(Tx tx, List<Proposal> proposed) {
        return proposed.isEmpty()
                ? Future.succeededFuture()
                : tx.execute(
                                PROPOSE,
                                uuids(proposed, Proposal::id),
                                uuids(proposed, Proposal::caseId),
                                uuids(proposed, Proposal::leaseId),
                                texts(proposed, Proposal::cityCode),
                                texts(proposed, one -> id(one.kind())),
                                days(proposed, Proposal::proposedOn),
                                texts(proposed, one -> one.text().zh()),
                                texts(proposed, one -> one.text().en()))
                        .mapEmpty();
    }

    private static final String END = """
            UPDATE arrears.proposal
               SET state = CASE state WHEN 'approved' THEN 'withdrawn' ELSE 'lapsed' END,
                   withdrawn_on = CASE state WHEN 'approved' THEN $2::date END,
                   decided_on = coalesce(decided_on, $2::date)
             WHERE proposal_id = ANY ($1::uuid[]) AND state IN ('proposed', 'endorsed', 'approved')
            """;

    private static Future<Void> end(Tx tx, List<Proposal> ended, LocalDate day) {
        return ended.isEmpty()
                ? Future.succeededFuture()
                : tx.execute(END, uuids(ended, Proposal::id), day).mapEmpty();
    }

    private static <T> UUID[] uuids(List<T> all, Function<T, UUID> of) {
        return all.stream().map(of).toArray(UUID[]::new);
    }

    private static <T> String[] texts(List<T> all, Function<T, String> of) {
        return all.stream().map(of).toArray(String[]::new);
    }

    private static <T> LocalDate[] days(List<T> all, Function<T, LocalDate> of) {
        return all.stream().map(of).toArray(LocalDate[]::new);
    }
}
