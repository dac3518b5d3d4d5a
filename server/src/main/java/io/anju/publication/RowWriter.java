package io.anju.publication;

import io.anju.platform.crypto.Tree;
import io.anju.publication.Entries.Entry;
import io.anju.publication.Publication.Runs;
import io.anju.publication.PublicationStore.NewerEntry;
import io.anju.waitinglist.StandingService.ListedPlace;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the texts of rows, each under a fresh salt, in the order of {@link Column}. */
final class RowWriter {
    private static final SecureRandom SALTS = new SecureRandom();
    private static final byte[] BINDING_MARK = Proof.BINDING_MARK.getBytes(StandardCharsets.US_ASCII);
    private static final HexFormat HEX = HexFormat.of();
    private static final int MICROS = 1_000_000;
    /** From where the database counts instants. */
    private static final long EPOCH_2000_SECONDS = 946_684_800;

    /** Rows are about as long as this. */
    private static final int ROW_CHARS = 240;

    private final Entries entries;
    private final Map<Long, NewerEntry> newer;
    private final @Nullable String seed;

    /**
     * @param newer facts that have come in the place of the registrations' own, by their numbers
     * @param seed what lots are drawn with, where the order draws
     */
    RowWriter(Entries entries, Map<Long, NewerEntry> newer, @Nullable String seed) {
        this.entries = entries;
        this.newer = newer;
        this.seed = seed;
    }

    /** The run with this number; {@code places} are those of its rows, in their order. */
    Run write(int number, List<ListedPlace> places) {
        var salts = new byte[places.size() * Run.SALT_BYTES];
        SALTS.nextBytes(salts);
        var text = new StringBuilder(places.size() * ROW_CHARS);
        for (int i = 0; i < places.size(); i++) {
            text.append(i == 0 ? "" : "\n");
            write(text, number * Runs.ROWS + i + 1, places.get(i), salts, i);
        }
        return new Run(number, text.toString().getBytes(StandardCharsets.UTF_8), salts);
    }

    private void write(StringBuilder text, int rank, ListedPlace place, byte[] salts, int index) {
        var entry = entries.get(place.number());
        var inputs = place.inputs();
        var later = inputs == null ? null : Objects.requireNonNull(newer.get(inputs));
        text.append(rank).append(',').append(entry.named()).append(',');
        text.append(later == null ? entry.householdSize() : later.householdSize())
                .append(',');
        text.append(place.districtCode()).append(',');
        text.append(later == null ? entry.category() : later.category()).append(',');
        text.append(place.score()).append(',');
        append(text, place.priority());
        append(text, place.since());
        append(text, seed == null ? null : SortKey.lot(seed, entry.receiptNumber()));
        instant(text, entry.appliedAtMicros());
        instant(text, entry.registeredAtMicros());
        text.append(place.deferred()).append(',');
        text.append(binding(entry, salts, index));
    }

    private static void append(StringBuilder text, @Nullable Object value) {
        text.append(value == null ? "" : value).append(',');
    }

    /** As {@code 2018-03-04T05:06:07.000000Z}; a formatter takes as long as all else of the row. */
    private static void instant(StringBuilder text, long microsSince2000) {
        var seconds = EPOCH_2000_SECONDS + Math.floorDiv(microsSince2000, (long) MICROS);
        var time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        padded(text, time.getYear(), 1_000).append('-');
        padded(text, time.getMonthValue(), 10).append('-');
        padded(text, time.getDayOfMonth(), 10).append('T');
        padded(text, time.getHour(), 10).append(':');
        padded(text, time.getMinute(), 10).append(':');
        padded(text, time.getSecond(), 10).append('.');
        padded(text, Math.floorMod(microsSince2000, MICROS), MICROS / 10).append("Z,");
    }

    private static StringBuilder padded(StringBuilder text, int number, int highest) {
        for (int power = highest; power > 1 && number < power; power /= 10) {
            text.append('0');
        }
        return text.append(number);
    }

    private static String binding(Entry entry, byte[] salts, int index) {
        var salt = Arrays.copyOfRange(salts, index * Run.SALT_BYTES, (index + 1) * Run.SALT_BYTES);
        return HEX.formatHex(Tree.sha256(BINDING_MARK, salt, entry.ids()));
    }
}
