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
     * @param ahead households of the part before it that are offered homes
     */
    record SubRank(Kind kind, String key, Text name, int rank, int total, int ahead) {}

    /** What a part is called, to people and to {@code getWaitingList}. */
    private record Named(Kind kind, String key, Text name) {}

    /** @param rules that gave the order */
    Future<List<SubRank>> of(long standingId, PolicyDocument rules, Placed placed) {
        var parts = new ArrayList<Future<SubRank>>();
        parts.add(district(standingId, placed.line()));
        var rooms = placed.parts().homeRooms();
        var homeRank = placed.parts().homeRank();
        if (rooms != null && homeRank != null) {
            var name = new Text(rooms + " 居室", rooms + (rooms == 1 ? " room" : " rooms"));
            var named = new Named(Kind.HOME_SIZE, rooms.toString(), name);
            parts.add(place(standingId, PlaceStore.Part.HOME, rooms, homeRank, named));
        }
        var classRank = placed.parts().classRank();
        if (classRank != null) {
            parts.add(ofClass(standingId, rules, placed.parts().priority(), classRank));
        }
        return Future.all(parts).map(all -> all.<SubRank>list());
    }

    private Future<SubRank> district(long standingId, Standing.Line line) {
        var code = line.districtCode();
        var named = new Named(Kind.DISTRICT, code, new Text(code, code));
        return place(standingId, PlaceStore.Part.DISTRICT, Integer.parseInt(code), line.districtRank(), named);
    }

    private Future<SubRank> ofClass(long standingId, PolicyDocument rules, int priority, int rank) {
        var known = rules.priorityClasses();
        var key = priority == 0 ? NO_CLASS_KEY : known.get(priority - 1).id();
        var name = priority == 0 ? NO_CLASS : known.get(priority - 1).name();
        return place(standingId, PlaceStore.Part.CLASS, priority, rank, new Named(Kind.PRIORITY_CLASS, key, name));
    }

    private Future<SubRank> place(long standingId, PlaceStore.Part part, int key, int rank, Named named) {
        return Future.all(places.total(db, standingId, part, key), places.ahead(db, standingId, part, key, rank))
                .map(both ->
                        new SubRank(named.kind(), named.key(), named.name(), rank, both.resultAt(0), both.resultAt(1)));
    }
}
