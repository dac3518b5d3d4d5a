package io.anju.waitinglist;

import io.anju.platform.problem.Refusal;
import io.anju.waitinglist.StandingStore.PublicLine;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which households of a list a reader asks for. */
sealed interface ListPart {
    /** Names the part in a cursor, so that it opens for no other. */
    String name();

    /** A line's place in the part. */
    int place(PublicLine line);

    record Whole() implements ListPart {
        @Override
        public String name() {
            return "";
        }

        @Override
        public int place(PublicLine line) {
            return line.line().rank();
        }
    }

    record District(String code) implements ListPart {
        @Override
        public String name() {
            return code;
        }

        @Override
        public int place(PublicLine line) {
            return line.line().districtRank();
        }
    }

    record HomeSize(int rooms) implements ListPart {
        @Override
        public String name() {
            return "rooms-" + rooms;
        }

        @Override
        public int place(PublicLine line) {
            return Objects.requireNonNull(line.homeRank());
        }
    }

    /** @param id of the class in the rules */
    record OfClass(String id) implements ListPart {
        @Override
        public String name() {
            return "class-" + id;
        }

        @Override
        public int place(PublicLine line) {
            return Objects.requireNonNull(line.classRank());
        }
    }

    /** Refuses two at a time: no index leads to where they meet. */
    static ListPart of(@Nullable String districtCode, @Nullable Integer homeRooms, @Nullable String priorityClass) {
        if (Stream.of(districtCode, homeRooms, priorityClass)
                        .filter(Objects::nonNull)
                        .count()
                > 1) {
            throw Refusal.of(WaitingListProblem.ONE_PART_AT_A_TIME);
        }
        if (districtCode != null) {
            return new District(districtCode);
        }
        if (homeRooms != null) {
            return new HomeSize(homeRooms);
        }
        return priorityClass == null ? new Whole() : new OfClass(priorityClass);
    }
}
