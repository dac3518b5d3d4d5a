package io.anju.waitinglist;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of what is known of the members of lists without opening their facts. */
final class RollStore {
    private static final String TABLE = "waitinglist.roll_page";

    private final Vault vault;

    RollStore(Vault vault) {
        this.vault = vault;
    }

    /**
     * What a roll was made from.
     *
     * @param version number of the last fact
     * @param policyDigest rules of the order
     */
    record State(long version, String policyDigest) {}

    /** Members whose numbers follow each other, sealed. */
    record Page(int page, byte[] sealed) {}

    private static final String STATE = """
            SELECT version, policy_digest
              FROM waitinglist.roll
             WHERE city_code = $1 AND programme = $2
            """;

    Future<Optional<State>> state(Sql sql, ListKey list) {
        return sql.find(
                STATE,
                row -> new State(row.getLong("version"), row.getString("policy_digest")),
                list.cityCode(),
                list.programme());
    }

    private static final String KEEP_STATE = """
            INSERT INTO waitinglist.roll (city_code, programme, version, policy_digest)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (city_code, programme)
            DO UPDATE SET version = EXCLUDED.version, policy_digest = EXCLUDED.policy_digest
            """;

    Future<Void> keep(Tx tx, ListKey list, State state) {
        return tx.execute(KEEP_STATE, list.cityCode(), list.programme(), state.version(), state.policyDigest())
                .mapEmpty();
    }

    private static final String PAGES = """
            SELECT page, sealed
              FROM waitinglist.roll_page
             WHERE city_code = $1 AND programme = $2 AND page >= $3 AND page < $4
             ORDER BY page
            """;

    Future<List<Page>> pages(Sql sql, ListKey list, int from, int upTo) {
        return sql.list(
                PAGES,
                row -> new Page(row.getInteger("page"), Columns.bytes(row, "sealed")),
                list.cityCode(),
                list.programme(),
                from,
                upTo);
    }

    private static final String PUT = """
            INSERT INTO waitinglist.roll_page (city_code, programme, page, sealed)
            SELECT $1, $2, one.page, one.sealed
              FROM unnest($3::integer[], $4::bytea[]) one (page, sealed)
            ON CONFLICT (city_code, programme, page) DO UPDATE SET sealed = EXCLUDED.sealed
            """;

    Future<Void> put(Tx tx, ListKey list, List<Page> pages) {
        return pages.isEmpty()
                ? Future.succeededFuture()
                : tx.execute(
                                PUT,
                                list.cityCode(),
                                list.programme(),
                                pages.stream().map(Page::page).toArray(Integer[]::new),
                                pages.stream()
                                        .map(page -> Columns.bytes(page.sealed()))
                                        .toArray(Buffer[]::new))
                        .mapEmpty();
    }

    private static final String REMOVE = """
            DELETE FROM waitinglist.roll_page
             WHERE city_code = $1 AND programme = $2 AND page = ANY($3)
            """;

    Future<Void> remove(Tx tx, ListKey list, Collection<Integer> pages) {
        return pages.isEmpty()
                ? Future.succeededFuture()
                : tx.execute(REMOVE, list.cityCode(), list.programme(), pages.toArray(Integer[]::new))
                        .mapEmpty();
    }

    private static final String CLEAR = """
            DELETE FROM waitinglist.roll_page
             WHERE city_code = $1 AND programme = $2
            """;

    /** Forgets all; the next derivation makes it anew from the facts. */
    Future<Void> clear(Tx tx, ListKey list) {
        return tx.execute(CLEAR, list.cityCode(), list.programme()).mapEmpty();
    }

    /** Seals members of one page; CPU work for worker code. */
    Page seal(ListKey list, int page, List<Member> members) {
        return new Page(page, vault.seal(TABLE, "sealed", row(list, page), RollPage.write(members)));
    }

    /** Opens what {@link #seal} made; CPU work for worker code. */
    List<Member> open(ListKey list, Page page) {
        return RollPage.read(vault.open(TABLE, "sealed", row(list, page.page()), page.sealed()));
    }

    /** The row has no id of its own: the seal binds to one that follows from its key, here and in {@code sealed/waitinglist.yaml}. */
    private static UUID row(ListKey list, int page) {
        var key = list.cityCode() + '/' + list.programme() + '/' + page;
        try {
            var hash = ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
