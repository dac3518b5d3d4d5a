package io.anju.simulation;

import io.anju.platform.db.Tx;
import io.anju.simulation.SimulationReport.Eligibility;
import io.anju.simulation.SimulationReport.Range;
import io.anju.simulation.SimulationReport.RankChange;
import io.anju.simulation.SimulationReport.RuleCount;
import io.anju.simulation.SimulationReport.ScoreChange;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Ranks and totals of a trial whose households are all evaluated: sorted and counted by the database, not in memory. */
final class SimulationRankStore {
    /** Sorting a million keys takes longer than a request may. */
    private static final String ALLOW_TIME = "SET LOCAL statement_timeout = '10min'";

    private static final String ALLOW_MEMORY = "SET LOCAL work_mem = '64MB'";

    private static final String RANK = """
            INSERT INTO simulation.simulation_rank (simulation_id, sequence, rank_before, rank_after, moved, effect)
            SELECT $1, sequence, rank_before, rank_after, abs(rank_before - rank_after),
                   CASE WHEN eligible_before AND NOT eligible_after THEN 'eligibility-lost'
                        WHEN eligible_after AND NOT eligible_before THEN 'eligibility-gained'
                        WHEN rank_after < rank_before THEN 'moved-up'
                        WHEN rank_after > rank_before THEN 'moved-down'
                        ELSE 'unmoved'
                   END
              FROM (SELECT sequence, eligible_before, eligible_after,
                           row_number() OVER (ORDER BY key_before, sequence)::integer AS rank_before,
                           row_number() OVER (ORDER BY key_after, sequence)::integer AS rank_after
                      FROM simulation.simulation_case
                     WHERE simulation_id = $1 AND key_before IS NOT NULL) AS ranked
            """;

    /** Writes the ranks of a trial; a second writing breaks the key and leaves the first. */
    Future<Void> rank(Tx tx, UUID id) {
        return tx.run(ALLOW_TIME)
                .compose(set -> tx.run(ALLOW_MEMORY))
                .compose(set -> tx.execute(RANK, id))
                .mapEmpty();
    }

    private static final String CASES = """
            SELECT count(*) FILTER (WHERE key_before IS NOT NULL)::integer AS households,
                   count(*) FILTER (WHERE key_before IS NULL)::integer AS not_evaluated,
                   count(*) FILTER (WHERE eligible_before AND NOT eligible_after)::integer AS lost,
                   count(*) FILTER (WHERE eligible_after AND NOT eligible_before)::integer AS gained,
                   count(*) FILTER (WHERE eligible_before AND eligible_after)::integer AS still_eligible,
                   count(*) FILTER (WHERE NOT eligible_before AND NOT eligible_after)::integer AS still_not_eligible,
                   count(*) FILTER (WHERE score_after > score_before)::integer AS higher,
                   count(*) FILTER (WHERE score_after < score_before)::integer AS lower,
                   count(*) FILTER (WHERE score_after = score_before)::integer AS same,
                   coalesce(sum(score_before), 0)::text AS total_before,
                   coalesce(sum(score_after), 0)::text AS total_after,
                   greatest(coalesce(max(score_after - score_before), 0), 0)::text AS largest_rise,
                   greatest(coalesce(max(score_before - score_after), 0), 0)::text AS largest_fall
              FROM simulation.simulation_case
             WHERE simulation_id = $1
            """;

    private static final String RANKS = """
            SELECT count(*) FILTER (WHERE rank_after < rank_before)::integer AS up,
                   count(*) FILTER (WHERE rank_after > rank_before)::integer AS down,
                   count(*) FILTER (WHERE rank_after = rank_before)::integer AS same,
                   coalesce(max(moved) FILTER (WHERE rank_after < rank_before), 0) AS largest_rise,
                   coalesce(max(moved) FILTER (WHERE rank_after > rank_before), 0) AS largest_fall,
                   coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY moved), 0) AS median_move
              FROM simulation.simulation_rank
             WHERE simulation_id = $1
            """;

    private static final String DISTRIBUTION = """
            SELECT score_after > score_before AS is_rise,
                   width_bucket(abs(score_after - score_before), ARRAY[2, 5, 10, 20, 50]::numeric[]) AS bucket,
                   count(*)::integer AS households
              FROM simulation.simulation_case
             WHERE simulation_id = $1 AND score_after <> score_before
             GROUP BY is_rise, bucket
             ORDER BY is_rise, bucket
            """;

    /** Where the ranges of {@link #DISTRIBUTION} begin; the last is open. */
    private static final List<Integer> BOUNDS = List.of(0, 2, 5, 10, 20, 50);

    private static final String LOST_BY_RULE = """
            SELECT rule, count(*)::integer AS households
              FROM simulation.simulation_case, unnest(string_to_array(lost_by, ',')) AS rule
             WHERE simulation_id = $1 AND lost_by <> ''
             GROUP BY rule
             ORDER BY households DESC, rule
             LIMIT 1000
            """;

    /** Counts what the trial found; after {@link #rank}, in the same transaction. */
    Future<SimulationReport> report(Tx tx, UUID id) {
        return tx.list(LOST_BY_RULE, row -> new RuleCount(row.getString("rule"), row.getInteger("households")), id)
                .compose(byRule -> tx.list(DISTRIBUTION, SimulationRankStore::range, id)
                        .compose(ranges -> tx.find(RANKS, SimulationRankStore::rankChange, id)
                                .map(Optional::orElseThrow)
                                .compose(ranks -> tx.find(CASES, row -> report(row, byRule, ranges, ranks), id)
                                        .map(Optional::orElseThrow))));
    }

    private static Range range(Row row) {
        int bucket = row.getInteger("bucket");
        var to = bucket + 1 < BOUNDS.size() ? BOUNDS.get(bucket + 1) : null;
        return new Range(row.getBoolean("is_rise"), BOUNDS.get(bucket), to, row.getInteger("households"));
    }

    private static RankChange rankChange(Row row) {
        return new RankChange(
                row.getInteger("up"),
                row.getInteger("down"),
                row.getInteger("same"),
                row.getInteger("largest_rise"),
                row.getInteger("largest_fall"),
                row.getInteger("median_move"));
    }

    private static SimulationReport report(Row row, List<RuleCount> byRule, List<Range> ranges, RankChange ranks) {
        return new SimulationReport(
                row.getInteger("households"),
                row.getInteger("not_evaluated"),
                new Eligibility(
                        row.getInteger("lost"),
                        row.getInteger("gained"),
                        row.getInteger("still_eligible"),
                        row.getInteger("still_not_eligible"),
                        byRule),
                new ScoreChange(
                        row.getInteger("higher"),
                        row.getInteger("lower"),
                        row.getInteger("same"),
                        row.getString("total_before"),
                        row.getString("total_after"),
                        row.getString("largest_rise"),
                        row.getString("largest_fall"),
                        ranges),
                ranks);
    }
}
