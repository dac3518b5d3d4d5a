package io.anju.publication;

import io.anju.platform.db.Sql;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a published row holds of every registration of a list, whatever its place: read once, page by page of numbers, and
 * kept as bytes, a hundred for each.
 */
final class Entries {
    /** Numbers of registrations in a page. */
    static final int NUMBERS = 8_192;

    private static final int PAGES_AT_ONCE = 2;
    /** Number, both ids, both instants. */
    private static final int FIXED_BYTES = 8 + 16 + 16 + 8 + 8;

    private static final int IDS_AT = 8;
    static final int IDS_BYTES = 32;
    private static final int APPLIED_AT = 40;
    private static final int REGISTERED_AT = 48;
    /** No free text is long enough for a name, and no text but the receipt number has a digit. */
    private static final Pattern SHOWS_NOBODY = Pattern.compile(
            "[0-9A-Z-]{8,24},([A-Za-z\\x{3400}-\\x{DFFF}\\x{10000}-\\x{10FFFF}]?\\*{2}),[1-9][0-9]?,[a-z-]{1,40}");

    private final List<Page> pages;

    private Entries(List<Page> pages) {
        this.pages = pages;
    }

    /**
     * One page as the database packs it.
     *
     * @param fixed for each entry in turn: number, registration, application, and two instants in microseconds since 2000
     * @param texts receipt number, masked name, size of the household and category with commas between them; a line each
     */
    record Packed(byte[] fixed, String texts) {
        static final Packed NONE = new Packed(new byte[0], "");
    }

    /** @param indexes of the entries by number from the page's first; -1 for numbers of other facts */
    private record Page(ByteBuffer fixed, String[] texts, short[] indexes) {
        static Page of(int page, Packed packed) {
            var fixed = ByteBuffer.wrap(packed.fixed());
            var texts =
                    packed.texts().isEmpty() ? new String[0] : packed.texts().split("\n", -1);
            var indexes = new short[NUMBERS];
            Arrays.fill(indexes, (short) -1);
            for (int i = 0; i < texts.length; i++) {
                requireMasked(texts[i]);
                long number = fixed.getLong(i * FIXED_BYTES);
                indexes[(int) (number - (long) page * NUMBERS)] = (short) i;
            }
            return new Page(fixed, texts, indexes);
        }
    }

    static void requireMasked(String text) {
        if (!SHOWS_NOBODY.matcher(text).matches()) {
            throw new IllegalStateException("an entry could name a person or is none");
        }
    }

    /** Reads the entries with numbers up to {@code version}; facts never change, so no transaction is asked for. */
    static Future<Entries> read(Sql sql, Vertx vertx, PublicationStore store, ListKey list, long version) {
        return read(sql, vertx, store, list, (int) (version / NUMBERS) + 1, new ArrayList<>());
    }

    private static Future<Entries> read(
            Sql sql, Vertx vertx, PublicationStore store, ListKey list, int pages, List<Page> sofar) {
        if (sofar.size() == pages) {
            return Future.succeededFuture(new Entries(sofar));
        }
        var some = new ArrayList<Future<Page>>();
        for (int i = sofar.size(); i < Math.min(sofar.size() + PAGES_AT_ONCE, pages); i++) {
            int page = i;
            some.add(store.entries(sql, list, (long) page * NUMBERS, (page + 1L) * NUMBERS)
                    .compose(packed -> vertx.executeBlocking(() -> Page.of(page, packed), false)));
        }
        return Future.all(some).compose(read -> {
            sofar.addAll(read.<Page>list());
            return read(sql, vertx, store, list, pages, sofar);
        });
    }

    /** The entry of a registration. */
    Entry get(long number) {
        var page = pages.get((int) (number / NUMBERS));
        int index = page.indexes()[(int) (number % NUMBERS)];
        if (index < 0) {
            throw new IllegalStateException("no registration has the number " + number);
        }
        return new Entry(page.fixed(), index * FIXED_BYTES, page.texts()[index]);
    }

    /** A view of one entry. */
    record Entry(ByteBuffer fixed, int at, String text) {
        String receiptNumber() {
            return text.substring(0, text.indexOf(','));
        }

        /** Receipt number and masked name. */
        String named() {
            return text.substring(0, text.indexOf(',', text.indexOf(',') + 1));
        }

        String householdSize() {
            return text.substring(named().length() + 1, text.lastIndexOf(','));
        }

        String category() {
            return text.substring(text.lastIndexOf(',') + 1);
        }

        /** The ids of registration and application. */
        byte[] ids() {
            var ids = new byte[IDS_BYTES];
            fixed.get(at + IDS_AT, ids);
            return ids;
        }

        long appliedAtMicros() {
            return fixed.getLong(at + APPLIED_AT);
        }

        long registeredAtMicros() {
            return fixed.getLong(at + REGISTERED_AT);
        }
    }
}
