package io.anju.bench;

import io.anju.bench.World.Ready;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a crowd asks for, over and over: of each ten requests six look a receipt number up, two read the public list or a part
 * of it, one asks for its own place, and one whether the published list is still the one that it has. Others download it.
 */
final class ReadersShots {
    private static final int ROUND = 10;
    private static final int LEAF = 6;
    private static final int OWN = 8;
    private static final int KNOWN = 9;

    private final List<Load.Shot> receipts = new ArrayList<>();
    private final List<Load.Shot> pages = new ArrayList<>();
    private final List<Load.Shot> own = new ArrayList<>();
    private final List<Load.Shot> known = new ArrayList<>();
    private final List<Load.Shot> downloads = new ArrayList<>();

    ReadersShots(PublishedCity city, List<Ready> residents) {
        city.receipts().forEach(receipt -> receipts.add(anonymous("/v1/receipts/" + receipt, Map.of())));
        var list = "/v1/waiting-lists/" + city.list().cityCode() + '/'
                + city.list().programme();
        for (var part : List.of("", "?districtCode=370202", "?homeRooms=1", "?homeRooms=2", "?limit=100")) {
            pages.add(anonymous(list + "/entries" + part, Map.of()));
        }
        pages.add(anonymous(list + "/latest-publication", Map.of()));
        for (int i = 0; i < residents.size(); i++) {
            own.add(ReadersBench.get(
                    "/v1/applications/" + city.own().get(i) + "/registration",
                    residents.get(i).token()));
        }
        var publication = "/v1/publications/" + city.publicationId();
        for (var form : List.of("/csv", "/json")) {
            known.add(anonymous(publication + form, Map.of("If-None-Match", "*")));
            downloads.add(anonymous(publication + form, Map.of()));
        }
    }

    private static Load.Shot anonymous(String path, Map<String, String> headers) {
        return new Load.Shot(HttpMethod.GET, path, headers, Buffer.buffer());
    }

    /** Paths of look-ups and pages that are open to all, as often as {@link #lookUp} asks for each kind. */
    List<String> open() {
        return Stream.concat(receipts.stream().limit(3L * pages.size()), pages.stream())
                .map(Load.Shot::path)
                .toList();
    }

    /** The n-th request of those who look something up. */
    Load.Shot lookUp(int number) {
        int place = number % ROUND;
        var kind = place < LEAF ? receipts : place < OWN ? pages : place < KNOWN ? own : known;
        return kind.get(Math.floorMod(number / ROUND + place, kind.size()));
    }

    /** The n-th download, in either form by turns. */
    Load.Shot download(int number) {
        return downloads.get(Math.floorMod(number, downloads.size()));
    }
}
