package io.anju.waitinglist;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.anju.platform.db.Db;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.waitinglist.StandingStore.PublicLine;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * Pages of one generation, of the whole list or of a part of it; each is a walk along an index. A generation never
 * changes, and on the day of a publication everybody turns the same few pages: those are kept for a while.
 */
final class PublicList {
    /** Of at most a hundred lines each. */
    private static final int KEPT = 256;

    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final Cache<Asked, Page> pages =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(KEPT_FOR).build();
    private final Db db;
    private final PolicyService policies;
    private final StandingStore standings;
    private final PlaceStore places;

    PublicList(Db db, PolicyService policies, StandingStore standings, PlaceStore places) {
        this.db = db;
        this.policies = policies;
        this.standings = standings;
        this.places = places;
    }

    /** A page; {@code total} counts the list or the part. */
    record Page(Standing standing, int total, List<PublicLine> lines) {}

    private record Asked(long standingId, ListPart part, int after, int limit) {}

    /** @param after place in the part */
    Future<Page> page(Standing standing, ListPart part, int after, int limit) {
        var asked = new Asked(standing.id(), part, after, limit);
        var kept = pages.getIfPresent(asked);
        return kept != null
                ? Future.succeededFuture(kept)
                : read(standing, part, after, limit).onSuccess(page -> pages.put(asked, page));
    }

    private Future<Page> read(Standing standing, ListPart part, int after, int limit) {
        if (part instanceof ListPart.District district) {
            return page(standing, PlaceStore.Part.DISTRICT, Integer.parseInt(district.code()), after, limit);
        }
        if (part instanceof ListPart.HomeSize home) {
            return page(standing, PlaceStore.Part.HOME, home.rooms(), after, limit);
        }
        if (part instanceof ListPart.OfClass one) {
            return policies.byDigest(db, standing.policyDigest())
                    .map(rules -> priority(rules, one.id()))
                    .compose(priority -> page(standing, PlaceStore.Part.CLASS, priority, after, limit));
        }
        return standings
                .page(db, standing.id(), after, limit)
                .map(lines -> new Page(standing, standing.total(), lines));
    }

    private Future<Page> page(Standing standing, PlaceStore.Part part, int key, int after, int limit) {
        var total = places.total(db, standing.id(), part, key);
        var lines = standings.page(db, standing.id(), part, key, after, limit);
        return Future.all(total, lines).map(both -> new Page(standing, total.result(), lines.result()));
    }

    /** The place of a class in the rules; 0 for households of no class, where there are classes. */
    private static int priority(PolicyDocument rules, String id) {
        var classes = rules.priorityClasses();
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).id().equals(id)) {
                return i + 1;
            }
        }
        if (!classes.isEmpty() && id.equals(SubRanks.NO_CLASS_KEY)) {
            return 0;
        }
        throw Refusal.of(PlatformProblem.NOT_FOUND);
    }
}
