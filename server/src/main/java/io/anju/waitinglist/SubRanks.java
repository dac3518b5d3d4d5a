package io.anju.waitinglist;

import io.anju.platform.db.Db;
import io.anju.policy.PolicyDocument;
import io.anju.policy.Text;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** A household's places in the parts of its list that the rules know. */
final class SubRanks {
    /** Names the households of no class, as a document names a class. */
    static final String NO_CLASS_KEY = "none";

    private static final Text NO_CLASS = new Text("其他家庭", "households of no class");

    private final Db db;
    private final PlaceStore places;

    SubRanks(Db db, PlaceStore places) {
        this.db = db;
        this.places = places;
    }

    enum Kind {
        DISTRICT,
        HOME_SIZE,
        PRIORITY_CLASS
    }

    /**
     * A place in one part.
     *
     * @param key as {@code getWaitingList} takes it
     */
    record SubRank(Kind kind, String key, Text name, int rank, int total) {}

    /** @param rules that gave the order */
    Future<List<SubRank>> of(long standingId, PolicyDocument rules, Placed placed) {
        var parts = new ArrayList<Future<SubRank>>();
        parts.add(district(standingId, placed.line()));
        var rooms = placed.parts().homeRooms();
        var homeRank = placed.parts().homeRank();
        if (rooms != null && homeRank != null) {
            var name = new Text(rooms + " 居室", rooms + (rooms == 1 ? " room" : " rooms"));
            parts.add(places.total(db, standingId, PlaceStore.Part.HOME, rooms)
                    .map(total -> new SubRank(Kind.HOME_SIZE, rooms.toString(), name, homeRank, total)));
        }
        var classRank = placed.parts().classRank();
        if (classRank != null) {
            parts.add(ofClass(standingId, rules, placed.parts().priority(), classRank));
        }
        return Future.all(parts).map(all -> all.<SubRank>list());
    }

    private Future<SubRank> district(long standingId, Standing.Line line) {
        var code = line.districtCode();
        return places.total(db, standingId, PlaceStore.Part.DISTRICT, Integer.parseInt(code))
                .map(total -> new SubRank(Kind.DISTRICT, code, new Text(code, code), line.districtRank(), total));
    }

    private Future<SubRank> ofClass(long standingId, PolicyDocument rules, int priority, int rank) {
        var named = rules.priorityClasses();
        var key = priority == 0 ? NO_CLASS_KEY : named.get(priority - 1).id();
        var name = priority == 0 ? NO_CLASS : named.get(priority - 1).name();
        return places.total(db, standingId, PlaceStore.Part.CLASS, priority)
                .map(total -> new SubRank(Kind.PRIORITY_CLASS, key, name, rank, total));
    }
}
