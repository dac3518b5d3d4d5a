package io.anju.bench;

import io.anju.Domains;
import io.anju.bench.World.Ready;
import io.anju.platform.db.DbAddress;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.InNameOf;
import io.anju.platform.http.Office;
import io.anju.platform.time.Shanghai;
import io.anju.sandbox.RegisterFill;
import io.anju.waitinglist.Registration.ListKey;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A city whose list is long, derived and published, some of its households with an account.
 *
 * @param receipts some that are on the list
 * @param own an application of each resident, in their order
 */
record PublishedCity(ListKey list, String publicationId, List<String> receipts, List<UUID> own) {
    private static final long SEED = 528;
    private static final String RECEIPTS = """
            SELECT receipt_number
              FROM waitinglist.registration
             WHERE sequence % 97 = 0
             LIMIT 500
            """;

    /** Gives one household to a resident, and tells by which application. */
    private static final String GIVE = """
            UPDATE waitinglist.registration
               SET resident_id = ?
             WHERE sequence = ?
            RETURNING application_id
            """;

    /** @param residents of whom the first {@code owners} have a household on the list */
    static PublishedCity make(Domains domains, DbAddress address, int households, List<Ready> residents, int owners)
            throws SQLException {
        var list = new ListKey("370200", "public-rental");
        var now = Instant.now();
        var policy = domains.policy
                .inForce(domains.db, list.cityCode(), list.programme(), Shanghai.date(now))
                .await();
        new RegisterFill(domains.db, domains.vault, policy, SEED, now).add(households);
        domains.lists.standing.current(list, now).await();
        var publicationId = publish(domains, list, now.plus(Duration.ofSeconds(1)));
        var receipts = domains.db.list(RECEIPTS, row -> row.getString(0)).await();
        var persons = residents.subList(0, owners).stream()
                .map(ready -> ownerOf(domains, ready.applicationId()))
                .toList();
        return new PublishedCity(list, publicationId, receipts, give(address, persons));
    }

    /** Whoever publishes in the city of this list. */
    static CityCaller clerk(ListKey list) {
        var office = new Office(list.cityCode(), "city", list.cityCode().substring(0, 4), "bench");
        return InNameOf.city(new UUID(0, 0), Set.of(), office);
    }

    private static String publish(Domains domains, ListKey list, Instant now) {
        var clerk = clerk(list);
        var asked = domains.db
                .inTransaction(tx -> domains.lists.publication.publish(tx, clerk, list.programme(), "B1", "测量公布", now))
                .await();
        domains.jobs.runDue(now.plusMillis(1)).await();
        return asked.id().toString();
    }

    private static UUID ownerOf(Domains domains, UUID applicationId) {
        return domains.db
                .find(
                        "SELECT resident_id FROM application.application WHERE id = $1",
                        row -> row.getUUID(0),
                        applicationId)
                .await()
                .orElseThrow();
    }

    /** Facts are only ever added, so this goes behind the triggers: what is measured is who reads, not how they came here. */
    private static List<UUID> give(DbAddress address, List<UUID> residents) throws SQLException {
        var own = new ArrayList<UUID>();
        try (var owner = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = owner.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            try (var give = owner.prepareStatement(GIVE)) {
                for (int i = 0; i < residents.size(); i++) {
                    give.setObject(1, residents.get(i));
                    give.setInt(2, 1 + i);
                    try (var row = give.executeQuery()) {
                        row.next();
                        own.add(row.getObject(1, UUID.class));
                    }
                }
            }
            statement.execute("SET session_replication_role = origin");
            statement.execute("VACUUM ANALYZE");
        }
        return own;
    }
}
