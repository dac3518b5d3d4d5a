package io.anju.waitinglist;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Members in their order, with their places in the parts of the list, all from 1 and without gaps. Who is frozen keeps
 * the place, and is not counted among those ahead. Columns instead of rows: a city's list takes a hundred megabytes less.
 */
final class Order {
    private final Members members;
    /** Indexes of the members, from the front. */
    private final int[] ordered;

    private final int[] ahead;
    private final Map<Integer, Ranks> districts = new TreeMap<>();
    private final Map<Integer, Ranks> homes = new TreeMap<>();
    private final Map<Integer, Ranks> classes = new TreeMap<>();
    private final int[] districtRank;
    private final int[] homeRank;
    private final int[] homeAhead;
    private final int[] classRank;

    private Order(Members members, int[] ordered, boolean hasClasses) {
        this.members = members;
        this.ordered = ordered;
        ahead = new int[ordered.length];
        districtRank = new int[ordered.length];
        homeRank = new int[ordered.length];
        homeAhead = new int[ordered.length];
        classRank = new int[ordered.length];
        int offered = 0;
        var offeredHomes = new TreeMap<Integer, Integer>();
        for (int i = 0; i < ordered.length; i++) {
            var one = member(i);
            int isOffered = one.frozen() ? 0 : 1;
            ahead[i] = offered;
            offered += isOffered;
            districtRank[i] = place(districts, one.district(), i);
            homeRank[i] = one.homeRooms() == 0 ? 0 : place(homes, one.homeRooms(), i);
            homeAhead[i] = offeredHomes.getOrDefault(one.homeRooms(), 0);
            offeredHomes.merge(one.homeRooms(), isOffered, Integer::sum);
            classRank[i] = hasClasses ? place(classes, one.priority(), i) : 0;
        }
    }

    /** Gives the order, the same however the members are passed in: no two have the same key. */
    static Order of(Members members, boolean hasClasses) {
        var ordered = IntStream.range(0, members.size()).toArray();
        IndexSort.sort(ordered, members::compare);
        return new Order(members, ordered, hasClasses);
    }

    private static int place(Map<Integer, Ranks> parts, int key, int index) {
        var ranks = parts.computeIfAbsent(key, unseen -> new Ranks());
        ranks.add(index + 1);
        return ranks.size();
    }

    int size() {
        return ordered.length;
    }

    /** @param index from 0; the rank is one more */
    Members.One member(int index) {
        return members.get(ordered[index]);
    }

    /** The keys from the front, each a copy that is made when it is asked for. */
    List<byte[]> keys() {
        return new AbstractList<>() {
            @Override
            public byte[] get(int index) {
                return member(index).key();
            }

            @Override
            public int size() {
                return ordered.length;
            }
        };
    }

    /** Households before it that are offered homes. */
    int ahead(int index) {
        return ahead[index];
    }

    int districtRank(int index) {
        return districtRank[index];
    }

    /** Place among those who are offered the same size of home; 0 where the rules are silent. */
    int homeRank(int index) {
        return homeRank[index];
    }

    /** Households before it that are offered the same size of home. */
    int homeAhead(int index) {
        return homeAhead[index];
    }

    /** Place among those of the same class; 0 where the order asks for none. */
    int classRank(int index) {
        return classRank[index];
    }

    /** The ranks of each part of a kind, by its key. */
    Map<Integer, Ranks> parts(PlaceStore.Part part) {
        return switch (part) {
            case DISTRICT -> districts;
            case HOME -> homes;
            case CLASS -> classes;
        };
    }

    /** Which of the households of a part are frozen, by their index in it. */
    BitSet frozen(Ranks part) {
        var frozen = new BitSet();
        for (int i = 0; i < part.size(); i++) {
            if (member(part.get(i) - 1).frozen()) {
                frozen.set(i);
            }
        }
        return frozen;
    }

    /** Ranks by number up to a version: 0 where there is none. */
    Ranks byNumber(long version) {
        var ranks = new int[Math.toIntExact(version + 1)];
        for (int i = 0; i < ordered.length; i++) {
            ranks[(int) member(i).number()] = i + 1;
        }
        return new Ranks(ranks);
    }

    /** Whole numbers that grow in number. */
    static final class Ranks {
        private int[] ranks;
        private int size;

        Ranks() {
            this(new int[64]);
            size = 0;
        }

        private Ranks(int[] ranks) {
            this.ranks = ranks;
            this.size = ranks.length;
        }

        private void add(int rank) {
            if (size == ranks.length) {
                ranks = Arrays.copyOf(ranks, size * 2);
            }
            ranks[size++] = rank;
        }

        int size() {
            return size;
        }

        int get(int index) {
            return ranks[index];
        }
    }
}
