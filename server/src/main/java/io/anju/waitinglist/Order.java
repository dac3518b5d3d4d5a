package io.anju.waitinglist;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Members in their order, with their places in the parts of the list, all from 1 and without gaps. Who is frozen keeps
 * the place, and is not counted among those ahead. Columns instead of rows: a city's list takes a hundred megabytes less.
 */
final class Order {
    private final Member[] members;
    private final int[] ahead;
    private final Map<Integer, Ranks> districts = new TreeMap<>();
    private final Map<Integer, Ranks> homes = new TreeMap<>();
    private final Map<Integer, Ranks> classes = new TreeMap<>();
    private final int[] districtRank;
    private final int[] homeRank;
    private final int[] homeAhead;
    private final int[] classRank;

    private Order(Member[] members, boolean hasClasses) {
        this.members = members;
        ahead = new int[members.length];
        districtRank = new int[members.length];
        homeRank = new int[members.length];
        homeAhead = new int[members.length];
        classRank = new int[members.length];
        int offered = 0;
        var offeredHomes = new TreeMap<Integer, Integer>();
        for (int i = 0; i < members.length; i++) {
            var keys = members[i].keys();
            ahead[i] = offered;
            offered += members[i].later().frozen() ? 0 : 1;
            districtRank[i] = place(districts, keys.district(), i);
            homeRank[i] = keys.homeRooms() == 0 ? 0 : place(homes, keys.homeRooms(), i);
            homeAhead[i] = offeredHomes.getOrDefault(keys.homeRooms(), 0);
            offeredHomes.merge(keys.homeRooms(), members[i].later().frozen() ? 0 : 1, Integer::sum);
            classRank[i] = hasClasses ? place(classes, keys.priority(), i) : 0;
        }
    }

    /** Gives the order, the same however the members are passed in: no two have the same key. */
    static Order of(List<Member> members, boolean hasClasses) {
        var ordered = members.toArray(Member[]::new);
        Arrays.parallelSort(ordered, Member::compare);
        return new Order(ordered, hasClasses);
    }

    private static int place(Map<Integer, Ranks> parts, int key, int index) {
        var ranks = parts.computeIfAbsent(key, unseen -> new Ranks());
        ranks.add(index + 1);
        return ranks.size();
    }

    int size() {
        return members.length;
    }

    /** @param index from 0; the rank is one more */
    Member member(int index) {
        return members[index];
    }

    List<byte[]> keys() {
        return Arrays.stream(members).map(Member::key).toList();
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
            if (members[part.get(i) - 1].later().frozen()) {
                frozen.set(i);
            }
        }
        return frozen;
    }

    /** Ranks by number up to a version: 0 where there is none. */
    Ranks byNumber(long version) {
        var ranks = new int[Math.toIntExact(version + 1)];
        for (int i = 0; i < members.length; i++) {
            ranks[(int) members[i].number()] = i + 1;
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
