package io.anju.waitinglist;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What households whose numbers follow each other have in common: whoever looks for points or for a size of home along the
 * register steps over the bands that cannot have it.
 */
final class Bands {
    /** So few that a page finds all it may look at in a handful of bands, so many that a city has some thousand of them. */
    static final int NUMBERS = 256;

    /**
     * A band with somebody on the list.
     *
     * @param rooms a bit for each size of home, 2 to the power of its rooms
     */
    record Band(int run, BigDecimal lowest, BigDecimal highest, int rooms) {
        private Band with(Members.One one) {
            var score = BigDecimal.valueOf(one.points(), one.scale());
            return new Band(run, lowest.min(score), highest.max(score), rooms | bit(one));
        }
    }

    private Bands() {}

    /**
     * The bands of an order that are not empty.
     *
     * @param version number of the last fact that went in
     */
    static List<Band> of(Order order, long version) {
        var ranks = order.byNumber(version);
        var bands = new ArrayList<Band>();
        for (int from = 0; from < ranks.size(); from += NUMBERS) {
            Band band = null;
            for (int number = from; number < Math.min(from + NUMBERS, ranks.size()); number++) {
                if (ranks.get(number) > 0) {
                    var one = order.member(ranks.get(number) - 1);
                    band = band == null ? alone(from / NUMBERS, one) : band.with(one);
                }
            }
            if (band != null) {
                bands.add(band);
            }
        }
        return bands;
    }

    private static Band alone(int run, Members.One one) {
        var score = BigDecimal.valueOf(one.points(), one.scale());
        return new Band(run, score, score, bit(one));
    }

    private static int bit(Members.One one) {
        return one.homeRooms() == 0 ? 0 : 1 << one.homeRooms();
    }
}
