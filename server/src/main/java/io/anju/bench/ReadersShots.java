package io.anju.bench;

import io.anju.bench.World.Ready;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a crowd asks for, over and over: of each hundred requests sixty look a receipt number up, twenty read the public list
 * or a part of it, ten ask for their own place, seven ask whether the published list is still the one that they have, and
 * three download it whole.
 */
final class ReadersShots {
    private static final int ROUND = 100;
    private static final int LEAF = 60;
    private static final int OWN = 80;
    private static final int KNOWN = 90;
    private static final int DOWNLOAD = 97;

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

    /** The n-th request of the crowd. */
    Load.Shot of(int number) {
        // neighbours in a round ask for different things
        int place = number * 37 % ROUND;
        var kind = place < LEAF
                ? receipts
                : place < OWN ? pages : place < KNOWN ? own : place < DOWNLOAD ? known : downloads;
        return kind.get(Math.floorMod(number / ROUND + place, kind.size()));
    }
}
